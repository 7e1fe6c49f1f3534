import { html } from "hono/html";
import { type PagePosition, type Sort, sorts, type ThreadPage } from "../../comments/repository.ts";
import type { Page, Post } from "../../posts/post.ts";
import { stringsFor } from "../strings/strings.ts";
import { threadQuery } from "../thread-address.ts";
import { commentPath, href } from "./links.ts";

type Place = { entry: Post | Page; lang: string; thread: ThreadPage; sort: Sort };

/** The orders a thread can be read in, when it has more than one comment to order. */
export function threadSorts({ entry, thread, lang, sort }: Place) {
	if (thread.count < 2 || thread.branch !== null) return "";
	const strings = stringsFor(lang);
	const names = { oldest: strings.sortOldest, newest: strings.sortNewest, top: strings.sortTop };
	const links = sorts.map((each) =>
		each === sort
			? html`<a aria-current="true">${names[each]}</a>`
			: html`<a href="${threadAddress(entry, null, each)}#comments" rel="nofollow">${names[each]}</a>`,
	);
	return html`<nav class="sorts" aria-label="${strings.sorting}">${links}</nav>`;
}

/** On a page of one branch: that it is one, and the way to the thread it is part of. */
export function branchLead({ thread, lang }: Pick<Place, "thread" | "lang">) {
	if (thread.branch === null) return "";
	const strings = stringsFor(lang);
	return html`<p class="branch">${strings.branchLead} <a href="${commentPath(thread.branch.root)}">${strings.wholeThread}</a></p>`;
}

/** Links to what comes before and after this page of a long thread, or of a long branch of one. */
export function threadPaging({ entry, thread, lang, sort }: Place) {
	const { branch, continued, next } = thread;
	if (!continued && next === null) return "";
	const strings = stringsFor(lang);
	const at = (after: number) =>
		`${threadAddress(entry, branch === null ? { after } : { branch: branch.root, after }, sort)}#comments`;
	const beginning = `${threadAddress(entry, null, sort)}#comments`;
	const [earlier, words, more] =
		branch === null
			? [beginning, strings.earlierComments, strings.moreComments]
			: [
					// Those before the first page of a branch are among the other comments, below its root.
					branch.previous === null ? commentPath(branch.root) : at(branch.previous),
					strings.earlierReplies,
					strings.moreReplies,
				];
	const before = continued ? html`<a href="${earlier}" rel="prev">${words}</a>` : "";
	const after = next === null ? "" : html`<a href="${at(next)}" rel="next">${more}</a>`;
	return html`<nav class="paging" aria-label="${strings.paging}">${before}${after}</nav>`;
}

/** The address of a page of a thread. */
export function threadAddress(entry: Post | Page, position: PagePosition, sort?: Sort): string {
	return href(entry.path) + threadQuery(position, sort);
}
