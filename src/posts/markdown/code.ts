import { escapeHtml } from "../html.ts";

/** What the line after the opening fence says: ```` ```ts {2,4-5} title="file.ts" ````. */
export type CodeInfo = { language: string | null; title: string | null; lines: ReadonlySet<number> };

/** Colours the code of a language, or returns null for one it does not know. The HTML has classes only. */
export type Highlighter = (code: string, language: string) => string | null;

/** Reads the line after an opening fence; what it does not understand is left out. */
export function parseCodeInfo(info: string): CodeInfo {
	const [, double, single] = /\btitle=(?:"([^"]*)"|'([^']*)')/.exec(info) ?? [];
	return {
		language: /^(?!title=)[^\s{]+/.exec(info)?.[0].toLowerCase() ?? null,
		title: double ?? single ?? null,
		lines: linesOf(/\{([\d,\s-]+)\}/.exec(info)?.[1] ?? ""),
	};
}

/** A block of code as HTML, with its file name above it and the lines that matter marked. */
export function renderCode(code: string, info: string, highlight: Highlighter | null): string {
	const { language, title, lines } = parseCodeInfo(info);
	const coloured = (language === null ? null : highlight?.(code, language)) ?? escapeHtml(code);
	const whole = code === "" ? "" : `${coloured}\n`;
	const html = lines.size === 0 ? whole : markLines(coloured, lines);
	const name = language === null ? "" : ` class="language-${escapeHtml(language)}"`;
	const block = `<pre tabindex="0"><code${name}>${html}</code></pre>`;
	if (title === null) return `${block}\n`;
	return `<figure class="listing"><figcaption>${escapeHtml(title)}</figcaption>${block}</figure>\n`;
}

function linesOf(list: string): Set<number> {
	const lines = new Set<number>();
	for (const [, from = "", to = from] of list.matchAll(/(\d{1,5})(?:\s*-\s*(\d{1,5}))?/g)) {
		for (let line = Number(from); line <= Number(to); line++) lines.add(line);
	}
	return lines;
}

/** A colour that goes on over a line end is closed there and opened again, so that each line can stand in a mark. */
function markLines(html: string, lines: ReadonlySet<number>): string {
	const open: string[] = [];
	const marked = html.split("\n").map((line, index) => {
		const before = open.join("");
		for (const [tag] of line.matchAll(/<[^>]*>/g)) {
			if (tag === "</span>") open.pop();
			else open.push(tag);
		}
		const whole = before + line + "</span>".repeat(open.length);
		return lines.has(index + 1) ? `<mark>${whole}\n</mark>` : `${whole}\n`;
	});
	return marked.join("");
}
