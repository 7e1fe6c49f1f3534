import type { Token } from "marked";
import type { MarkdownDocument } from "../posts/markdown/document.ts";
import { addressesOf } from "../posts/markdown/resolve-addresses.ts";
import { walk } from "../posts/markdown/walk.ts";
import { readTags } from "./html-tags.ts";
import { countLines } from "./lines.ts";

/** An image or link in a Markdown body, on a line of its file; `inHtml` marks one written as an HTML element. */
export type Reference = {
	kind: "image" | "link";
	href: string;
	line: number;
	hasAlt: boolean;
	inHtml: boolean;
};

/** Finds the images and links of a body from its Markdown tokens, so that code is ignored. */
export function findReferences(document: MarkdownDocument, bodyLine: number): Reference[] {
	return locate(document, bodyLine, referencesOf);
}

/** Collects the results of `find` for all tokens of a body, with their lines in the file. */
export function locate<T>(
	{ tokens }: MarkdownDocument,
	bodyLine: number,
	find: (token: Token) => (T & { within: number })[],
): (Omit<T, "within"> & { line: number })[] {
	const located: (Omit<T, "within"> & { line: number })[] = [];
	let line = bodyLine;
	for (const block of tokens) {
		let searched = 0;
		walk([block], (token) => {
			const found = find(token);
			if (found.length === 0) return;
			// Tokens have no position. Within a quote or list their text is that of the block without its markers.
			const start = block.raw.indexOf(token.raw, searched);
			if (start >= 0) searched = start + (token === block ? 0 : token.raw.length);
			const above = line + countLines(block.raw.slice(0, Math.max(start, 0)));
			for (const { within, ...rest } of found) located.push({ ...rest, line: above + within });
		});
		line += countLines(block.raw);
	}
	return located;
}

type ReferencePosition = Omit<Reference, "line"> & { within: number };

function referencesOf(token: Token): ReferencePosition[] {
	if (token.type === "image")
		return [{ kind: "image", href: token.href, hasAlt: token.text.trim() !== "", inHtml: false, within: 0 }];
	if (token.type === "link")
		return [{ kind: "link", href: token.href, hasAlt: true, inHtml: false, within: 0 }];
	if (token.type !== "html" || ("pre" in token && token.pre === true)) return [];
	return readTags(token.raw).flatMap(({ name: element, attributes }) =>
		attributes.flatMap((attribute) =>
			addressesOf(element, attribute).map(
				({ address }): ReferencePosition => ({
					kind: shown.has(attribute.name) ? "image" : "link",
					href: address,
					hasAlt: true,
					inHtml: true,
					within: attribute.within,
				}),
			),
		),
	);
}

/** Attributes whose address is shown on the page. */
const shown = new Set(["src", "srcset", "imagesrcset", "poster", "background"]);
