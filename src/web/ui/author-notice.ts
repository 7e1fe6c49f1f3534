import { html } from "hono/html";
import type { Comment } from "../../comments/comment.ts";
import type { Page, Post } from "../../posts/post.ts";
import type { AuthorView } from "./author-view.ts";
import { challengeForm } from "./challenge-form.ts";
import { removeReactionButton } from "./reactions.ts";
import { type Strings, stringsFor } from "./strings/strings.ts";

type Props = { authorView: AuthorView | null; entry: Post | Page; lang: string; held: string | null };

/** Renders the result of the visitor's last action in the comment it concerns; nothing on a shared page. */
export function authorNotice(comment: Comment, { authorView, entry, lang, held }: Props) {
	const strings = stringsFor(lang);
	if (authorView?.flash.comment !== comment.id) return "";
	const { action, kind, confirmationSent } = authorView.flash;
	if (action === "reacted" && kind !== null) {
		return removeReactionButton({ target: { postId: entry.id, commentId: comment.id }, lang, kind });
	}
	if (action === "reaction_removed")
		return html`<p class="notice" role="status">${strings.reactionRemoved}</p>`;
	const done = action === "edited" ? strings.editedNotice : strings.posted;
	const text = comment.state === "published" ? done : strings.awaitingApproval;
	return html`<div class="notice" role="status"><p>${text}${comment.state === "held" && held !== null ? ` ${held}` : ""}</p>${comment.state === "held" ? challengeOrRetry(comment, authorView, lang) : ""}${confirmationSent ? html`<p>${strings.confirmationSent}</p>` : ""}${editLink(authorView, strings)}${verifyForm(comment, authorView, strings)}</div>`;
}

/** Renders the challenge, or after a failed one the link that offers it again. */
function challengeOrRetry({ id }: Comment, { challenge, retry }: AuthorView, lang: string) {
	const { tryAgain, challengeFailed } = stringsFor(lang);
	if (retry !== null) return html`<p>${challengeFailed} <a href="${retry}">${tryAgain}</a></p>`;
	return challenge === null ? "" : challengeForm(challenge, id, lang);
}

/** Offers to verify the comment's e-mail address. The form holds the comment's id, not the address. */
function verifyForm({ id, verified }: Comment, { flash, editUrl }: AuthorView, strings: Strings) {
	const key = editUrl === null ? null : new URL(editUrl, "http://localhost").searchParams.get("key");
	if (!flash.receiptSent || verified || key === null) return "";
	return html`<form method="post" action="/verifications"><input type="hidden" name="comment" value="${id}"><input type="hidden" name="key" value="${key}"><p class="buttons"><button type="submit">${strings.verifyName}</button> <span class="hint">${strings.verifyNameHint}</span></p></form>`;
}

/** Renders the edit link, which no other page shows. */
function editLink({ flash, editUrl }: AuthorView, strings: Strings) {
	if (editUrl === null) return "";
	const hint = flash.confirmationSent
		? strings.editLinkInMail
		: flash.receiptSent
			? strings.editLinkMailed
			: strings.editLinkHint;
	return html`<p><a href="${editUrl}">${strings.editLink}</a> <span class="hint">${hint}</span></p>`;
}
