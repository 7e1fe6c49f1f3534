import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join, posix } from "node:path";
import type { Manifest } from "../posts/manifest.ts";
import { cutToBytes } from "../posts/paths.ts";
import { toFoundFile } from "./folder.ts";
import type { Media } from "./media.ts";
import { displayPath, errorReason, type Problem } from "./problems.ts";

/** Widths in pixels: for phones and for high-resolution screens. */
const widths = [720, 1440];
/** Pixels; smaller images are not resized. */
const minWidth = 960;
const raster = /\.(?:png|jpe?g|webp|avif)$/i;

/**
 * Adds responsive variants, WebP files of smaller widths, to every large image that does not move. They are stored in
 * `folder` by content digest and created once; `used` are their names. An image that cannot be resized is shown as is,
 * with a warning.
 */
export async function addResponsiveVariants(
	media: Media,
	folder: string,
): Promise<Pick<Media, "files" | "images"> & { used: string[]; warnings: Problem[] }> {
	const images: Record<string, Manifest["images"][string]> = { ...media.images };
	const files = new Map(media.files);
	const warnings: Problem[] = [];
	const used: string[] = [];
	for (const [path, source] of media.files) {
		const image = media.images[path];
		const picture = media.pictures.get(path);
		if (image === undefined || picture === undefined || image.width < minWidth) continue;
		if (!raster.test(path) || picture.animated) continue;
		const variants: { src: string; width: number }[] = [];
		for (const width of new Set(widths.map((width) => Math.min(width, image.width)))) {
			const name = `${picture.digest}-${width}.webp`;
			try {
				await createVariant(source.path, folder, name, width);
			} catch (error) {
				const message = `could not be resized (${errorReason(error)}); readers get the full-size image.`;
				warnings.push({ file: displayPath(source.path), line: 1, message });
				break;
			}
			used.push(name);
			const src = variantPath(path, name);
			files.set(src, toFoundFile(join(folder, name), src.slice("/media/".length)));
			variants.push({ src, width });
		}
		if (variants.length > 0) images[path] = { ...image, variants };
	}
	return { files, images, used, warnings };
}

/** Returns the path of a variant, beside the image. File systems allow 255 bytes for its name. */
function variantPath(path: string, name: string): string {
	const { dir, base } = posix.parse(path.replace(raster, ""));
	return `${dir}/${cutToBytes(base, 250 - name.length)}-${name}`;
}

async function createVariant(source: string, folder: string, name: string, width: number): Promise<void> {
	const to = join(folder, name);
	if (existsSync(to)) return;
	const { default: sharp } = await import("sharp");
	mkdirSync(folder, { recursive: true });
	const partial = `${to}.${process.pid}`;
	await sharp(source).autoOrient().resize({ width }).webp({ quality: 80 }).toFile(partial);
	renameSync(partial, to);
}

/** Removes the files of a folder that are not used any more. */
export function removeUnused(folder: string, used: ReadonlySet<string>): void {
	if (!existsSync(folder)) return;
	for (const name of readdirSync(folder)) if (!used.has(name)) rmSync(join(folder, name), { force: true });
}
