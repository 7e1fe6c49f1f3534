import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { explainMissingFile } from "./entries.ts";
import { findFile } from "./file-addresses.ts";
import { type FoundFile, toFoundFile } from "./folder.ts";
import type { Media } from "./media.ts";
import type { FieldError } from "./problems.ts";
import { lineOf } from "./yaml.ts";

/** The blog's icons: files by path, whether one is a drawing, and the names of the stored files. */
export type Icons = {
	files: ReadonlyMap<string, FoundFile>;
	hasSvg: boolean;
	used: readonly string[];
	errors: FieldError[];
	warnings: FieldError[];
};

/** Icons of a blog that names none, drawn by {@link drawIcon} once for all builds; the maskable one has no round corners. */
export const defaultIcons = fileURLToPath(new URL("../web/ui/icon/", import.meta.url));

/** Sides in pixels of the images in `favicon.ico`. */
const icoSizes = [16, 32, 48];

/** Icons by file name: how each is drawn. */
const drawings = {
	"favicon.ico": async (source: Buffer) =>
		toIco(await Promise.all(icoSizes.map(async (size) => ({ size, png: await drawIcon(source, size) })))),
	// Apple fills what is transparent with black.
	"apple-touch-icon.png": (source: Buffer) => drawIcon(source, 180, { filled: true }),
	"icon-192.png": (source: Buffer) => drawIcon(source, 192),
	"icon-512.png": (source: Buffer) => drawIcon(source, 512),
	// Devices cut a circle of four fifths of the width out of it.
	"icon-maskable-512.png": (source: Buffer) => drawIcon(source, 512, { filled: true, part: 0.8 }),
} as const;

/**
 * Makes the icons of one SVG or PNG of the media folder, or returns the engine's own if none is named. They are stored in
 * `folder` by the picture's digest and drawn once.
 */
export async function makeIcons(
	src: string | null,
	media: Media,
	folder: string,
	lines: ReadonlyMap<string, number>,
): Promise<Icons> {
	const none = { used: [], errors: [], warnings: [] };
	if (src === null) {
		const names = readdirSync(defaultIcons);
		const files = names.map((name) => [`/${name}`, toFoundFile(join(defaultIcons, name), name)] as const);
		return { ...none, files: new Map(files), hasSvg: true };
	}
	const at = (reason: string): FieldError[] => [
		{ line: lineOf(lines, ["icon"]), message: `icon: "${src}" ${reason}` },
	];
	const found = findFile(src, "", media.files);
	const file = found === null ? undefined : media.files.get(found.path);
	const picture = found === null ? undefined : media.pictures.get(found.path);
	const failed = (errors: FieldError[]): Icons => ({ ...none, files: new Map(), hasSvg: false, errors });
	if (file === undefined) {
		return failed(
			at(
				explainMissingFile(src, "", media) ??
					"is not a file of the blog; write a path such as /media/icon.svg.",
			),
		);
	}
	const isSvg = picture?.format === "SVG";
	if (!isSvg && picture?.format !== "PNG")
		return failed(at("is neither an SVG nor a PNG; save it as one of them."));
	const bytes = readFileSync(file.path);
	const files = new Map<string, FoundFile>(isSvg ? [["/icon.svg", file]] : []);
	const used: string[] = [];
	for (const [name, draw] of Object.entries(drawings)) {
		const stored = `${picture.digest}-${name}`;
		try {
			if (!existsSync(join(folder, stored))) store(folder, stored, await draw(bytes));
		} catch {
			return failed(at("cannot be drawn; export it again from an image editor."));
		}
		used.push(stored);
		files.set(`/${name}`, toFoundFile(join(folder, stored), name));
	}
	const { width = 0, height = 0 } = picture.size ?? {};
	const warnings =
		!isSvg && Math.min(width, height) < 512
			? at(`is ${width} by ${height} pixels; make it 512 by 512, so that its icons are sharp.`)
			: [];
	return { ...none, files, hasSvg: isSvg, used, warnings };
}

/**
 * Draws a picture as a square PNG, centred and whole. With `filled`, what is transparent has the colour of the picture's
 * upper edge, or white; `part` is the share of the width that the picture takes.
 */
export async function drawIcon(
	source: Buffer,
	size: number,
	{ filled = false, part = 1 } = {},
): Promise<Buffer> {
	const { default: sharp } = await import("sharp");
	const clear = { r: 0, g: 0, b: 0, alpha: 0 };
	const inner = Math.round(size * part);
	const { density } = await densityFor(source, inner);
	const picture = sharp(source, { density }).resize(inner, inner, { fit: "contain", background: clear });
	if (!filled) return picture.png({ compressionLevel: 9 }).toBuffer();
	const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
	const [r = 255, g = 255, b = 255, alpha = 0] = data.subarray((inner >> 1) * info.channels);
	const background = alpha === 255 ? { r, g, b } : { r: 255, g: 255, b: 255 };
	const left = (size - inner) >> 1;
	const rest = size - inner - left;
	return sharp(data, { raw: { width: inner, height: inner, channels: 4 } })
		.flatten({ background })
		.extend({ top: left, left, right: rest, bottom: rest, background })
		.png({ compressionLevel: 9 })
		.toBuffer();
}

/** Returns the density at which an SVG is drawn in pixels of the wanted size instead of being enlarged. */
async function densityFor(source: Buffer, size: number): Promise<{ density: number }> {
	const { default: sharp } = await import("sharp");
	const { format, width = size } = await sharp(source).metadata();
	return { density: format === "svg" ? Math.min(100_000, Math.max(1, (72 * size) / width)) : 72 };
}

function store(folder: string, name: string, bytes: Buffer): void {
	mkdirSync(folder, { recursive: true });
	const partial = join(folder, `${name}.${process.pid}`);
	writeFileSync(partial, bytes);
	renameSync(partial, join(folder, name));
}

/** Packs PNGs into an ICO file: a header, an entry of 16 bytes for each, then the images. */
function toIco(images: readonly { size: number; png: Buffer }[]): Buffer {
	const header = Buffer.alloc(6 + 16 * images.length);
	header.writeUInt16LE(1, 2);
	header.writeUInt16LE(images.length, 4);
	let offset = header.length;
	for (const [at, { size, png }] of images.entries()) {
		const entry = 6 + 16 * at;
		header.writeUInt8(size, entry);
		header.writeUInt8(size, entry + 1);
		header.writeUInt16LE(1, entry + 4);
		header.writeUInt16LE(32, entry + 6);
		header.writeUInt32LE(png.length, entry + 8);
		header.writeUInt32LE(offset, entry + 12);
		offset += png.length;
	}
	return Buffer.concat([header, ...images.map(({ png }) => png)]);
}
