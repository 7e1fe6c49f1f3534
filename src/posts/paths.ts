/** First path segments that belong to the engine; posts and pages may not take them. */
export const reservedSegments: ReadonlySet<string> = new Set([
	"admin",
	"archive",
	"author",
	"category",
	"comments",
	"comments.xml",
	"favicon.ico",
	"feed",
	"feed.xml",
	"healthz",
	"icon.svg",
	"me",
	"media",
	"moderation",
	"page",
	"reactions",
	"robots.txt",
	"scripts",
	"search",
	"series",
	"sitemap.xml",
	"subscriptions",
	"tag",
]);

/**
 * The one form under which every spelling of a path is looked up: decoded, folded, no trailing slash, and
 * without the `index.html` or `index.php` that stood for a folder or, as in `/index.php/hello/`, for the whole blog.
 */
export function pathKey(path: string): string {
	const trimmed = fold(decodePath(path))
		.replace(/\/{2,}/g, "/")
		.replace(/^\/index\.php(?=\/)/, "")
		.replace(/\/index\.(?:html?|php)\/?$/, "")
		.replace(/\/$/, "");
	return trimmed === "" ? "/" : trimmed;
}

/** Brings every case and Unicode normal form of a name to one (lower case, NFKC: full-width letters and half-width kana too). */
export function fold(name: string): string {
	return name.normalize("NFKC").toLowerCase();
}

/** Percent-decodes a path; one that is not valid UTF-8 is returned as it came, so that it simply is not found. */
export function decodePath(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

/** A path as it stands in a link: every character outside ASCII percent-encoded (RFC 3986). */
export function encodePath(path: string): string {
	return encodeURI(path).replaceAll("?", "%3F").replaceAll("#", "%23");
}

/** Turns a title or term into a slug that keeps every script's letters: `Hello, 世界` becomes `hello-世界`. */
export function slugify(text: string): string {
	return text
		.normalize("NFC")
		.toLowerCase()
		.replace(/[^\p{Letter}\p{Mark}\p{Number}._~]+/gu, "-")
		.replace(/^[-.]+|[-.]+$/g, "");
}
