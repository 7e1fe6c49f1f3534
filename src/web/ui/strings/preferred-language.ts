/**
 * Returns the language of a page for one visitor: the first available one in their `Accept-Language` (RFC 9110; browsers
 * list languages in order of preference), else the site's, else English. Shared pages use the language of their content
 * instead, since they are the same for everyone.
 */
export function preferredLanguage(
	accepted: string | undefined,
	languages: readonly string[],
	site: string,
): string {
	const ranges = (accepted ?? "").split(",").map((range) => range.split(";")[0] ?? "");
	const preferred = [...ranges, site].map((tag) => tag.trim().toLowerCase().split("-")[0] ?? "");
	return preferred.find((language) => languages.includes(language)) ?? "en";
}
