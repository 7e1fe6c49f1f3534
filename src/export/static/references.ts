import { attribute, type Element } from "./tree.ts";

/** Attributes that hold an address, by the names of the elements that have them. */
const attributes: Record<string, readonly string[]> = {
	a: ["href"],
	area: ["href"],
	link: ["href"],
	img: ["src"],
	source: ["src"],
	video: ["src", "poster"],
	audio: ["src"],
	track: ["src"],
	embed: ["src"],
	iframe: ["src"],
	object: ["data"],
	image: ["href"],
	use: ["href"],
	blockquote: ["cite"],
	q: ["cite"],
};

/** Elements that lead somewhere only when somebody follows them; all others are loaded with the page. */
export const isLink = ({ tagName }: Element) => tagName === "a" || tagName === "area";

/** Returns the attributes of an element that hold one address. */
export function addressAttributes(element: Element): { name: string; value: string }[] {
	// Microformats: `u-` marks data that is an address.
	const isData = element.tagName === "data" && /(?:^|\s)u-/.test(attribute(element, "class") ?? "");
	const names = isData ? ["value"] : (attributes[element.tagName] ?? []);
	return names.flatMap((name) => {
		const value = attribute(element, name);
		return value === null ? [] : [{ name, value }];
	});
}

/** Replaces each address of a `srcset`, which commas and descriptors follow. */
export function mapSrcset(srcset: string, map: (address: string) => string): string {
	return srcset
		.split(/,\s+/)
		.map((candidate) => candidate.trim().replace(/^\S+/, map))
		.join(", ");
}

/** Replaces each address in a style sheet. */
export function mapStyle(css: string, map: (address: string) => string): string {
	return css.replace(
		/url\(\s*(["']?)([^"')]+)\1\s*\)/g,
		(_, quote: string, address: string) => `url(${quote}${map(address)}${quote})`,
	);
}
