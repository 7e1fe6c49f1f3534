import { closeSync, openSync, readSync } from "node:fs";
import { imageSize } from "image-size";
import type { Manifest } from "../posts/manifest.ts";
import { toMediaPath } from "./file-addresses.ts";
import { type FileCache, mapFiles } from "./file-cache.ts";
import type { FoundFile } from "./folder.ts";
import { displayPath, type Problem } from "./problems.ts";

/** Displayed dimensions in pixels. */
export type ImageSize = { width: number; height: number };

/** The media folder. */
export type Media = {
	/** Path as displayed in messages. */
	folder: string;
	/** Files by their path on the site, such as `/media/map.svg`. */
	files: ReadonlyMap<string, FoundFile>;
	images: Manifest["images"];
};

/**
 * Reads the files to serve, named from the content folder; `folder` is the media folder. Unreadable images, files over the
 * platform's size limit and equal names are problems.
 */
export function readMedia(
	folder: string,
	found: readonly FoundFile[],
	cache: FileCache<ImageSize | null>,
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
		if (size <= maxFileSize) continue;
		const mebibytes = Math.ceil(size / 2 ** 20);
		const message = `is ${mebibytes} MiB; the limit is 25 MiB per file. Make it smaller or host it elsewhere.`;
		problems.push({ file: displayPath(path), line: 1, message });
	}

	const imageFiles = found.filter(({ name }) => imageName.test(name));
	const sizes = mapFiles(cache, imageFiles, ({ path }) => measure(path));
	const images: Record<string, ImageSize> = {};
	for (const [index, { path, name }] of imageFiles.entries()) {
		const size = sizes[index];
		if (size) images[toMediaPath(name)] = size;
		else problems.push({ file: displayPath(path), line: 1, message: unreadable(name) });
	}
	return { folder: displayPath(folder), files, images, problems };
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
	const max = maxFiles - chunks;
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

function measure(path: string): ImageSize | null {
	const head = readHead(path);
	// An SVG's root element may follow a long preamble (comments, a document type).
	const root = /\.svg$/i.test(path) ? head.indexOf("<svg") : 0;
	try {
		const { width, height, orientation = 1 } = imageSize(head.subarray(Math.max(root, 0)));
		if (!(width > 0 && height > 0)) return null;
		// Browsers rotate images with EXIF orientations from 5 on by 90 degrees.
		return orientation >= 5 ? { width: height, height: width } : { width, height };
	} catch {
		// The library throws many kinds of errors, which all mean an unreadable image.
		return null;
	}
}

function readHead(path: string): Buffer {
	const file = openSync(path, "r");
	try {
		const head = Buffer.alloc(headSize);
		return head.subarray(0, readSync(file, head, 0, headSize, 0));
	} finally {
		closeSync(file);
	}
}

function unreadable(name: string): string {
	return /\.svg$/i.test(name)
		? "has no size; add width and height, or a viewBox, to its <svg> element."
		: "is not a readable image; export it again from an image editor.";
}

const imageName = /\.(?:png|jpe?g|gif|webp|avif|svg)$/i;
/** Cloudflare's limit of static assets on the free plan, minus the `_headers` file. */
const maxFiles = 19_999;
/** Bytes: Cloudflare's limit for one static asset. */
const maxFileSize = 25 * 2 ** 20;
/** Bytes to read: in every format the dimensions come earlier, at the latest after a camera's preview image. */
const headSize = 512 * 1024;
