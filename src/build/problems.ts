import { relative, resolve, sep } from "node:path";

/** An error or warning in the content: a file path as displayed, a line from 1, and a message. */
export type Problem = { file: string; line: number; message: string };

/** A problem in a file that is known from context. */
export type FieldError = Omit<Problem, "file">;

/** Formats a problem as `content/posts/x.md:3: date: message.` */
export function formatProblem({ file, line, message }: Problem): string {
	return `${file}:${line}: ${message}`;
}

/** Sorts problems by file, then by line. */
export function sortProblems(problems: Iterable<Problem>): Problem[] {
	return [...problems].sort((a, b) => compareText(a.file, b.file) || a.line - b.line);
}

/** Compares by code unit, independent of the locale. */
export function compareText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/** Returns a path for messages: relative if it is below the working directory, absolute otherwise. */
export function displayPath(path: string): string {
	const full = resolve(path);
	const below = relative(process.cwd(), full);
	const shown = below === "" || below.startsWith("..") ? full : below;
	return sep === "/" ? shown : shown.replaceAll(sep, "/");
}

/** Returns the reason of a failed file operation without Node's error code and call: `permission denied`. */
export function errorReason(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	return /^[A-Z]+: ([^,]+)/.exec(message)?.[1] ?? message;
}
