/** An attribute of an HTML element, with its character references decoded. */
export type Attribute = { readonly name: string; readonly value: string };

/** The page a body belongs to: its path, and in feeds the URL of the site. */
export type Base = { path: string; siteUrl: string | null };

/** Attributes with one address, with several separated by spaces, and with image candidates. */
const single = new Set(
	"action background cite data formaction href itemid longdesc poster src xlink:href".split(" "),
);
const several = new Set(["ping"]);
const candidates = new Set(["srcset", "imagesrcset"]);

/**
 * Resolves the addresses in an element's attributes, so that they work on other pages than the body's own. With a site
 * URL every address becomes absolute and images lose their responsive variants. Unchanged attributes are returned as
 * they are.
 */
export function resolveAddresses(
	element: string,
	attributes: readonly Attribute[],
	{ path, siteUrl }: Base,
): Attribute[] {
	const isLink = element === "a" || element === "area";
	// In foreign elements such as <use>, a fragment is a part of the same image.
	const isOwn = (address: string) => address.startsWith("#") && !isLink;
	const hasSource = attributes.some(({ name }) => name.toLowerCase() === "src");
	const isVariant = ({ name }: Attribute) => /^(?:srcset|sizes)$/i.test(name);
	const isAlone = siteUrl !== null && element === "img" && hasSource;
	return mapAddresses(
		element,
		isAlone ? attributes.filter((attribute) => !isVariant(attribute)) : attributes,
		(address) => (isOwn(address) ? address : absolute(address, siteUrl ?? "", path)),
	);
}

/** Replaces every address in an element's attributes; unchanged attributes are returned as they are. */
export function mapAddresses<A extends Attribute>(
	element: string,
	attributes: readonly A[],
	replace: (address: string) => string,
): A[] {
	return attributes.map((attribute) => {
		const addresses = addressesOf(element, attribute);
		const replaced = addresses.map(({ address }) => replace(address));
		if (replaced.every((address, at) => address === addresses[at]?.address)) return attribute;
		const value = addresses.map(({ before }, at) => before + replaced[at]).join("");
		return { ...attribute, value: value + (addresses.at(-1)?.after ?? "") };
	});
}

/** Returns the addresses in an attribute, with the text around them. */
export function addressesOf(
	element: string,
	{ name: written, value }: Attribute,
): { before: string; address: string; after: string }[] {
	const name = written.toLowerCase();
	if (single.has(name) && (name !== "data" || element === "object"))
		return [{ before: "", address: value.trim(), after: "" }];
	const pattern = several.has(name) ? /\S+/g : candidates.has(name) ? candidate : null;
	if (pattern === null) return [];
	let end = 0;
	const found = Array.from(value.matchAll(pattern), ({ 0: address, index }) => {
		const before = value.slice(end, index);
		end = index + address.length;
		return { before, address, after: "" };
	});
	return found.map((each, at) => (at === found.length - 1 ? { ...each, after: value.slice(end) } : each));
}

/**
 * The address of an image candidate of `srcset`, which ends at a descriptor (`2x`, `720w`), at a comma before white space
 * or at the end. Against the standard it may contain spaces, as file names do.
 */
const candidate =
	/(?<=^[\s,]*|,\s+|\s[\d.]+[wxh]\s*,\s*)[^\s,](?:.*?[^\s,])??(?=\s+[\d.]+[wxh]\s*(?:,|$)|\s*,+(?:\s|$)|\s*$)/gs;

/** Resolves an address against the body's page, and with a site URL also against that. */
function absolute(address: string, siteUrl: string, path: string): string {
	if (address === "" || /^[a-z][a-z\d+.-]*:/i.test(address)) return address;
	if (address.startsWith("//")) return siteUrl.slice(0, siteUrl.indexOf("//")) + address;
	if (address.startsWith("/")) return siteUrl + address;
	if (address.startsWith("#")) return siteUrl + path + address;
	const url = URL.parse(address, placeholder + path);
	return url === null || url.origin !== placeholder
		? address
		: siteUrl + url.pathname + url.search + url.hash;
}

/** An origin that no address has. */
const placeholder = "http://origin.invalid";
