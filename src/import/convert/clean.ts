import type { Element, ElementContent, Root } from "hast";
import type { NewAddresses } from "./addresses.ts";
import { attribute, isElement, replaceNodes, textOf, visitElements } from "./html.ts";

/** Elements that the pages' security policy blocks, or that mean nothing in a text. */
const dropped = new Set([
	"script",
	"style",
	"noscript",
	"link",
	"meta",
	"base",
	"template",
	"object",
	"applet",
]);
const embedding = new Set(["iframe", "embed", "frame"]);
/** Elements without a meaning of their own; their content stays. */
const unwrapped = new Set(["font", "center", "o:p", "form", "tt", "big", "nobr", "wbr"]);

/** Attributes that mean something in a post; all others, styles and scripts among them, go. */
const keptAttributes = new Set(
	"alt cite colSpan controls dateTime dir href lang open poster reversed rowSpan src start title type width height".split(
		" ",
	),
);

/** Removes from a tree what a post cannot have, and gives its links and images their new addresses. */
export function cleanTree(tree: Root, addresses: NewAddresses, remark: (message: string) => void): void {
	const referenced = referencedIds(tree);
	replaceNodes(tree, (node) => {
		if (node.type === "comment") return isMore(node.value) ? null : [];
		if (node.type !== "element") return null;
		const { tagName: name } = node;
		if (dropped.has(name)) {
			if (name !== "noscript") remark(`has a <${name}>, which pages do not run; left out.`);
			return [];
		}
		if (embedding.has(name)) return [embedLink(node, addresses, remark)];
		if (unwrapped.has(name)) return node.children;
		if (name === "span" && attribute(node, "lang") === "") return node.children;
		return name === "a" ? cleanLink(node, addresses) : null;
	});
	visitElements(tree, (element) => {
		if (isElement(element, "img", "source", "video", "audio")) cleanMedium(element, addresses);
		if (element.tagName === "pre") moveLanguage(element);
		cleanAttributes(element, referenced);
	});
	replaceNodes(tree, (node) => {
		const isEmoji =
			isElement(node, "img") && /^https?:\/\/s\.w\.org\/images\/core\/emoji\//.test(attribute(node, "src"));
		return isEmoji ? [{ type: "text", value: attribute(node as Element, "alt") }] : null;
	});
}

function isMore(comment: string): boolean {
	return /^\s*more\b/.test(comment);
}

/** Returns the ids that links in the text lead to. */
function referencedIds(tree: Root): Set<string> {
	const ids = new Set<string>();
	visitElements(tree, (element) => {
		const href = attribute(element, "href");
		if (href.startsWith("#")) ids.add(href.slice(1));
	});
	return ids;
}

function embedLink(
	node: Element,
	addresses: NewAddresses,
	remark: (message: string) => void,
): ElementContent {
	const address = absolute(attribute(node, "src"), addresses.base);
	remark(`embeds ${address || "something"}, which pages do not load from other sites; it is a link now.`);
	return link(address, attribute(node, "title") || address);
}

/** Makes a link element. */
export function link(href: string, text: string): ElementContent {
	return { type: "element", tagName: "a", properties: { href }, children: [{ type: "text", value: text }] };
}

/** Cleans a link; one around a smaller copy of the picture it leads to becomes that picture. */
function cleanLink(node: Element, addresses: NewAddresses): ElementContent[] | null {
	const href = attribute(node, "href");
	if (href === "")
		return attribute(node, "id") === "" && attribute(node, "name") === "" ? node.children : null;
	if (href.startsWith("#")) return null;
	// Hatena's links to its dictionary, which no author has written.
	if (/\bo?keyword\b/.test(attribute(node, "className")) && /\/\/d\.hatena\.ne\.jp\/keyword\//.test(href))
		return node.children;
	const address = absolute(href, addresses.base);
	if (!/^(?:https?|mailto|tel):/i.test(address)) return node.children;
	const content = node.children.filter((child) => textOf(child).trim() !== "" || child.type === "element");
	const [image] = content;
	if (content.length === 1 && isElement(image, "img")) {
		const full = addresses.medium(address);
		const isPicture = /\.(?:jpe?g|png|gif|webp|avif)(?:[?#]|$)/i.test(address);
		if (isPicture && (full !== null || isVariant(attribute(image, "src"), address))) {
			image.properties.src = full ?? address;
			return [image];
		}
	}
	node.properties.href = addresses.medium(address) ?? addresses.link(address) ?? address;
	return null;
}

/** Whether a picture is a smaller copy of another, by its name: `a-300x200.jpg` (WordPress), `as.jpg` (FC2). */
function isVariant(small: string, full: string): boolean {
	const bare = (address: string) => address.replace(/^https?:/i, "").replace(/[?#].*$/, "");
	const original = bare(full);
	return [
		bare(small),
		bare(small).replace(/-\d+x\d+(?=\.\w+$)/, ""),
		bare(small).replace(/s(?=\.\w+$)/, ""),
	].includes(original);
}

function cleanMedium(element: Element, addresses: NewAddresses): void {
	const lazy =
		attribute(element, "dataSrc") || attribute(element, "dataLazySrc") || attribute(element, "dataOriginal");
	const written = attribute(element, "src");
	const src = lazy !== "" && (written === "" || written.startsWith("data:")) ? lazy : written;
	for (const name of ["src", "poster"]) {
		const value = name === "src" ? src : attribute(element, name);
		if (value === "" || value.startsWith("data:")) continue;
		if (value.startsWith("/media/")) continue;
		const address = absolute(value, addresses.base);
		element.properties[name] = addresses.medium(address) ?? address;
	}
}

function cleanAttributes(element: Element, referenced: ReadonlySet<string>): void {
	const language = languageOf(element);
	const id = attribute(element, "id") || attribute(element, "name");
	for (const name of Object.keys(element.properties)) {
		if (!keptAttributes.has(name)) delete element.properties[name];
	}
	if (element.tagName !== "img" && element.tagName !== "video") {
		delete element.properties.width;
		delete element.properties.height;
	}
	if (referenced.has(id)) element.properties.id = id;
	if (language !== "") element.properties.className = [`language-${language}`];
}

/** Moves the language of a code block to its code, where Markdown looks for it. */
function moveLanguage(pre: Element): void {
	const language = languageOf(pre);
	if (language === "") return;
	const [first] = pre.children.filter((child) => child.type === "element" || textOf(child).trim() !== "");
	const properties = { className: [`language-${language}`] };
	if (!isElement(first, "code")) {
		pre.children = [{ type: "element", tagName: "code", properties, children: pre.children }];
	} else if (languageOf(first) === "") first.properties = properties;
}

/** Reads the language of a code block from the classes of the common highlighters. */
function languageOf(element: Element): string {
	if (!isElement(element, "pre", "code")) return "";
	const classes = attribute(element, "className");
	const found =
		/(?:^|\s)(?:lang(?:uage)?-|brush:\s*|hljs\s+|prettyprint\s+lang-|crayon-)([\w+#.-]+)/.exec(
			classes,
		)?.[1] ?? attribute(element, "dataLang");
	return /^(?:none|plain|plaintext|text|auto|undefined)$/i.test(found) ? "" : found;
}

/** Resolves an address against that of the text. */
export function absolute(address: string, base: string | null): string {
	const trimmed = address.trim();
	if (trimmed.startsWith("//")) return `https:${trimmed}`;
	if (base === null) return trimmed;
	return URL.parse(trimmed, base)?.href ?? trimmed;
}
