import { html } from "hono/html";
import type { Comment } from "../../comments/comment.ts";
import { type PagePosition, type Sort, sorts, type ThreadPage } from "../../comments/repository.ts";
import { formatMinute } from "../../posts/dates.ts";
import type { Page, Post } from "../../posts/post.ts";
import type { Site } from "../../posts/site.ts";
import { fill, plural, type Strings, stringsFor } from "../strings/strings.ts";
import { threadQuery } from "../thread-address.ts";
import { isolated } from "./isolated.ts";
import { commentAnchor, commentPath, href } from "./links.ts";
import type { OwnView } from "./own-view.ts";
import { commentProse } from "./prose.tsx";
import { reactionButtons, takeBackReaction } from "./reactions.ts";
import { stepUpForm } from "./step-up.ts";

export type ThreadProps = {
	entry: Post | Page;
	site: Site;
	lang: string;
	thread: ThreadPage;
	sort: Sort;
	/** Whether replies are taken. */
	open: boolean;
	/** For the one who has just acted; null on the page everyone shares. */
	fresh: OwnView | null;
};

type Node = {
	comment: Comment;
	replies: Node[];
	/** Whether it hangs from the very comment it replies to, so that the page shows what the words answer. */
	underParent: boolean;
	/** Comments below it, on this page. */
	below: number;
};

/**
 * The comments of one page as nested lists. Tagged templates, not JSX: this is the one view whose length readers decide,
 * and a template escapes the same text in a tenth of the time.
 */
export function threadList(props: ThreadProps) {
	const { comments } = props.thread;
	const onPage = new Set(comments.map(({ id }) => id));
	return list(treeOf(comments, props.site.comments.maxDepth), { ...props, onPage });
}

/** The comment a moderator set before all others: what it says, and the way to where it stands. */
export function pinnedComment(props: ThreadProps) {
	const { pinned } = props.thread;
	if (pinned === null) return "";
	const strings = stringsFor(props.lang);
	const within = { ...props, onPage: new Set<number>() };
	const lang = pinned.lang === null || pinned.lang === props.lang ? "" : html` lang="${pinned.lang}"`;
	return html`<aside class="pinned" aria-label="${strings.pinned}"><p class="hint">${strings.pinned}</p><span class="name"><bdi>${linkedName(pinned)}</bdi></span>${authorMark(pinned, within)}${verifiedMark(pinned, within)} <a class="when" href="${commentPath(pinned.id)}">${time(pinned, within)}</a><div class="prose"${lang}>${commentProse(pinned)}</div></aside>`;
}

/**
 * Hangs each comment under the one it replies to, never deeper than `maxDepth` levels of replies: beyond that beside it.
 * What replies to a comment on another page hangs from the root they share.
 */
function treeOf(comments: readonly Comment[], maxDepth: number): Node[] {
	const roots: Node[] = [];
	/** Each comment's own node and those it hangs from, from the root down. */
	const branches = new Map<number, Node[]>();
	for (const comment of comments) {
		const { parentId } = comment;
		const node = { comment, replies: [], underParent: false, below: 0 };
		const root = roots.at(-1);
		const found = parentId === null ? [] : (branches.get(parentId) ?? (root ? [root] : []));
		const above = found.slice(0, maxDepth);
		const parent = above.at(-1);
		node.underParent = (parent?.comment.id ?? null) === parentId;
		for (const ancestor of above) ancestor.below++;
		(parent?.replies ?? roots).push(node);
		branches.set(comment.id, [...above, node]);
	}
	return roots;
}

type Within = ThreadProps & { onPage: ReadonlySet<number> };

function list(nodes: readonly Node[], within: Within): ReturnType<typeof html> | "" {
	if (nodes.length === 0) return "";
	return html`<ol class="thread">${nodes.map((node) => item(node, within))}</ol>`;
}

