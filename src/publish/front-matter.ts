import type { Mistake } from "./problems.ts";

/** A Markdown file in its two parts, and the line its body begins on. */
export type Split = { yaml: string; body: string; bodyLine: number };

/** Parts the front matter between two lines of `---` from the body. */
export function splitFrontMatter(text: string): Split | Mistake {
	const opening = /^---[ \t]*\n/.exec(text)?.[0];
	if (opening === undefined) {
		const message =
			"front matter is missing; begin the file with a line of ---, then title: and its other keys, then a line of ---.";
		return { line: 1, message };
	}
	const rest = text.slice(opening.length);
	const closing = /^---[ \t]*(?:\n|$)/m.exec(rest);
	if (closing === null) {
		return { line: 1, message: "front matter has no end; write a line of --- after its last key." };
	}
	const yaml = rest.slice(0, closing.index);
	// A byte order mark left in the middle by a tool that joined files would shift every offset in the bundle.
	const body = rest.slice(closing.index + closing[0].length).replace(/^\uFEFF/, "");
	return { yaml, body, bodyLine: yaml.split("\n").length + 2 };
}
