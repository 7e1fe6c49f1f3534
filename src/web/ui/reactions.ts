import { html } from "hono/html";
import type { ReactionKind } from "../../reactions/kinds.ts";
import type { ReactionTarget } from "../../reactions/repository.ts";
import type { Tallies } from "../../reactions/tallies.ts";
import { fill, formatCount, plural, stringsFor } from "./strings/strings.ts";

type Props = {
	target: ReactionTarget;
	tallies: Tallies;
	/** Kinds enabled on the site, in its order. */
	kinds: readonly ReactionKind[];
	lang: string;
};

/** Renders one button per kind in a form that works without JavaScript. */
export function reactionButtons({ target, tallies, kinds, lang }: Props) {
	const strings = stringsFor(lang);
	// Only the post's form is a landmark: thirty regions named "Reactions" would help nobody navigate.
	const landmark = target.commentId === null ? html` aria-label="${strings.reactions}"` : "";
	return html`<form class="reactions" method="post" action="/reactions"${landmark}>${targetFields(target)}${kinds.map(
		(kind) => button(kind, tallies[kind] ?? 0, lang),
	)}</form>`;
}

/** The buttons of kinds that nobody has chosen yet, by language: most of those on a page. */
const unused = new Map<string, ReturnType<typeof html>>();

function button(kind: ReactionKind, tally: number, lang: string) {
	const key = `${kind} ${lang}`;
	const known = tally === 0 ? unused.get(key) : undefined;
	if (known !== undefined) return known;
	const { label, count } = reactionButtonText(kind, tally, lang);
	const name = stringsFor(lang)[`kind_${kind}`];
	const rendered = html`<button name="kind" value="${kind}" aria-label="${label}" title="${name}"><i>${name}</i>${count === "" ? "" : html` <b>${count}</b>`}</button> `;
	if (tally === 0) unused.set(key, rendered);
	return rendered;
}

/** Returns a button's accessible label and its visible count. */
export function reactionButtonText(kind: ReactionKind, count: number, lang: string) {
	const strings = stringsFor(lang);
	const name = strings[`kind_${kind}`];
	const label =
		count === 0
			? fill(strings.reactionNone, { kind: name })
			: plural(strings.reactionLabel, count, lang, { kind: name });
	return { label, count: count === 0 ? "" : formatCount(count, lang) };
}

/** Renders the form by which visitors remove the reaction they have just added. */
export function removeReactionButton({
	target,
	lang,
	kind,
}: {
	target: ReactionTarget;
	lang: string;
	kind: ReactionKind;
}) {
	const strings = stringsFor(lang);
	return html`<form class="notice" method="post" action="/reactions/removals">${targetFields(target)}<input type="hidden" name="kind" value="${kind}"><span role="status">${fill(strings.reacted, { kind: strings[`kind_${kind}`] })}</span> <button>${strings.removeReaction}</button></form>`;
}

function targetFields({ postId, commentId }: ReactionTarget) {
	const comment = commentId === null ? "" : html`<input type="hidden" name="comment" value="${commentId}">`;
	return html`<input type="hidden" name="post" value="${postId}">${comment}`;
}
