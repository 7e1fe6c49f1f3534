import { readFileSync } from "node:fs";
import type { Manifest } from "../posts/manifest.ts";
import { toMediaPath } from "./file-addresses.ts";
import { type FileCache, mapFiles } from "./file-cache.ts";
import type { FoundFile } from "./folder.ts";
import { formatOfName } from "./pictures/formats.ts";
import { type ImageSize, inspectPicture, type Picture } from "./pictures/inspect.ts";
import { displayPath, type Problem } from "./problems.ts";

/** The media folder. */
export type Media = {
	/** Path as displayed in messages. */
	folder: string;
	/** Files by their path on the site, such as `/media/map.svg`. */
	files: ReadonlyMap<string, FoundFile>;
	images: Manifest["images"];
	/** Pictures and videos by path. */
	pictures: ReadonlyMap<string, Picture>;
};

/**
 * Reads the files to serve, named from the content folder; `folder` is the media folder. Unreadable images, files over the
 * platform's size limit and equal names are problems.
 */
export function readMedia(
	folder: string,
	found: readonly FoundFile[],
	cache: FileCache<Picture>,
): Media & { problems: Problem[] } {
	const problems: Problem[] = [];
	const files = new Map<string, FoundFile>();
	for (const file of found) {
		const path = toMediaPath(file.name);
		const same = files.get(path);
		if (same === undefined) files.set(path, file);
		else {
			const message = `has the same address, ${path}, as ${displayPath(same.path)}; rename one of them.`;
			problems.push({ file: displayPath(file.path), line: 1, message });
		}
	}
	for (const { path, size } of found) {
		const message = explainTooLarge(size);
		if (message !== null) problems.push({ file: displayPath(path), line: 1, message });
	}

	const pictureFiles = found.filter(({ name, size }) => formatOfName(name) !== null && size <= maxFileSize);
	const inspected = mapFiles(cache, pictureFiles, ({ path, name }) =>
		inspectPicture(readFileSync(path), name),
	);
	const images: Record<string, ImageSize> = {};
	const pictures = new Map<string, Picture>();
	for (const [index, { path, name }] of pictureFiles.entries()) {
		const picture = inspected[index];
		if (picture === undefined) continue;
		pictures.set(toMediaPath(name), picture);
		if (!imageName.test(name)) continue;
		if (picture.size) images[toMediaPath(name)] = picture.size;
		else problems.push({ file: displayPath(path), line: 1, message: unreadable(name) });
	}
	return { folder: displayPath(folder), files, images, pictures, problems };
}

/** Explains why a file of this size cannot be a static asset; null if it can. */
export function explainTooLarge(size: number): string | null {
	if (size <= maxFileSize) return null;
	return `is ${Math.ceil(size / 2 ** 20)} MiB; the limit is 25 MiB per file. Make it smaller or host it elsewhere.`;
}

/**
 * Reports a problem if the number of files exceeds the platform's limit, and a warning near it. `chunks` is the number of
 * files with bodies.
 */
export function checkFileCount(
	{ folder, files }: Pick<Media, "folder"> & { files: { size: number } },
	chunks = 0,
): {
	problems: Problem[];
	warnings: Problem[];
} {
	const max = fileLimit - chunks;
	const count = files.size.toLocaleString("en");
	const limit = max.toLocaleString("en");
	const problem = (message: string): Problem[] => [{ file: folder, line: 1, message }];
	if (files.size > max) {
		const message = `has ${count} files, including resized images; the limit is ${limit}. Host some of them elsewhere.`;
		return { problems: problem(message), warnings: [] };
	}
	if (files.size < max * 0.9) return { problems: [], warnings: [] };
	const message = `has ${count} files, including resized images; the limit is ${limit}.`;
	return { problems: [], warnings: problem(message) };
}

function unreadable(name: string): string {
	return /\.svg$/i.test(name)
		? "has no size; add width and height, or a viewBox, to its <svg> element."
		: "is not a readable image; export it again from an image editor.";
}

const imageName = /\.(?:a?png|jpe?g|gif|webp|avif|svg)$/i;
/** Cloudflare's limit of static assets on the free plan, minus the web app manifest and the `_headers` file. */
export const fileLimit = 19_998;
/** Bytes: Cloudflare's limit for one static asset. */
const maxFileSize = 25 * 2 ** 20;
