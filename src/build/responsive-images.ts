import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Manifest } from "../posts/manifest.ts";
import { type FileCache, mapFiles } from "./file-cache.ts";
import type { FoundFile } from "./folder.ts";
import type { Media } from "./media.ts";
import { displayPath, errorReason, type Problem } from "./problems.ts";

/** Widths in pixels: for phones and for high-resolution screens. */
const widths = [720, 1440];
/** Pixels; smaller images are not resized. */
const minWidth = 960;
const raster = /\.(?:png|jpe?g|webp|avif)$/i;

/**
 * Adds responsive variants, WebP files of smaller widths, to every large image. They are stored in `folder` by content digest
 * and created once. An image that cannot be resized is shown as is, with a warning.
 */
export async function addResponsiveVariants(
	media: Media,
	folder: string,
	cache: FileCache<string>,
): Promise<Pick<Media, "files" | "images"> & { warnings: Problem[] }> {
	const images: Record<string, Manifest["images"][string]> = { ...media.images };
	const files = new Map(media.files);
	const warnings: Problem[] = [];
	const largeImages = [...media.files].filter(
		([path]) => raster.test(path) && (media.images[path]?.width ?? 0) >= minWidth,
	);
	const sources = largeImages.map(([, file]) => file);
	const digests = mapFiles(cache, sources, ({ path }) => digestOf(path));
	const used = new Set<string>();
	for (const [index, [path, source]] of largeImages.entries()) {
		const image = media.images[path];
		if (image === undefined) continue;
		const variants: { src: string; width: number }[] = [];
		for (const width of new Set(widths.map((width) => Math.min(width, image.width)))) {
			const name = `${digests[index]}-${width}.webp`;
			try {
				if (!(await createVariant(source.path, folder, name, width))) break;
			} catch (error) {
				const message = `could not be resized (${errorReason(error)}); readers get the full-size image.`;
				warnings.push({ file: displayPath(source.path), line: 1, message });
				break;
			}
			used.add(name);
			const src = `${path.replace(raster, "")}-${name}`;
			files.set(src, toFile(join(folder, name), src.slice("/media/".length)));
			variants.push({ src, width });
		}
		if (variants.length > 0) images[path] = { ...image, variants };
	}
	removeUnused(folder, used);
	return { files, images, warnings };
}

/** Creates a variant unless it exists. Returns false for animated images, which have no variants. */
async function createVariant(source: string, folder: string, name: string, width: number): Promise<boolean> {
	const to = join(folder, name);
	if (existsSync(to)) return true;
	const { default: sharp } = await import("sharp");
	const { pages = 1 } = await sharp(source).metadata();
	if (pages > 1) return false;
	mkdirSync(folder, { recursive: true });
	const partial = `${to}.${process.pid}`;
	await sharp(source).autoOrient().resize({ width }).webp({ quality: 80 }).toFile(partial);
	renameSync(partial, to);
	return true;
}

/** Removes variants that no image uses any more. */
function removeUnused(folder: string, used: ReadonlySet<string>): void {
	if (!existsSync(folder)) return;
	for (const name of readdirSync(folder)) if (!used.has(name)) rmSync(join(folder, name), { force: true });
}

function digestOf(path: string): string {
	return createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 12);
}

function toFile(path: string, name: string): FoundFile {
	const { size, mtimeMs, ctimeMs } = statSync(path);
	return { path, name, size, modified: mtimeMs, stamp: `${size}:${mtimeMs}:${ctimeMs}` };
}
