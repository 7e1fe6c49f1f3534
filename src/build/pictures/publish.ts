import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type FoundFile, toFoundFile } from "../folder.ts";
import type { Media } from "../media.ts";
import { displayPath, errorReason, type Problem } from "../problems.ts";
import { type Picture, stripMetadata } from "./inspect.ts";

/**
 * Replaces pictures and videos with metadata, such as the place where they were taken, by copies without it, unless
 * `keepMetadata` is set. The copies are stored in `folder` by content digest and made once; `used` are their names.
 */
export async function publishPictures(
	media: Media,
	folder: string,
	keepMetadata: boolean,
): Promise<{ files: Media["files"]; used: string[]; warnings: Problem[] }> {
	const files = new Map(media.files);
	const used: string[] = [];
	const warnings: Problem[] = [];
	for (const [path, picture] of media.pictures) {
		const file = files.get(path);
		if (file === undefined || keepMetadata || (picture.hasMetadata === false && !picture.isTurned)) continue;
		const warn = (message: string) => warnings.push({ file: displayPath(file.path), line: 1, message });
		if (picture.hasMetadata === null) {
			if (picture.size !== null) warn("is broken, so its metadata cannot be removed; export it again.");
			continue;
		}
		const name = `${picture.digest}.stripped`;
		try {
			if (!existsSync(join(folder, name))) await writeCopy(file, picture, folder, name);
			files.set(path, toFoundFile(join(folder, name), file.name));
			used.push(name);
		} catch (error) {
			warn(`is published with its metadata, which could not be removed (${errorReason(error)}).`);
		}
	}
	return { files, used, warnings };
}

async function writeCopy(file: FoundFile, picture: Picture, folder: string, name: string): Promise<void> {
	const bytes = picture.isTurned
		? await upright(file.path)
		: stripMetadata(readFileSync(file.path), file.name);
	mkdirSync(folder, { recursive: true });
	const partial = join(folder, `${name}.${process.pid}`);
	writeFileSync(partial, bytes);
	renameSync(partial, join(folder, name));
}

/** Turns a WebP as its orientation says; some browsers ignore that. */
async function upright(path: string): Promise<Buffer> {
	const { default: sharp } = await import("sharp");
	return sharp(path).autoOrient().keepIccProfile().webp({ quality: 90 }).toBuffer();
}
