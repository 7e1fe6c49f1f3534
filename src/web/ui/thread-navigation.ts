import { html } from "hono/html";
import { type PagePosition, type Sort, sorts, type ThreadPage } from "../../comments/repository.ts";
import type { Page, Post } from "../../posts/post.ts";
import { commentPath, href } from "./links.ts";
import { stringsFor } from "./strings/strings.ts";
import { threadQuery } from "./thread-address.ts";

type Props = { entry: Post | Page; lang: string; thread: ThreadPage; sort: Sort };

/** Renders links to the sort orders of a thread with more than one comment. */
export function threadSorts({ entry, thread, lang, sort }: Props) {
	if (thread.count < 2 || thread.branch !== null) return "";
	const strings = stringsFor(lang);
	const names = { oldest: strings.sortOldest, newest: strings.sortNewest, top: strings.sortTop };
	const links = sorts.map((each) =>
		each === sort
			? html`<a aria-current="true">${names[each]}</a> `
			: html`<a href="${threadAddress(entry, null, each)}#comments" rel="nofollow">${names[each]}</a> `,
	);
	return html`<nav class="sorts" aria-label="${strings.sorting}">${links}</nav>`;
}

/** Renders, on a page of one branch, a note with a link to the whole thread. */
export function branchNotice({ thread, lang }: Pick<Props, "thread" | "lang">) {
	if (thread.branch === null) return "";
	const strings = stringsFor(lang);
	return html`<p class="branch">${strings.branchNote} <a href="${commentPath(thread.branch.root)}">${strings.viewAllComments}</a></p>`;
}

/** Renders links to the previous and next page of a thread or branch. */
export function threadPaging({ entry, thread, lang, sort }: Props) {
	const { branch, hasPrevious, next } = thread;
	if (!hasPrevious && next === null) return "";
	const strings = stringsFor(lang);
	const at = (after: number) =>
		`${threadAddress(entry, branch === null ? { after } : { branch: branch.root, after }, sort)}#comments`;
	const beginning = `${threadAddress(entry, null, sort)}#comments`;
	const [earlier, words, more] =
		branch === null
			? [beginning, strings.firstPage, strings.moreComments]
			: [
					// The replies before a branch's first page are shown in the thread, below the branch's root.
					branch.previous === null ? commentPath(branch.root) : at(branch.previous),
					strings.earlierReplies,
					strings.moreReplies,
				];
	const before = hasPrevious ? html`<a href="${earlier}" rel="prev">${words}</a>` : "";
	const after = next === null ? "" : html`<a href="${at(next)}" rel="next">${more}</a>`;
	return html`<nav class="paging" aria-label="${strings.pagination}">${before} ${after}</nav>`;
}

/** Returns the URL of a page of a thread. */
export function threadAddress(entry: Post | Page, position: PagePosition, sort?: Sort): string {
	return href(entry.path) + threadQuery(position, sort);
}
