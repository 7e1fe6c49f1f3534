import type { RendererExtension, Token, Tokens } from "marked";
import { escapeHtml } from "../html.ts";
import type { ProseLabels } from "./labels.ts";

/** A footnote as parsed by marked-footnote: its label, content and references. */
type Footnote = { label: string; content: Token[]; refs: readonly Tokens.Generic[] };

/** Renders the footnotes; each back link has a hidden text label and a visible arrow. */
export function footnotes(labels: ProseLabels): RendererExtension {
	return {
		name: "footnotes",
		renderer(token) {
			const items = (token.items as Footnote[]).map(({ label, content, refs }, index) => {
				const id = encodeURIComponent(label);
				const backLabel = escapeHtml(labels.footnoteBack.replace("{name}", String(index + 1)));
				const back = refs.map((_, at) => {
					const [suffix, arrow] = at === 0 ? ["", "↩"] : [`-${at + 1}`, `↩<sup>${at + 1}</sup>`];
					return ` <a class="back-to-text" href="#footnote-ref-${id}${suffix}"><span class="visually-hidden">${backLabel}</span>${arrow}</a>`;
				});
				const html = this.parser.parse(content).trimEnd();
				const whole = html.endsWith("</p>")
					? `${html.slice(0, -"</p>".length)}${back.join("")}</p>`
					: `${html}${back.join("")}`;
				return `<li id="footnote-${id}">\n${whole}\n</li>\n`;
			});
			if (items.length === 0) return "";
			const heading = `<h2 id="footnote-label" class="visually-hidden">${escapeHtml(labels.footnotes)}</h2>`;
			return `<section class="footnotes">\n${heading}\n<ol>\n${items.join("")}</ol>\n</section>\n`;
		},
	};
}