function item(node: Node, within: Within) {
	const { comment } = node;
	const strings = stringsFor(within.lang);
	const replies = branch(node, within);
	const id = commentAnchor(comment.id);
	if (comment.state === "deleted") {
		return html`<li id="${id}"><p class="taken-back">${strings.takenBack}</p>${replies}</li>`;
	}
	const lang = sameWriting(comment.lang, within.lang) ? "" : html` lang="${comment.lang}"`;
	return html`<li id="${id}"><article class="comment" aria-labelledby="${id}-by"><header><span id="${id}-by" class="name"><bdi>${linkedName(comment)}</bdi></span>${authorMark(comment, within)}${verifiedMark(comment, within)}${parentNote(node, within)} <a class="when" href="${commentPath(comment.id)}">${time(comment, within)}</a>${editedMark(comment, within)}</header>${notice(comment, within)}<div class="prose"${lang}>${commentProse(comment)}</div>${actions(comment, within)}</article>${replies}</li>`;
}

/** The replies, which a reader can fold away, and the way to those that have pages of their own. */
function branch({ comment, replies, below }: Node, within: Within) {
	const { lang, thread } = within;
	const strings = stringsFor(lang);
	const lastShown = thread.goesOn.get(comment.id);
	if (replies.length === 0) return "";
	const partly = lastShown !== undefined || thread.branch?.root === comment.id;
	const count = plural(partly ? strings.repliesHere : strings.replyCount, below, lang);
	return html`<details open><summary>${count}</summary>${list(replies, within)}${moreReplies(comment, lastShown, within)}</details>`;
}

function moreReplies({ id, name }: Comment, lastShown: number | undefined, { entry, lang }: Within) {
	if (lastShown === undefined) return "";
	const strings = stringsFor(lang);
	const address = threadAddress(entry, { branch: id, after: lastShown });
	const label = name === "" ? "" : html` aria-label="${fill(strings.moreRepliesTo, { name })}"`;
	return html`<p class="more"><a href="${address}#comments"${label}>${strings.moreReplies}</a></p>`;
}

/** Whether a comment can be set like the page around it; Latin letters on a page of a Latin-written language can. */
function sameWriting(lang: string | null, around: string): boolean {
	return lang === null || lang === around || (lang === "und-Latn" && !/^(ja|ko|zh)\b/.test(around));
}

function linkedName({ name, website }: Comment) {
	return website === null ? name : html`<a href="${website}" rel="nofollow ugc noopener">${name}</a>`;
}

/** Somebody who answers for the blog wrote this; anybody can type their name. */
function authorMark({ byAuthor }: Comment, { lang }: Within) {
	return byAuthor ? html` <small class="by-author">${stringsFor(lang).byAuthor}</small>` : "";
}

/** The name is its writer's alone; the mark stands outside it, where nobody can type. */
function verifiedMark({ verified }: Comment, { lang }: Within) {
	if (!verified) return "";
	const strings = stringsFor(lang);
	return html` <small class="verified" title="${strings.verifiedMeaning}">${strings.verified}</small>`;
}

function time({ createdAt }: Comment, { lang, site }: Within) {
	return html`<time datetime="${new Date(createdAt).toISOString()}">${formatMinute(createdAt, lang, site.timezone)}</time>`;
}

function editedMark({ editedAt }: Comment, { lang, site }: Within) {
	if (editedAt === null) return "";
	const { edited } = stringsFor(lang);
	return html` <small class="edited" title="${formatMinute(editedAt, lang, site.timezone)}">${edited}</small>`;
}

/** Names the parent where nesting does not show it: beyond the deepest level, or on another page. */
function parentNote({ comment, underParent }: Node, { lang, onPage }: Within) {
	const { parentId, parentName } = comment;
	if (underParent || parentId === null || parentName === null) return "";
	const text = fill(stringsFor(lang).inReplyTo, { name: isolated(parentName) });
	const address = onPage.has(parentId) ? `#${commentAnchor(parentId)}` : commentPath(parentId);
	return html` <a class="parent" href="${address}">${text}</a>`;
}

