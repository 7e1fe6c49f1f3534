import { Parser } from "htmlparser2";
import { escapeHtml } from "../html.ts";
import { embeddedIds } from "./embedded-ids.ts";
import { type Attribute, type Base, resolveAddresses } from "./resolve-addresses.ts";

// Loaded only through import(), for lists with whole posts and for feeds.

/**
 * Adapts a body's HTML for lists and feeds: without ids, which must be unique on a page, and without the table of
 * contents. Addresses are resolved against `base`; everything else stays byte for byte.
 */
export function embeddedHtml(html: string, base: Base): string {
	let output = "";
	let copied = 0;
	const replace = (start: number, end: number, written: string) => {
		output += html.slice(copied, start) + written;
		copied = end;
	};
	let attributes: Attribute[] = [];
	let depth = 0;
	let contentsDepth: number | null = null;
	/** Depth of SVG elements. */
	let drawings = 0;
	const parser = new Parser(
		{
			onopentagname() {
				depth += 1;
				attributes = [];
			},
			onattribute(name, value) {
				attributes.push({ name, value });
			},
			onopentag(name, _, isImplied) {
				if (isImplied || contentsDepth !== null) return;
				const start = parser.startIndex;
				const end = parser.endIndex + 1;
				if (start === 0 && name === "nav" && hasClass(attributes, "contents")) {
					contentsDepth = depth;
				} else if (name === "a" && hasClass(attributes, "anchor") && html.startsWith("#</a>", end)) {
					replace(html[start - 1] === " " ? start - 1 : start, end + "#</a>".length, "");
				} else {
					if (name === "svg") drawings += 1;
					// A link in a drawing leads to the page, as any other.
					const kept = embeddedIds(attributes, drawings > 0 && name !== "a", base.path);
					const resolved = resolveAddresses(name, kept, base);
					if (resolved.length === attributes.length && resolved.every((one, at) => one === attributes[at]))
						return;
					replace(start, end, startTag(name, resolved, html[end - 2] === "/"));
				}
			},
			onclosetag(name) {
				if (name === "svg" && drawings > 0) drawings -= 1;
				if (contentsDepth === depth) {
					const end = parser.endIndex + 1;
					replace(0, html[end] === "\n" ? end + 1 : end, "");
					contentsDepth = null;
				}
				depth -= 1;
			},
		},
		{ lowerCaseAttributeNames: false },
	);
	parser.end(html);
	return output + html.slice(copied);
}

function hasClass(attributes: readonly Attribute[], name: string): boolean {
	return attributes.some((attribute) => attribute.name === "class" && attribute.value === name);
}

function startTag(name: string, attributes: readonly Attribute[], isSelfClosing: boolean): string {
	const written = attributes.map((attribute) => ` ${attribute.name}="${escapeHtml(attribute.value)}"`);
	return `<${name}${written.join("")}${isSelfClosing ? " /" : ""}>`;
}
