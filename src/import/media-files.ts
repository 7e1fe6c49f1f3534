import { basename } from "node:path";
import { walk } from "../build/folder.ts";
import { displayPath } from "../build/problems.ts";
import { decodePath } from "../posts/paths.ts";
import { diskFile, type SourceFile } from "./input/source-file.ts";

/** Finds a file the owner has by the old address of a medium; null if there is none. */
export type FindFile = (path: string) => SourceFile | null;

/**
 * Indexes the files of an export and of a media folder. A file belongs to an address if the ends of their paths are the same:
 * the longest common end counts, and one that has only the name in common must be the only one of that name.
 */
export function indexFiles(others: readonly SourceFile[], mediaDir: string | null): FindFile {
	const found =
		mediaDir === null
			? []
			: walk(mediaDir).files.map((file) => diskFile(file.path, displayPath(file.path), file.name));
	const byName = new Map<string, SourceFile[]>();
	for (const file of [...others, ...found]) {
		const name = keyOf(basename(file.path));
		byName.set(name, [...(byName.get(name) ?? []), file]);
	}
	return (path) => {
		const segments = decodePath(path).split("/").map(keyOf).reverse();
		const candidates = byName.get(segments[0] ?? "") ?? [];
		const ranked = candidates
			.map((file) => ({ file, common: commonEnd(file.path.split("/").map(keyOf).reverse(), segments) }))
			.sort((a, b) => b.common - a.common);
		const [best, next] = ranked;
		if (best === undefined || (best.common === 1 && next !== undefined)) return null;
		return best.file;
	};
}

function keyOf(segment: string): string {
	return segment.normalize("NFC").toLowerCase();
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
	let common = 0;
	while (common < a.length && common < b.length && a[common] === b[common]) common += 1;
	return common;
}
