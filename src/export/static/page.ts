import { createHash } from "node:crypto";
import { parse, serialize, defaultTreeAdapter as tree } from "parse5";
import { relativeAddress } from "./files.ts";
import { addressAttributes, isLink, mapSrcset, mapStyle } from "./references.ts";
import { sentencesFor } from "./strings.ts";
import {
	attribute,
	type Element,
	elementOf,
	elementsIn,
	hasClass,
	replaceWith,
	setAttribute,
	textOf,
} from "./tree.ts";

/** A place an address leads to. */
export type Target =
	/** A file of the copy, and what follows `#`. */
	| { file: string; fragment: string }
	/** Another site's, or no address at all: it stays as it is. */
	| "elsewhere"
	/** A form or a page for one visitor, which a copy cannot have. */
	| "private"
	/** An address that nothing has. */
	| "nowhere";

/** Finds where an address in a page leads. */
export type FindTarget = (address: string) => Target;

/** A page of the copy: its HTML, the digests of its styles, and links of its text that led nowhere. */
export type CopiedPage = { html: string; styles: readonly string[]; lost: readonly string[] };

/** Makes a page of one that the Worker has rendered: without forms and scripts, with links that work from disk, too. */
export function copyPage(html: string, file: string, find: FindTarget): CopiedPage {
	const document = parse(html);
	const root = elementsIn(document)[0];
	const lang = root === undefined ? "en" : (attribute(root, "lang") ?? "en");
	const lost: string[] = [];
	const elements = elementsIn(document);
	for (const element of elements) if (element.tagName === "script") tree.detachNode(element);
	for (const element of elements) replaceForm(element, lang);
	for (const element of elements) {
		if (isRemoved(element)) continue;
		replaceAddresses(element, file, find, lost);
	}
	const styles: string[] = [];
	for (const element of elementsIn(document)) {
		if (element.tagName !== "style") continue;
		const css = mapStyle(textOf(element), (address) => relative(find(address), file) ?? address);
		for (const child of [...element.childNodes]) tree.detachNode(child);
		tree.insertText(element, css);
		styles.push(createHash("sha256").update(css).digest("base64"));
	}
	return { html: serialize(document), styles, lost };
}

function isRemoved(element: Element): boolean {
	let at: Element["parentNode"] = element;
	while (at !== null && "parentNode" in at) at = at.parentNode;
	return at === null;
}

/** Replaces the form for comments by a sentence, reactions by their counts, and removes what leads to other forms. */
function replaceForm(element: Element, lang: string): void {
	if (isRemoved(element)) return;
	if (hasClass(element, "write"))
		replaceWith(element, [elementOf("p", { class: "closed" }, sentencesFor(lang).closed)]);
	else if (["to-form", "sorts"].some((name) => hasClass(element, name)) || element.tagName === "search")
		tree.detachNode(element);
	else if (element.tagName === "form") {
		const counted = elementsIn(element).filter(
			(each) => each.tagName === "button" && elementsIn(each).some(({ tagName }) => tagName === "b"),
		);
		if (!hasClass(element, "reactions") || counted.length === 0) {
			tree.detachNode(element);
			return;
		}
		const counts = elementOf("div", { class: "reactions" }, "");
		for (const button of counted) {
			button.attrs.push({ name: "type", value: "button" }, { name: "disabled", value: "" });
			tree.detachNode(button);
			tree.appendChild(counts, button);
		}
		replaceWith(element, [counts]);
	}
}

function replaceAddresses(element: Element, file: string, find: FindTarget, lost: string[]): void {
	const srcset = attribute(element, "srcset");
	if (srcset !== null) {
		setAttribute(
			element,
			"srcset",
			mapSrcset(srcset, (address) => relative(find(address), file) ?? address),
		);
	}
	// Addresses of the page itself, for search engines: absolute, and of the new place already.
	const rel = attribute(element, "rel") ?? "";
	if (element.tagName === "link" && (rel === "canonical" || attribute(element, "hreflang") !== null)) return;
	for (const { name, value } of addressAttributes(element)) {
		const target = find(value);
		const address = relative(target, file);
		if (address !== null) setAttribute(element, name, address);
		else if (target === "private") removeWithSeparator(element);
		else if (target === "nowhere") {
			lost.push(value);
			if (isLink(element)) replaceWith(element, [...element.childNodes]);
			else if (name === "src" || element.tagName === "link") tree.detachNode(element);
			else element.attrs = element.attrs.filter((each) => each.name !== name);
		}
	}
}

/** Removes a link and the separator before it. */
function removeWithSeparator(element: Element): void {
	const siblings = element.parentNode?.childNodes ?? [];
	const before = siblings[siblings.indexOf(element) - 1];
	if (before !== undefined && tree.isTextNode(before) && /^\s*·\s*$/.test(before.value))
		tree.detachNode(before);
	tree.detachNode(element);
}

function relative(target: Target, file: string): string | null {
	if (typeof target === "string") return null;
	const { fragment } = target;
	if (target.file === file && fragment !== "") return `#${fragment}`;
	return relativeAddress(file, target.file) + (fragment === "" ? "" : `#${fragment}`);
}
