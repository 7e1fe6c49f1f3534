import type { Token } from "marked";
import temml from "temml";
import { escapeHtml } from "../posts/html.ts";
import { type Formula, formulaKey } from "../posts/markdown/math.ts";
import { walk } from "../posts/markdown/walk.ts";

/**
 * Renders the formulas of a body, by their keys. Only the build has the renderer, which is larger than the parser of
 * Markdown; a body carries the MathML of its formulas.
 */
export function renderFormulas(tokens: readonly Token[]): Readonly<Record<string, string>> {
	const formulas: Record<string, string> = {};
	walk(tokens, (token) => {
		if (token.type !== "math" && token.type !== "mathBlock") return;
		const formula = token as Formula;
		formulas[formulaKey(formula)] ??= renderMathml(formula.tex, formula.display);
	});
	return formulas;
}

/** Renders TeX as MathML. Invalid TeX is shown as typed, marked as an error; it never throws. */
function renderMathml(tex: string, display: boolean): string {
	try {
		const html = temml.renderToString(tex, { displayMode: display, throwOnError: true });
		return html.replace(/<\w+[^>]* style="[^>]*>/g, replaceStyle);
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		return `<code class="math-error" title="${escapeHtml(error.message.split("\n")[0] ?? "")}">${escapeHtml(tex)}</code>`;
	}
}

/** Replaces inline styles, which the CSP blocks, with attributes and classes. */
function replaceStyle(tag: string): string {
	const classes: string[] = [];
	let attributes = "";
	const rest = tag.replace(/ (style|class)="([^"]*)"/g, (_, name: string, value: string) => {
		if (name === "class") classes.unshift(value);
		else {
			for (const word of translateStyle(value)) {
				if (word.startsWith(" ")) attributes += word;
				else classes.push(word);
			}
		}
		return "";
	});
	const named = classes.length === 0 ? "" : ` class="${classes.join(" ")}"`;
	return rest.replace(/>$/, `${attributes}${named}>`);
}

/** Translates each declaration into an attribute (with a leading space) or a class of the theme. */
function translateStyle(style: string): string[] {
	return Array.from(style.matchAll(/([\w-]+):\s*([^;]+)/g), ([, property = "", value = ""]) => {
		if (property === "color") return ` mathcolor="${value}"`;
		if (property === "background-color") return ` mathbackground="${value}"`;
		if (property === "padding-left" && value === "1em") return "wide-left";
		if (/^padding-(?:left|right)$/.test(property) && /^0[a-z]*$/.test(value))
			return `no-${property.slice(8)}`;
		if (property === "width") return value === "100%" ? "full" : "half";
		return classNames[property] ?? "";
	}).filter((word) => word !== "");
}

const classNames: Readonly<Record<string, string>> = {
	border: "boxed",
	"border-bottom": "border-bottom",
	"border-left": "border-left",
	"border-right": "border-right",
	"border-top": "border-top",
	"math-depth": "same-size",
};
