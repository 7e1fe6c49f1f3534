/** Levels of replies a path keeps; a reply below that is stored beside its parent, still naming it. */
export const deepestLevel = 6;

/** Eight hexadecimal digits of each id from the root to the comment, so that string order is reading order. */
const idWidth = 8;

/** The part of a path that names the comment on the post itself. */
export const rootWidth = idWidth;

/** How deep a comment with this path stands: 0 for a comment on the post itself. */
export function depthOf(path: string): number {
	return path.length / idWidth - 1;
}

/** The longest path a reply may be stored under. */
export const longestParentPath = deepestLevel * idWidth;
