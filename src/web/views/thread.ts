import { html } from "hono/html";
import type { Comment } from "../../comments/comment.ts";
import { isWide } from "../../comments/language.ts";
import type { Sort, ThreadPage } from "../../comments/repository.ts";
import { formatMinute } from "../../posts/dates.ts";
import type { Page, Post } from "../../posts/post.ts";
import type { Site } from "../../posts/site.ts";
import { fill, plural, stringsFor } from "../strings/strings.ts";
import { isolated } from "./isolated.ts";
import { commentAnchor, commentPath } from "./links.ts";
import { ownNotice } from "./own-notice.ts";
import type { OwnView } from "./own-view.ts";
import { commentProse } from "./prose.tsx";
import { reactionButtons } from "./reactions.ts";
import { threadAddress } from "./thread-navigation.ts";

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
	return html`<li id="${id}"><article class="comment" aria-labelledby="${id}-by"><header><span id="${id}-by" class="name"><bdi>${linkedName(comment)}</bdi></span>${authorMark(comment, within)}${verifiedMark(comment, within)}${parentNote(node, within)} <a class="when" href="${commentPath(comment.id)}">${time(comment, within)}</a>${editedMark(comment, within)}</header>${ownNotice(comment, within)}<div class="prose"${lang}>${commentProse(comment)}</div>${actions(comment, within)}</article>${replies}</li>`;
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
	return lang === null || lang === around || (lang === "und-Latn" && !isWide(around));
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

function actions(comment: Comment, { entry, site, lang, open }: Within) {
	if (comment.state !== "published") return "";
	const strings = stringsFor(lang);
	const target = { postId: entry.id, commentId: comment.id };
	const reply = open
		? html`<a class="reply" href="/comments/${comment.id}/reply" rel="nofollow" aria-label="${fill(strings.replyTo, { name: comment.name })}">${strings.reply}</a>`
		: "";
	return html`<footer>${reactionButtons({ target, tallies: comment.tallies, kinds: site.reactions, lang })}${reply}</footer>`;
}
