import { toXmlText } from "../text/xml.ts";

/** Escapes text for an XML element or attribute. Characters that XML cannot hold become U+FFFD. */
export function xmlText(text: string): string {
	return toXmlText(text)
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;")
		.replaceAll('"', "&quot;")
		.replaceAll("\r", "&#13;");
}

/** Wraps text in CDATA sections, of which `]]>` ends one. */
export function cdata(text: string): string {
	return `<![CDATA[${toXmlText(text).replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
}

/** Formats a time as Disqus and feeds of dates in UTC have it: to the second. */
export function isoSecond(at: number): string {
	return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}

/**
 * Returns the HTML of a comment without line ends, which other systems take for line breaks. Those of code become the breaks
 * they mean.
 */
export function oneLine(html: string): string {
	return html
		.split(/(<pre\b[\s\S]*?<\/pre>)/)
		.map((part) =>
			part.startsWith("<pre")
				? part.replaceAll("\n", "<br>")
				: part.replace(/>\n+|\n+(?=<)/g, (end) => end.replaceAll("\n", "")).replaceAll("\n", " "),
		)
		.join("");
}
