/** Levels of replies a path keeps; a reply below that is stored beside its parent, still naming it. */
export const deepestLevel = 6;

/** Eight hexadecimal digits of each id from the root to the comment, so that string order is reading order. */
const idWidth = 8;

/** The path of a comment on the post itself. */
export function rootPath(id: number): string {
	return id.toString(16).padStart(idWidth, "0");
}

/** The part of a path that names the comment on the post itself. */
export function rootPathOf(path: string): string {
	return path.slice(0, idWidth);
}

/** The paths of what a comment hangs from, from the comment on the post itself down. */
export function pathsAbove(path: string): string[] {
	return Array.from({ length: path.length / idWidth - 1 }, (_, at) => path.slice(0, (at + 1) * idWidth));
}

/** The comment at the end of a path. */
export function idOf(path: string): number {
	return Number.parseInt(path.slice(-idWidth), 16);
}

/** The longest path a reply may be stored under. */
export const longestParentPath = deepestLevel * idWidth;
