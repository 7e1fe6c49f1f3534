import { decodeHTMLStrict } from "entities";
import type { Tokens } from "marked";
import { escapeHtml } from "../html.ts";
import type { Manifest } from "../manifest.ts";
import { decodePath } from "../paths.ts";

/** The `sizes` attribute: the maximum width of an image in the text column. */
const sizes = "(min-width: 46rem) 43rem, calc(100vw - 2.25rem)";

/** Creates a renderer of images with dimensions, against layout shift; images after the first load lazily. */
export function createImageRenderer(
	images: Manifest["images"],
): (image: Tokens.Image, alt: string) => string {
	let first = true;
	return ({ href, title }, alt) => {
		const image = images[decodePath(href).normalize("NFC")];
		const attributes = [
			["src", encoded(href)],
			["alt", alt],
			["title", title === null || title === undefined ? null : decodeHTMLStrict(title)],
			["width", image?.width],
			["height", image?.height],
			...(image?.variants === undefined
				? []
				: [
						["srcset", image.variants.map(({ src, width }) => `${encodeURI(src)} ${width}w`).join(", ")],
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

function encoded(href: string): string {
	try {
		return encodeURI(decodeHTMLStrict(href)).replaceAll("%25", "%");
	} catch {
		// An unpaired surrogate cannot be encoded.
		return "";
	}
}
