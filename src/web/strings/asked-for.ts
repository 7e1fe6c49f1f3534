/**
 * The language of a page for one person: the first that their browser asks for (`Accept-Language`, RFC 9110, whose order
 * browsers make the order of wishes) among those there are, else the site's, else English. A page that is shared has the
 * language of what it shows instead, since it is the same for everybody.
 */
export function languageAskedFor(
	accepted: string | undefined,
	languages: readonly string[],
	site: string,
): string {
	const wanted = (accepted ?? "").split(",").map((range) => range.split(";")[0] ?? "");
	const asked = [...wanted, site].map((tag) => tag.trim().toLowerCase().split("-")[0] ?? "");
	return asked.find((language) => languages.includes(language)) ?? "en";
}
