import { html } from "hono/html";
import type { Comment } from "../../comments/comment.ts";
import type { Page, Post } from "../../posts/post.ts";
import { type Strings, stringsFor } from "../strings/strings.ts";
import type { OwnView } from "./own-view.ts";
import { takeBackReaction } from "./reactions.ts";
import { stepUpForm } from "./step-up.ts";

type Around = { fresh: OwnView | null; entry: Post | Page; lang: string };

/** What the one who has just acted is told in the comment they acted on; nothing on the page everyone shares. */
export function ownNotice(comment: Comment, { fresh, entry, lang }: Around) {
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
function ownControls({ act, ownAddress }: OwnView, strings: Strings) {
	if (ownAddress === null) return "";
	const hint = act.asked ? strings.ownLinkInMail : act.mailed ? strings.ownLinkMailed : strings.ownLinkHint;
	return html`<p><a href="${ownAddress}">${strings.ownLink}</a> <span class="hint">${hint}</span></p>`;
}
