import { type ReactionKind, reactionKinds } from "../reactions/kinds.ts";

/**
 * Style rules that give the buttons of these kinds their signs, as masks to be filled with the colour of the text. In the
 * page's own style sheet they cost no request, and no other kind's sign is sent.
 */
export function reactionSigns(kinds: readonly ReactionKind[]): string {
	return kinds.map((kind) => `.reactions [value="${kind}"] { --sign: url("${imageOf(kind)}"); }`).join("\n");
}

function imageOf(kind: ReactionKind): string {
	const line = "fill='none' stroke='#000' stroke-width='1.4' stroke-linecap='round' stroke-linejoin='round'";
	const image = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20' ${line}><path d='${reactionKinds[kind]}'/></svg>`;
	return `data:image/svg+xml,${image.replace(/[<>#]/g, encodeURIComponent)}`;
}