function notice(comment: Comment, { fresh, lang, entry }: Within) {
	const strings = stringsFor(lang);
	if (fresh?.act.comment !== comment.id) return "";
	const { act, kind } = fresh.act;
	if (act === "reacted" && kind !== null) {
		return takeBackReaction({ target: { postId: entry.id, commentId: comment.id }, lang, kind });
	}
	if (act === "took_back") return html`<p class="notice" role="status">${strings.reactionTakenBack}</p>`;
	const done = act === "edited" ? strings.editedNotice : strings.posted;
	const text = comment.state === "published" ? done : strings.awaiting;
	return html`<div class="notice" role="status"><p>${text}</p>${comment.state === "held" ? step(comment, fresh, lang) : ""}${fresh.act.asked ? html`<p>${strings.askedLead}</p>` : ""}${ownControls(fresh, strings)}${offer(comment, fresh, strings)}</div>`;
}

/** What their browser can do about the wait, or that it was done in vain. */
function step({ id }: Comment, { stepUp, retry }: OwnView, lang: string) {
	const { tryAgain, unproven } = stringsFor(lang);
	if (retry !== null) return html`<p>${unproven} <a href="${retry}">${tryAgain}</a></p>`;
	return stepUp === null ? "" : stepUpForm(stepUp, id, lang);
}

/** Who left an address may have the name for themselves. The address is not on the page: the comment has it. */
function offer({ id, verified }: Comment, { act, ownAddress }: OwnView, strings: Strings) {
	const key = ownAddress === null ? null : new URL(ownAddress, "http://localhost").searchParams.get("key");
	if (!act.mailed || verified || key === null) return "";
	return html`<form method="post" action="/verifications"><input type="hidden" name="comment" value="${id}"><input type="hidden" name="key" value="${key}"><p class="buttons"><button type="submit">${strings.verifyAsk}</button> <span class="hint">${strings.verifyAskHint}</span></p></form>`;
}

/** The way to change it later; this page is the only place where it is shown. */
function ownControls({ act, ownAddress }: OwnView, { ownLink, ownLinkHint, ownLinkMailed }: Strings) {
	if (ownAddress === null) return "";
	return html`<p><a href="${ownAddress}">${ownLink}</a> <span class="hint">${act.mailed ? ownLinkMailed : ownLinkHint}</span></p>`;
}

function actions(comment: Comment, { entry, site, lang, open }: Within) {
	if (comment.state !== "published") return "";
	const strings = stringsFor(lang);
	const target = { postId: entry.id, commentId: comment.id };
	const reply = open
		? html`<a class="reply" href="/comments/${comment.id}/reply" rel="nofollow" aria-label="${fill(strings.replyTo, { name: comment.name })}">${strings.reply}</a>`
		: "";
	return html`<footer>${reactionButtons({ target, tallies: comment.tallies, kinds: site.reactions, lang })}${reply}</footer>`;
}

/** The orders a thread can be read in, when it has more than one comment to order. */
export function threadSorts({ entry, thread, lang, sort }: ThreadProps) {
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
export function branchLead({ thread, lang }: ThreadProps) {
	if (thread.branch === null) return "";
	const strings = stringsFor(lang);
	return html`<p class="branch">${strings.branchLead} <a href="${commentPath(thread.branch.root)}">${strings.wholeThread}</a></p>`;
}

/** Links to what comes before and after this page of a long thread, or of a long branch of one. */
export function threadPaging({ entry, thread, lang, sort }: ThreadProps) {
	const { branch, continued, next } = thread;
	if (!continued && next === null) return "";
	const strings = stringsFor(lang);
	const at = (after: number) =>
		`${threadAddress(entry, branch === null ? { after } : { branch: branch.root, after }, sort)}#comments`;
	const beginning = `${threadAddress(entry, null, sort)}#comments`;
	const [earlier, words, more] =
		branch === null
			? [beginning, strings.earlierComments, strings.moreComments]
			: branch.previous === null
				? [commentPath(branch.root), strings.wholeThread, strings.moreReplies]
				: [at(branch.previous), strings.earlierReplies, strings.moreReplies];
	const before = continued ? html`<a href="${earlier}" rel="prev">${words}</a>` : "";
	const after = next === null ? "" : html`<a href="${at(next)}" rel="next">${more}</a>`;
	return html`<nav class="paging" aria-label="${strings.paging}">${before}${after}</nav>`;
}

function threadAddress(entry: Post | Page, position: PagePosition, sort?: Sort): string {
	return href(entry.path) + threadQuery(position, sort);
}
