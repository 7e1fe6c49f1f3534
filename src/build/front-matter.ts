import type { FieldError } from "./problems.ts";

/** Front matter and body of a Markdown file, and the line on which the body begins. */
export type SplitFile = { yaml: string; body: string; bodyLine: number };

/** Separates the front matter, between two lines of `---`, from the body. */
export function splitFrontMatter(text: string): SplitFile | FieldError {
	const opening = /^---[ \t]*\n/.exec(text)?.[0];
	if (opening === undefined) {
		const message =
			"front matter is missing; start the file with a line of ---, then title: and the other keys, then a line of ---.";
		return { line: 1, message };
	}
	const rest = text.slice(opening.length);
	const closing = /^---[ \t]*(?:\n|$)/m.exec(rest);
	if (closing === null) {
		return { line: 1, message: "front matter is not closed; add a line of --- after its last key." };
	}
	const yaml = rest.slice(0, closing.index);
	// A byte order mark at this position, left by a tool that joined files, would shift every offset in the chunk.
	const body = rest.slice(closing.index + closing[0].length).replace(/^\uFEFF/, "");
	return { yaml, body, bodyLine: yaml.split("\n").length + 2 };
}
