import { isVisible, stripIgnorable } from "../text/visible.ts";

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

/**
 * Folds the case and compatibility forms of a name (lower case, NFKC, so also full-width letters and half-width kana), and
 * drops characters without a glyph, such as the variation selector of an emoji.
 */
export function foldCase(name: string): string {
	return stripIgnorable(name.normalize("NFKC")).toLowerCase();
}

/** Percent-decodes a path. Invalid UTF-8 is returned unchanged, so that the lookup fails. */
export function decodePath(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

/** Percent-encodes each segment of a decoded path for a link, as static assets expect it: other spellings are redirected. */
export function encodePath(path: string): string {
	return path.toWellFormed().split("/").map(encodeURIComponent).join("/");
}

/**
 * Makes a slug of a title, keeping letters of every script: `Hello, 世界` becomes `hello-世界`. A name of emoji or other
 * pictures keeps those.
 */
export function slugify(text: string): string {
	return slugWith(text, /[^\p{Letter}\p{Mark}\p{Number}._~]+/gu);
}

/**
 * Makes the slug of a category, tag, author or series. Variants in case and width have the same; plus and number signs
 * after a letter or digit stay, because they tell `C`, `C++` and `C#` apart.
 */
export function slugifyTerm(name: string): string {
	return slugWith(
		foldCase(name),
		/(?:[^\p{Letter}\p{Mark}\p{Number}._~+#]|(?<![\p{Letter}\p{Mark}\p{Number}][+#]*)[+#])+/gu,
	);
}

/** Cuts a name to a number of bytes in UTF-8, between characters as readers see them. */
export function cutToBytes(name: string, max: number): string {
	let left = max;
	let end = 0;
	for (const { segment } of new Intl.Segmenter("en").segment(name)) {
		left -= new TextEncoder().encode(segment).length;
		if (left < 0) break;
		end += segment.length;
	}
	return name.slice(0, end);
}

function slugWith(text: string, separator: RegExp): string {
	const name = stripIgnorable(text).normalize("NFC").toLowerCase();
	const slug = hyphenate(name, separator);
	return isVisible(slug) ? slug : hyphenate(name, /[^\p{So}\p{Emoji_Modifier}]+/gu);
}

function hyphenate(name: string, separator: RegExp): string {
	return name.replace(separator, "-").replace(/^[-.]+|[-.]+$/g, "");
}
