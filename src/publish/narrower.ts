import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Manifest } from "../posts/manifest.ts";
import { type Kept, makeEach } from "./cache.ts";
import type { Found } from "./folder.ts";
import type { Media } from "./media.ts";
import { type Problem, reasonOf, shownPath } from "./problems.ts";

/** Pixels: what a phone and what a sharp screen need for a picture as wide as the text. */
const widths = [720, 1440];
/** Pixels; a narrower picture is small enough as it is. */
const large = 960;
const raster = /\.(?:png|jpe?g|webp|avif)$/i;

/**
 * Adds to every large picture two narrower copies as WebP. They are made once and kept in `folder`, by what is in the
 * picture; a picture that cannot be made narrower is shown as it is, with a warning.
 */
export async function addNarrower(
	media: Media,
	folder: string,
	kept: Kept<string>,
): Promise<Pick<Media, "files" | "images"> & { warnings: Problem[] }> {
	const images: Record<string, Manifest["images"][string]> = { ...media.images };
	const files = new Map(media.files);
	const warnings: Problem[] = [];
	const pictures = [...media.files].filter(
		([path]) => raster.test(path) && (media.images[path]?.width ?? 0) >= large,
	);
	const sources = pictures.map(([, file]) => file);
	const digests = makeEach(kept, sources, ({ path }) => digestOf(path));
	const used = new Set<string>();
	for (const [index, [path, source]] of pictures.entries()) {
		const picture = media.images[path];
		if (picture === undefined) continue;
		const narrower: { src: string; width: number }[] = [];
		for (const width of new Set(widths.map((width) => Math.min(width, picture.width)))) {
			const name = `${digests[index]}-${width}.webp`;
			try {
				if (!(await makeCopy(source.path, folder, name, width))) break;
			} catch (error) {
				const message = `could not be made narrower (${reasonOf(error)}); every reader gets the whole picture.`;
				warnings.push({ file: shownPath(source.path), line: 1, message });
				break;
			}
			used.add(name);
			const src = `${path.replace(raster, "")}-${name}`;
			files.set(src, found(join(folder, name), src.slice("/media/".length)));
			narrower.push({ src, width });
		}
		if (narrower.length > 0) images[path] = { ...picture, narrower };
	}
	forget(folder, used);
	return { files, images, warnings };
}

/** Whether there is such a copy now; there is none of a picture that moves. */
async function makeCopy(source: string, folder: string, name: string, width: number): Promise<boolean> {
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

/** Removes the copies of pictures that are no longer there. */
function forget(folder: string, used: ReadonlySet<string>): void {
	if (!existsSync(folder)) return;
	for (const name of readdirSync(folder)) if (!used.has(name)) rmSync(join(folder, name), { force: true });
}

function digestOf(path: string): string {
	return createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 12);
}

function found(path: string, name: string): Found {
	const { size, mtimeMs, ctimeMs } = statSync(path);
	return { path, name, size, modified: mtimeMs, stamp: `${size}:${mtimeMs}:${ctimeMs}` };
}
