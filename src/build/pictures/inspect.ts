import { createHash } from "node:crypto";
import { imageSize } from "image-size";
import { boxedSize, findBoxes, stripBoxes } from "./boxes.ts";
import { stripPng, stripWebp } from "./chunks.ts";
import { type Format, formatOfContent, formatOfName } from "./formats.ts";
import { stripGif } from "./gif.ts";
import { stripJpeg } from "./jpeg.ts";
import { stripSvg, svgSize } from "./svg.ts";

/** Displayed dimensions in pixels. */
export type ImageSize = { width: number; height: number };

/** A picture or video file. */
export type Picture = {
	format: Format | null;
	/** Digest of the content. */
	digest: string;
	/** Null if it cannot be read. */
	size: ImageSize | null;
	animated: boolean;
	/** Whether it has metadata that is not published; null if it has, and cannot be stripped because it is broken. */
	hasMetadata: boolean | null;
	/** Whether browsers disagree on how to turn it. */
	isTurned: boolean;
};

/** Reads what the build needs to know of a picture or video. */
export function inspectPicture(bytes: Buffer, name: string): Picture {
	const format = formatIn(bytes, name);
	const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
	const isStrippable = format !== null && strippable.has(format);
	const stripped = isStrippable ? strip(bytes, format) : { bytes };
	const { orientation = 1, animated = false } = stripped ?? {};
	const size = measure(bytes, format);
	return {
		format,
		digest,
		// Browsers turn pictures with orientations from 5 on by 90 degrees.
		size: size !== null && orientation >= 5 ? { width: size.height, height: size.width } : size,
		animated,
		hasMetadata: stripped !== null ? !stripped.bytes.equals(bytes) : mayHaveMetadata(bytes) ? null : false,
		isTurned: format === "WebP" && orientation > 1 && !animated,
	};
}

/** Returns a picture or video without its metadata; unchanged if it has none or is of another format. */
export function stripMetadata(bytes: Buffer, name: string): Buffer {
	const format = formatIn(bytes, name);
	return (format === null ? null : strip(bytes, format))?.bytes ?? bytes;
}

function formatIn(bytes: Buffer, name: string): Format | null {
	const written = formatOfName(name);
	return written === "SVG" ? written : (formatOfContent(bytes) ?? written);
}

/** Whether a broken file contains a sign of metadata. */
function mayHaveMetadata(bytes: Buffer): boolean {
	return ["Exif", "EXIF", "eXIf", "XMP", "xmp", "tEXt", "iTXt", "zTXt"].some((sign) => bytes.includes(sign));
}

const strippable: ReadonlySet<Format> = new Set<Format>([
	...(["JPEG", "PNG", "GIF", "WebP", "AVIF", "SVG", "HEIC", "MP4", "QuickTime"] as const),
]);

function strip(
	bytes: Buffer,
	format: Format,
): { bytes: Buffer; orientation?: number; animated?: boolean } | null {
	try {
		if (format === "JPEG") return stripJpeg(bytes);
		if (format === "PNG") return stripPng(bytes);
		if (format === "WebP") return stripWebp(bytes);
		if (format === "GIF") return stripGif(bytes);
		if (format === "SVG") return { bytes: stripSvg(bytes) };
		if (format === "AVIF" || format === "HEIC" || format === "MP4" || format === "QuickTime")
			return { bytes: stripBoxes(bytes), animated: findBoxes(bytes, "moov/trak").length > 0 };
	} catch (error) {
		// Reading past the end of a broken file.
		if (!(error instanceof RangeError)) throw error;
	}
	return null;
}

function measure(bytes: Buffer, format: Format | null): ImageSize | null {
	try {
		if (format === "SVG") return svgSize(bytes);
		const { width, height } = (format === "AVIF" ? boxedSize(bytes) : null) ?? imageSize(bytes);
		return width > 0 && height > 0 ? { width, height } : null;
	} catch {
		// The library throws many kinds of errors, which all mean an unreadable image.
		return null;
	}
}
