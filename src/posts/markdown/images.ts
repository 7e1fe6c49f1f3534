import type { Tokens } from "marked";
import { escapeHtml } from "../html.ts";
import type { Manifest } from "../manifest.ts";
import { ownValue } from "../own-value.ts";
import { decodePath, encodePath } from "../paths.ts";

/** The `sizes` attribute: the maximum width of an image in the text column. */
const sizes = "(min-width: 46rem) 43rem, calc(100vw - 2.25rem)";

/** Creates a renderer of images with dimensions, against layout shift; images after the first load lazily. */
export function createImageRenderer(
	images: Manifest["images"],
	links: Readonly<Record<string, string>>,
): (image: Tokens.Image, alt: string) => string {
	let first = true;
	return ({ href, title }, alt) => {
		const src = writtenAddress(ownValue(links, href) ?? href);
		const image = images[decodePath(src.replace(/[?#].*/s, ""))];
		const attributes = [
			["src", src],
			["alt", alt],
			["title", title],
			["width", image?.width],
			["height", image?.height],
			...(image?.variants === undefined
				? []
				: [
						["srcset", image.variants.map(({ src, width }) => `${encodePath(src)} ${width}w`).join(", ")],
						["sizes", sizes],
					]),
			first ? ["fetchpriority", "high"] : ["loading", "lazy"],
			["decoding", "async"],
		] as const;
		first = false;
		const written = attributes
			.filter(([name, value]) => name === "alt" || (value !== null && value !== undefined && value !== ""))
			.map(([name, value]) => ` ${name}="${escapeHtml(String(value ?? ""))}"`);
		return `<img${written.join("")}>`;
	};
}

/** Returns the percent-encoded form of an address as written in Markdown. */
export function writtenAddress(href: string): string {
	try {
		return encodeURI(href).replaceAll("%25", "%");
	} catch {
		// An unpaired surrogate cannot be encoded.
		return "";
	}
}
