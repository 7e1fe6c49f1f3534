import { type ReactionKind, reactionKinds } from "../reactions/kinds.ts";

/**
 * Returns style rules with the icons of reaction buttons, as masks filled with the text color. Inlined in the page, they
 * need no request, and only the icons of enabled reactions are sent.
 */
export function reactionIcons(kinds: readonly ReactionKind[]): string {
	return kinds.map((kind) => `.reactions [value="${kind}"] { --icon: url("${imageOf(kind)}"); }`).join("\n");
}

function imageOf(kind: ReactionKind): string {
	const line = "fill='none' stroke='#000' stroke-width='1.4' stroke-linecap='round' stroke-linejoin='round'";
	const image = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20' ${line}><path d='${reactionKinds[kind]}'/></svg>`;
	return `data:image/svg+xml,${image.replace(/[<>#]/g, encodeURIComponent)}`;
}
