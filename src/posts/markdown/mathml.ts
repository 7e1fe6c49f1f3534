import temml from "temml";
import { escapeHtml } from "../html.ts";

// Reached only through import(): a post without formulas never pays for it.

/** TeX to MathML. A mistake comes out as the TeX that was typed, marked as such; it never throws. */
export function mathml(tex: string, display: boolean): string {
	try {
		const html = temml.renderToString(tex, { displayMode: display, throwOnError: true });
		return html.replace(/<\w+[^>]* style="[^>]*>/g, withoutStyle);
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		return `<code class="math-error" title="${escapeHtml(error.message.split("\n")[0] ?? "")}">${escapeHtml(tex)}</code>`;
	}
}

/** Inline styles are stopped by the security policy, so what they say is said by attributes and classes instead. */
function withoutStyle(tag: string): string {
	const classes: string[] = [];
	let attributes = "";
	const rest = tag.replace(/ (style|class)="([^"]*)"/g, (_, name: string, value: string) => {
		if (name === "class") classes.unshift(value);
		else {
			for (const word of translate(value)) {
				if (word.startsWith(" ")) attributes += word;
				else classes.push(word);
			}
		}
		return "";
	});
	const named = classes.length === 0 ? "" : ` class="${classes.join(" ")}"`;
	return rest.replace(/>$/, `${attributes}${named}>`);
}

/** Each declaration as an attribute (with a space before it) or a class; the theme knows the classes. */
function translate(style: string): string[] {
	return Array.from(style.matchAll(/([\w-]+):\s*([^;]+)/g), ([, property = "", value = ""]) => {
		if (property === "color") return ` mathcolor="${value}"`;
		if (property === "background-color") return ` mathbackground="${value}"`;
		if (property === "padding-left" && value === "1em") return "wide-left";
		if (/^padding-(?:left|right)$/.test(property) && /^0[a-z]*$/.test(value))
			return `no-${property.slice(8)}`;
		if (property === "width") return value === "100%" ? "full" : "half";
		return said[property] ?? "";
	}).filter((word) => word !== "");
}

const said: Readonly<Record<string, string>> = {
	border: "boxed",
	"border-bottom": "border-bottom",
	"border-left": "border-left",
	"border-right": "border-right",
	"border-top": "border-top",
	"math-depth": "same-size",
};
