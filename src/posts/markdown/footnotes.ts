import type { RendererExtension, Token, Tokens } from "marked";
import { escapeHtml } from "../html.ts";
import type { ProseWords } from "./words.ts";

/** A note as marked-footnote leaves it: its label, what it says, and every place it is called from. */
type Note = { label: string; content: Token[]; refs: readonly Tokens.Generic[] };

/** Writes the notes at the end of a text; each way back says in words where it leads, and in a sign. */
export function footnotes(words: ProseWords): RendererExtension {
	return {
		name: "footnotes",
		renderer(token) {
			const items = (token.items as Note[]).map(({ label, content, refs }, index) => {
				const id = encodeURIComponent(label);
				const said = escapeHtml(words.footnoteBack.replace("{name}", String(index + 1)));
				const back = refs.map((_, at) => {
					const [place, sign] = at === 0 ? ["", "↩"] : [`-${at + 1}`, `↩<sup>${at + 1}</sup>`];
					return ` <a class="back-to-text" href="#footnote-ref-${id}${place}"><span class="visually-hidden">${said}</span>${sign}</a>`;
				});
				const html = this.parser.parse(content).trimEnd();
				const whole = html.endsWith("</p>")
					? `${html.slice(0, -"</p>".length)}${back.join("")}</p>`
					: `${html}${back.join("")}`;
				return `<li id="footnote-${id}">\n${whole}\n</li>\n`;
			});
			if (items.length === 0) return "";
			const heading = `<h2 id="footnote-label" class="visually-hidden">${escapeHtml(words.footnotes)}</h2>`;
			return `<section class="footnotes">\n${heading}\n<ol>\n${items.join("")}</ol>\n</section>\n`;
		},
	};
}
