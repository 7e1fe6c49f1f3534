import { toXml } from "xast-util-to-xml";
import { type Child, x } from "xastscript";
import { toXmlText } from "../../text/xml.ts";

// Loaded with `import()`: most isolates never serve a feed.

export { x };

export type Element = ReturnType<typeof x>;
export type { Child };

/**
 * Writes an XML document, with a style sheet for people who open it in a browser. Characters that XML forbids are replaced
 * in every text: one would make the whole document unreadable.
 */
export function writeXml(root: Element, styleSheet?: string): string {
	const instruction =
		styleSheet === undefined ? "" : `<?xml-stylesheet type="text/css" href="${styleSheet}"?>\n`;
	// The library leaves `>` as it is, which XML does not allow after two brackets.
	const text = toXmlText(toXml(root, { closeEmptyElements: true, tightClose: true })).replaceAll(
		"]]>",
		"]]&gt;",
	);
	return `<?xml version="1.0" encoding="utf-8"?>\n${instruction}${text}\n`;
}
