/** Most levels in a path; a deeper reply is stored as a sibling of its parent, and still names it. */
export const maxDepth = 6;

/** Hexadecimal digits per id. A path joins the ids from the root to the comment, so that string order is reading order. */
const idWidth = 8;

/** Returns the path of a top-level comment. */
export function rootPath(id: number): string {
	return id.toString(16).padStart(idWidth, "0");
}

/** Returns the path of the top-level comment above a path. */
export function rootPathOf(path: string): string {
	return path.slice(0, idWidth);
}

/** Returns the paths of a comment's ancestors, from the top level down. */
export function ancestorPaths(path: string): string[] {
	return Array.from({ length: path.length / idWidth - 1 }, (_, at) => path.slice(0, (at + 1) * idWidth));
}

/** Returns the id of the comment at a path. */
export function idOf(path: string): number {
	return Number.parseInt(path.slice(-idWidth), 16);
}

/** The longest path, in characters, that a reply may be stored under. */
export const maxParentPathLength = maxDepth * idWidth;
