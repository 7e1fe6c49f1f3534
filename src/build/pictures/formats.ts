/** A format of a picture or video, named as people write it. */
export type Format =
	| "JPEG"
	| "PNG"
	| "GIF"
	| "WebP"
	| "AVIF"
	| "SVG"
	| "MP4"
	| "HEIC"
	| "TIFF"
	| "BMP"
	| "QuickTime"
	| "JPEG XL"
	| "JPEG 2000"
	| "Photoshop"
	| "raw"
	| "AVI"
	| "Matroska"
	| "Windows Media"
	| "compressed SVG"
	| "PDF";

/** Finds the format of a file by its first bytes; null if they say nothing, as in text formats. */
export function formatOfContent(bytes: Buffer): Format | null {
	const head = bytes.subarray(0, 64);
	const hex = head.toString("hex");
	return formatOfBrands(head) ?? signatures.find(([, pattern]) => pattern.test(hex))?.[0] ?? null;
}

/** Finds the format of a file by the end of its name. */
export function formatOfName(name: string): Format | null {
	const extension = /\.([a-z\d]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
	return extensions.find(([, all]) => all.split(" ").includes(extension))?.[0] ?? null;
}

/** Explains why most browsers do not show a file of a format; null if they do. */
export function explainUnshown(format: Format | null): string | null {
	if (format === null || !unshown.has(format)) return null;
	const better = videos.has(format)
		? "MP4 or WebM"
		: format === "compressed SVG"
			? "SVG"
			: "JPEG, WebP or AVIF";
	return `is ${format}, which most browsers do not show; save it as ${better}.`;
}

/** Explains why sites that show shared links would not show a picture of a format; null if they do. */
export function explainUnshared(format: Format | null): string | null {
	if (format === null || shared.has(format)) return null;
	return `is ${format}, which most sites do not show beside a shared link; use a JPEG or PNG.`;
}

const shared: ReadonlySet<Format> = new Set<Format>(["JPEG", "PNG", "GIF", "WebP"]);
const videos: ReadonlySet<Format> = new Set<Format>(["QuickTime", "AVI", "Matroska", "Windows Media"]);
const unshown: ReadonlySet<Format> = new Set<Format>([
	...videos,
	...(["HEIC", "TIFF", "BMP", "JPEG XL", "JPEG 2000", "Photoshop", "raw", "compressed SVG"] as const),
]);

/** First bytes in hexadecimal digits. */
const signatures: readonly (readonly [Format, RegExp])[] = [
	["JPEG", /^ffd8ff/],
	["PNG", /^89504e470d0a/],
	["GIF", /^474946383[79]61/],
	["WebP", /^52494646.{8}57454250/],
	["AVI", /^52494646.{8}41564920/],
	["QuickTime", /^.{8}(?:6d6f6f76|77696465|6d646174)/],
	["TIFF", /^(?:49492a00|4d4d002a)/],
	["BMP", /^424d.{8}00000000/],
	["JPEG XL", /^(?:ff0a|0000000c4a584c20)/],
	["JPEG 2000", /^(?:0000000c6a502020|ff4fff51)/],
	["Photoshop", /^38425053/],
	["compressed SVG", /^1f8b/],
	["PDF", /^255044462d/],
];

/** Brands of ISO media files; the first that a file names decides. */
const brands: readonly (readonly [Format, RegExp])[] = [
	["AVIF", /^avi[fs]$/],
	["HEIC", /^(?:hei[cxms]|hev[cxms]|mif1|msf1)$/],
	["QuickTime", /^qt {2}$/],
];

function formatOfBrands(head: Buffer): Format | null {
	const text = head.toString("latin1");
	if (text.slice(4, 8) !== "ftyp") return null;
	const named = [text.slice(8, 12), ...(text.slice(16, head.readUInt32BE(0)).match(/.{4}/gs) ?? [])];
	return brands.find(([, pattern]) => named.some((brand) => pattern.test(brand)))?.[0] ?? "MP4";
}

const extensions: readonly (readonly [Format, string])[] = [
	["JPEG", "jpg jpeg"],
	["PNG", "png apng"],
	["GIF", "gif"],
	["WebP", "webp"],
	["AVIF", "avif"],
	["SVG", "svg"],
	["MP4", "mp4 m4v"],
	["HEIC", "heic heif hif"],
	["TIFF", "tif tiff"],
	["BMP", "bmp dib"],
	["QuickTime", "mov qt"],
	["JPEG XL", "jxl"],
	["JPEG 2000", "jp2 j2k jpf jpx"],
	["Photoshop", "psd psb"],
	["raw", "dng cr2 cr3 nef arw raf orf rw2"],
	["AVI", "avi"],
	["Matroska", "mkv"],
	["Windows Media", "wmv asf"],
	["compressed SVG", "svgz"],
	["PDF", "pdf"],
];
