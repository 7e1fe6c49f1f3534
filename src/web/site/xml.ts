import { toXml } from "xast-util-to-xml";
import { type Child, x } from "xastscript";
import { toXmlText } from "../../text/xml.ts";

// Loaded with `import()`: most isolates never serve a feed.

export { x };

export type Element = Extract<ReturnType<typeof x>, { type: "element" }>;
export type { Child };

/**
 * Writes an XML document, with a style sheet for people who open it in a browser. Characters that XML forbids are replaced
 * in every text: one would make the whole document unreadable.
 */
export function writeXml(root: Element, styleSheet?: string): string {
	const instruction =
		styleSheet === undefined ? "" : `<?xml-stylesheet type="text/css" href="${styleSheet}"?>\n`;
	const text = toXml(withSections(root), { closeEmptyElements: true, tightClose: true });
	return `<?xml version="1.0" encoding="utf-8"?>\n${instruction}${toXmlText(text)}\n`;
}

/**
 * Writes long texts as CDATA sections, since escaping their characters one by one takes eight times as long, and those with
 * `]]>`, which the library leaves as it is though XML does not allow it in a text.
 */
function withSections(element: Element): Element {
	return {
		...element,
		children: element.children.flatMap((child): Element["children"] => {
			if (child.type === "element") return [withSections(child)];
			if (child.type !== "text" || (child.value.length < 200 && !child.value.includes("]]>"))) return [child];
			return child.value.split("]]>").map((part, at, parts) => ({
				type: "cdata",
				value: `${at === 0 ? "" : ">"}${part}${at === parts.length - 1 ? "" : "]]"}`,
			}));
		}),
	};
}
