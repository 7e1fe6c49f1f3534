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
 * Resolves the addresses in an element's attributes: links to a fragment lead to the body's own page, and with a site URL
 * every address becomes absolute and images lose their responsive variants. Unchanged attributes are returned as they are.
 */
export function resolveAddresses(
	element: string,
	attributes: readonly Attribute[],
	{ path, siteUrl }: Base,
): Attribute[] {
	const isLink = element === "a" || element === "area";
	// In foreign elements such as <use>, a fragment is a part of the same image.
	const isOwn = (address: string) => address.startsWith("#") && !isLink;
	const resolve = (address: string) => (isOwn(address) ? address : absolute(address, siteUrl ?? "", path));
	const hasSource = attributes.some(({ name }) => name.toLowerCase() === "src");
	return attributes.flatMap((attribute) => {
		const name = attribute.name.toLowerCase();
		const { value } = attribute;
		if (siteUrl === null) {
			const isFragment = isLink && name === "href" && value.startsWith("#");
			return isFragment ? { ...attribute, value: path + value } : attribute;
		}
		if (element === "img" && hasSource && (name === "srcset" || name === "sizes")) return [];
		if (single.has(name) && (name !== "data" || element === "object"))
			return changed(attribute, resolve(value.trim()));
		if (several.has(name)) return changed(attribute, value.replace(/\S+/g, resolve));
		if (candidates.has(name))
			return changed(
				attribute,
				value.replace(candidate, (_, address, rest) => resolve(address) + rest),
			);
		return attribute;
	});
}

/** An image candidate of `srcset`: an address, which may contain commas but not end with one, and its descriptors. */
const candidate = /([^\s,](?:\S*[^\s,])?)(\s[^,]*,?|,+|$)/g;

function changed(attribute: Attribute, value: string): Attribute {
	return value === attribute.value ? attribute : { ...attribute, value };
}

/** Resolves an address; a site below a path keeps its root-relative addresses below that path. */
function absolute(address: string, siteUrl: string, path: string): string {
	if (address === "" || /^[a-z][a-z\d+.-]*:/i.test(address)) return address;
	if (address.startsWith("/") && !address.startsWith("//")) return siteUrl + address;
	return URL.parse(address, siteUrl + path)?.href ?? address;
}
