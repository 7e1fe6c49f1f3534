import { html } from "hono/html";
import type { ReactionKind } from "../../reactions/kinds.ts";
import type { ReactionTarget } from "../../reactions/repository.ts";
import type { Tallies } from "../../reactions/tallies.ts";
import { fill, plural, stringsFor } from "../strings/strings.ts";

type Props = {
	target: ReactionTarget;
	tallies: Tallies;
	/** Kinds the site offers, in its order. */
	kinds: readonly ReactionKind[];
	lang: string;
	/** What this visitor has just given here, so that it can be taken back; null for everyone else. */
	given?: ReactionKind | null;
};

/** A button a kind, each a plain form post that works without script. */
export function reactionButtons({ target, tallies, kinds, lang }: Props) {
	const strings = stringsFor(lang);
	// Only the post's own are a landmark; a page of thirty "Reactions" regions helps nobody find one.
	const landmark = target.commentId === null ? html` aria-label="${strings.reactions}"` : "";
	return html`<form class="reactions" method="post" action="/reactions"${landmark}>${targetFields(target)}${kinds.map(
		(kind) => {
			const { label, count } = shownReaction(kind, tallies[kind] ?? 0, lang);
			const name = strings[`kind_${kind}`];
			return html`<button name="kind" value="${kind}" aria-label="${label}" title="${name}"><i>${name}</i>${count === "" ? "" : html` <b>${count}</b>`}</button>`;
		},
	)}</form>`;
}

/** What a button says to ears, and what beside its sign to eyes, when so many gave its kind. */
export function shownReaction(kind: ReactionKind, count: number, lang: string) {
	const strings = stringsFor(lang);
	const name = strings[`kind_${kind}`];
	const label =
		count === 0
			? fill(strings.reactionNone, { kind: name })
			: plural(strings.reactionLabel, count, lang, { kind: name });
	return { label, count: count === 0 ? "" : count.toLocaleString(lang) };
}

/** The way back, offered to a visitor who has just reacted. */
export function takeBackReaction({
	target,
	lang,
	kind,
}: {
	target: ReactionTarget;
	lang: string;
	kind: ReactionKind;
}) {
	const strings = stringsFor(lang);
	return html`<form class="notice" method="post" action="/reactions/removals">${targetFields(target)}<input type="hidden" name="kind" value="${kind}"><span role="status">${fill(strings.reacted, { kind: strings[`kind_${kind}`] })}</span> <button>${strings.takeReactionBack}</button></form>`;
}

function targetFields({ postId, commentId }: ReactionTarget) {
	const comment = commentId === null ? "" : html`<input type="hidden" name="comment" value="${commentId}">`;
	return html`<input type="hidden" name="post" value="${postId}">${comment}`;
}
