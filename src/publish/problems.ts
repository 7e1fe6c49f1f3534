import { relative, resolve, sep } from "node:path";

/** A mistake or a warning in the content: the file as its owner would write it, a line from 1, and a sentence. */
export type Problem = { file: string; line: number; message: string };

/** A problem whose file is not known yet. */
export type Mistake = Omit<Problem, "file">;

/** Writes a problem as every build message is written: `content/posts/x.md:3: date: what is wrong.` */
export function formatProblem({ file, line, message }: Problem): string {
	return `${file}:${line}: ${message}`;
}

/** Sorts problems by file, then by line. */
export function inReadingOrder(problems: Iterable<Problem>): Problem[] {
	return [...problems].sort((a, b) => compareText(a.file, b.file) || a.line - b.line);
}

/** Compares by code unit, so that an order does not depend on the machine's locale. */
export function compareText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/** The path as a person would type it: relative to the working directory when below it, absolute otherwise. */
export function shownPath(path: string): string {
	const full = resolve(path);
	const below = relative(process.cwd(), full);
	const shown = below === "" || below.startsWith("..") ? full : below;
	return sep === "/" ? shown : shown.replaceAll(sep, "/");
}

/** The reason a file operation failed, without Node's code and call: `permission denied`. */
export function reasonOf(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	return /^[A-Z]+: ([^,]+)/.exec(message)?.[1] ?? message;
}
