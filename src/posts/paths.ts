/**
 * Normalizes a path for lookups: decoded, case-folded, without trailing slash, `index.html` or `index.php`, or the
 * leading `/index.php` of addresses such as `/index.php/hello/`.
 */
export function pathKey(path: string): string {
	const trimmed = foldCase(decodePath(path))
		.replace(/\/{2,}/g, "/")
		.replace(/^\/index\.php(?=\/)/, "")
		.replace(/\/index\.(?:html?|php)\/?$/, "")
		.replace(/\/$/, "");
	return trimmed === "" ? "/" : trimmed;
}

/** Folds the case and compatibility forms of a name (lower case, NFKC, so also full-width letters and half-width kana). */
export function foldCase(name: string): string {
	return name.normalize("NFKC").toLowerCase();
}

/** Percent-decodes a path. Invalid UTF-8 is returned unchanged, so that the lookup fails. */
export function decodePath(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

/** Percent-encodes a decoded path for use in a link (RFC 3986). */
export function encodePath(path: string): string {
	return encodeURI(path).replaceAll("?", "%3F").replaceAll("#", "%23");
}

/** Makes a slug of a title or term, keeping letters of every script: `Hello, 世界` becomes `hello-世界`. */
export function slugify(text: string): string {
	return text
		.normalize("NFC")
		.toLowerCase()
		.replace(/[^\p{Letter}\p{Mark}\p{Number}._~]+/gu, "-")
		.replace(/^[-.]+|[-.]+$/g, "");
}
