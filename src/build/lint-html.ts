import type { HtmlProblem } from "../posts/markdown/balance-html.ts";
import type { MarkdownDocument } from "../posts/markdown/document.ts";
import { countLines } from "./lines.ts";
import type { FieldError } from "./problems.ts";
import { locate } from "./references.ts";

const messages: Readonly<Record<HtmlProblem["kind"], (name: string) => string>> = {
	broken: () =>
		'a "<" begins a tag or comment that does not end, and is shown as typed; close it, or write &lt;.',
	unclosed: (name) => `<${name}> is not closed in its block; write </${name}> where it ends.`,
	stray: (name) => `</${name}> closes nothing in its block and is left out; remove it.`,
	text: (name) =>
		`<${name}> is shown as typed, because it would hide what follows; write it as code, \`<${name}>\`.`,
	id: (name) => `id="${name}" is left out, because the page has another; choose another.`,
};

/** Warns about raw HTML that is mended, and about ids of headings that something else has. */
export function lintHtml(document: MarkdownDocument, bodyLine: number): FieldError[] {
	const ids = new Map(document.headings.map(({ token, id, written }) => [token, { id, written }]));
	return locate(document, bodyLine, (token) => {
		const { id, written } = (token.type === "heading" ? ids.get(token as never) : undefined) ?? {};
		if (written !== undefined && written !== null && written !== id)
			return [{ message: messages.id(written), within: 0 }];
		return (document.htmlProblems.get(token) ?? []).map(({ kind, name, offset }) => ({
			message: messages[kind](name),
			within: countLines(token.raw.slice(0, offset)),
		}));
	});
}
