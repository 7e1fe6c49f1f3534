import { escapeHtml } from "../html.ts";

/** Info string of a fenced code block: ```` ```ts {2,4-5} title="file.ts" ````. */
export type CodeInfo = { language: string | null; title: string | null; lines: ReadonlySet<number> };

/** Highlights code as HTML with classes only; null for an unknown language. */
export type Highlighter = (code: string, language: string) => string | null;

/** Parses an info string as several sites write them; unknown parts are ignored. */
export function parseCodeInfo(info: string): CodeInfo {
	const [, double, single, bare] =
		/(?:^|[\s{,])(?:title|filename|file)=(?:"([^"]*)"|'([^']*)'|([^\s"'{},]+))/.exec(info) ?? [];
	const [, name = "", file] = firstWord.exec(info) ?? [];
	const language = name.toLowerCase().replace(/^diff[_-].*/, "diff");
	return {
		language: language === "" ? null : language,
		title: double ?? single ?? bare ?? file ?? null,
		lines: linesOf(/\{([\d,\s-]+)\}/.exec(info)?.[1] ?? ""),
	};
}

/**
 * Matches the language, as others write it too: `rust,ignore`, `{.python}`, `js=12`, `language-ts`; and the name of the
 * file after a colon, as `ts:controller.ts`.
 */
const firstWord =
	/^(?:\{\s*(?=\.?[A-Za-z]))?\.?(?:lang(?:uage)?-)?(?!(?:title|filename|file)=)([^\s{}:,=]*)(?:=\+?\d*)?(?::([^\s{}]+))?/;

/** Renders a code block as HTML, with its title and highlighted lines. */
export function renderCode(code: string, info: string, highlight: Highlighter): string {
	const { language, title, lines } = parseCodeInfo(info);
	const highlighted = (language === null ? null : highlight(code, language)) ?? escapeHtml(code);
	const whole = code === "" ? "" : `${highlighted}\n`;
	const html = lines.size === 0 ? whole : markLines(highlighted, lines);
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

/** Wraps lines in `<mark>`; a span that crosses a line end is closed there and opened again. */
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
