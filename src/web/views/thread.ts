import { html } from "hono/html";
import type { Comment } from "../../comments/comment.ts";
import type { ThreadPage } from "../../comments/repository.ts";
import { formatMinute } from "../../posts/dates.ts";
import type { Page, Post } from "../../posts/post.ts";
import type { Site } from "../../posts/site.ts";
import { fill, type Strings, stringsFor } from "../strings/strings.ts";
import { commentAnchor, href } from "./links.ts";
import type { OwnView } from "./own-view.ts";
import { commentProse } from "./prose.tsx";
import { reactionButtons, takeBackReaction } from "./reactions.ts";

export type ThreadProps = {
	entry: Post | Page;
	site: Site;
	lang: string;
	thread: ThreadPage;
	/** Whether replies are taken. */
	open: boolean;
	/** For the one who has just acted; null on the page everyone shares. */
	fresh: OwnView | null;
};

type Node = { comment: Comment; replies: Node[] };

/**
 * The comments of one page as nested lists. Tagged templates, not JSX: this is the one view whose length readers decide,
 * and a template escapes the same text in a tenth of the time.
 */
export function threadList(props: ThreadProps) {
	const { comments } = props.thread;
	const names = new Map(comments.map((comment) => [comment.id, comment.name]));
	return list(treeOf(comments, props.site.comments.maxDepth), { ...props, names });
}

/** Hangs each comment under the last one that is one level higher, never deeper than `maxDepth` levels of replies. */
function treeOf(comments: readonly Comment[], maxDepth: number): Node[] {
	const roots: Node[] = [];
	const branch: Node[] = [];
	for (const comment of comments) {
		const depth = Math.min(comment.depth, maxDepth, branch.length);
		const node = { comment, replies: [] };
		branch.length = depth;
		(branch[depth - 1]?.replies ?? roots).push(node);
		branch.push(node);
	}
	return roots;
}

type Within = ThreadProps & { names: ReadonlyMap<number, string> };

function list(nodes: readonly Node[], within: Within): ReturnType<typeof html> | "" {
	if (nodes.length === 0) return "";
	return html`<ol class="thread">${nodes.map(({ comment, replies }) => item(comment, list(replies, within), within))}</ol>`;
}

function item(comment: Comment, replies: ReturnType<typeof list>, within: Within) {
	const strings = stringsFor(within.lang);
	const id = commentAnchor(comment.id);
	if (comment.state === "deleted") {
		return html`<li id="${id}"><p class="taken-back">${strings.takenBack}</p>${replies}</li>`;
	}
	const lang = sameWriting(comment.lang, within.lang) ? "" : html` lang="${comment.lang}"`;
	return html`<li id="${id}"><article class="comment" aria-labelledby="${id}-by"><header><span id="${id}-by" class="name"><bdi>${linkedName(comment)}</bdi></span>${parentNote(comment, within)} <a class="when" href="#${id}">${time(comment, within)}</a>${editedMark(comment, within)}</header>${notice(comment, within)}<div class="prose"${lang}>${commentProse(comment)}</div>${actions(comment, within)}</article>${replies}</li>`;
}

/** Whether a comment can be set like the page around it; Latin letters on a page of a Latin-written language can. */
function sameWriting(lang: string | null, around: string): boolean {
	return lang === null || lang === around || (lang === "und-Latn" && !/^(ja|ko|zh)\b/.test(around));
}

function linkedName({ name, website }: Comment) {
	return website === null ? name : html`<a href="${website}" rel="nofollow ugc noopener">${name}</a>`;
}

function time({ createdAt }: Comment, { lang, site }: Within) {
	return html`<time datetime="${new Date(createdAt).toISOString()}">${formatMinute(createdAt, lang, site.timezone)}</time>`;
}

function editedMark({ editedAt }: Comment, { lang, site }: Within) {
	if (editedAt === null) return "";
	const { edited } = stringsFor(lang);
	return html` <small class="edited" title="${formatMinute(editedAt, lang, site.timezone)}">${edited}</small>`;
}

/** Names the parent where nesting no longer shows it. */
function parentNote({ parentId, depth }: Comment, { lang, names, site }: Within) {
	if (parentId === null || depth < site.comments.maxDepth) return "";
	const name = names.get(parentId);
	if (name === undefined) return "";
	const text = fill(stringsFor(lang).inReplyTo, { name });
	return html` <a class="parent" href="#${commentAnchor(parentId)}"><bdi>${text}</bdi></a>`;
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
	return html`<div class="notice" role="status"><p>${text}</p>${ownControls(fresh, strings)}</div>`;
}

/** The way to change it later; this page is the only place where it is shown. */
function ownControls({ ownAddress }: OwnView, { ownLink, ownLinkHint }: Strings) {
	if (ownAddress === null) return "";
	return html`<p><a href="${ownAddress}">${ownLink}</a> <span class="hint">${ownLinkHint}</span></p>`;
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

/** Links to the beginning of a long thread and to what follows this page of it. */
export function threadPaging({ entry, thread, lang }: ThreadProps) {
	if (!thread.continued && thread.next === null) return "";
	const strings = stringsFor(lang);
	const address = href(entry.path);
	const first = thread.continued
		? html`<a href="${address}#comments" rel="prev">${strings.earlierComments}</a>`
		: "";
	const more =
		thread.next === null
			? ""
			: html`<a href="${address}?after=${thread.next}#comments" rel="next">${strings.moreComments}</a>`;
	return html`<nav class="paging" aria-label="${strings.paging}">${first}${more}</nav>`;
}
