import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FileCache } from "../file-cache.ts";
import { unlessGone } from "../folder.ts";
import type { Picture } from "./inspect.ts";

/** Fills an empty cache with what earlier builds read of pictures, so that a start does not read them all again. */
export function loadPictures(variantsDir: string, cache: FileCache<Picture>): void {
	if (cache.size > 0) return;
	const text = unlessGone(() => readFileSync(fileOf(variantsDir), "utf8"));
	const [version, ...entries] = text === null ? [] : parse(text);
	if (version === format) for (const [path, entry] of entries as [string, Entry][]) cache.set(path, entry);
}

/** Stores the cache for later builds, if the pictures are so many that reading them takes time. */
export function savePictures(
	variantsDir: string,
	cache: FileCache<Picture>,
	pictures: readonly { size: number }[],
): void {
	if (pictures.reduce((sum, { size }) => sum + size, 0) < minSize) return;
	const text = JSON.stringify([format, ...cache]);
	const file = fileOf(variantsDir);
	if (unlessGone(() => readFileSync(file, "utf8")) === text) return;
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
}

type Entry = { stamp: string; result: Picture };

/** Bytes: less is read in a few hundredths of a second. */
const minSize = 8 * 2 ** 20;

/** Changes whenever pictures are read in another way. */
const format = 1;

const fileOf = (variantsDir: string) => join(dirname(variantsDir), "pictures.json");

/** Returns nothing for a file that another build is writing. */
function parse(text: string): unknown[] {
	try {
		return JSON.parse(text);
	} catch {
		return [];
	}
}
