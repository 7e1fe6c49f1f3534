import { closeSync, openSync, readSync } from "node:fs";
import { imageSize } from "image-size";
import type { Manifest } from "../posts/manifest.ts";
import { type Kept, makeEach } from "./cache.ts";
import { type Found, walk } from "./folder.ts";
import { type Problem, shownPath } from "./problems.ts";

/** Pixels, as shown. */
export type ImageSize = { width: number; height: number };

export type Media = {
	/** As shown in messages. */
	folder: string;
	/** By their path on the site, such as `/media/map.svg`. */
	files: ReadonlyMap<string, Found>;
	images: Manifest["images"];
};

/** Finds every medium; images nobody could show and files too large for the platform are problems. */
export function readMedia(folder: string, kept: Kept<ImageSize | null>): Media & { problems: Problem[] } {
	const found = walk(folder).files;
	const problems: Problem[] = [];
	for (const { path, size } of found) {
		if (size <= largest) continue;
		const mebibytes = Math.ceil(size / 2 ** 20);
		const message = `is ${mebibytes} MiB, and the platform serves files of up to 25 MiB; make it smaller or keep it elsewhere.`;
		problems.push({ file: shownPath(path), line: 1, message });
	}

	const pictures = found.filter(({ name }) => pictureName.test(name));
	const sizes = makeEach(kept, pictures, ({ path }) => measure(path));
	const images: Record<string, ImageSize> = {};
	for (const [index, { path, name }] of pictures.entries()) {
		const size = sizes[index];
		if (size) images[`/media/${name}`] = size;
		else problems.push({ file: shownPath(path), line: 1, message: unreadable(name) });
	}
	const files = new Map(found.map((file) => [`/media/${file.name}`, file]));
	return { folder: shownPath(folder), files, images, problems };
}

/**
 * A warning when the number of files comes near the platform's limit, and a problem when it is over it. `texts` are the
 * files that bodies lie in.
 */
export function checkCount(
	{ folder, files }: Pick<Media, "folder"> & { files: { size: number } },
	texts = 0,
): {
	problems: Problem[];
	warnings: Problem[];
} {
	const most = mostFiles - texts;
	const count = files.size.toLocaleString("en");
	const limit = most.toLocaleString("en");
	const problem = (message: string): Problem[] => [{ file: folder, line: 1, message }];
	if (files.size > most) {
		const message = `has ${count} files, narrower copies of pictures included, and the platform serves ${limit}; keep some of them elsewhere.`;
		return { problems: problem(message), warnings: [] };
	}
	if (files.size < most * 0.9) return { problems: [], warnings: [] };
	const message = `has ${count} files, narrower copies of pictures included; the platform serves up to ${limit}.`;
	return { problems: [], warnings: problem(message) };
}

function measure(path: string): ImageSize | null {
	const head = readHead(path);
	// A long preamble (comments, a document type) would hide an SVG's root element.
	const root = /\.svg$/i.test(path) ? head.indexOf("<svg") : 0;
	try {
		const { width, height, orientation = 1 } = imageSize(head.subarray(Math.max(root, 0)));
		if (!(width > 0 && height > 0)) return null;
		// EXIF orientations from 5 on lie on their side, and browsers turn them up.
		return orientation >= 5 ? { width: height, height: width } : { width, height };
	} catch {
		// The library throws many kinds of error, and all of them mean the same to the owner.
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
		? "has no size; write width and height, or a viewBox, on its <svg> element."
		: "is not an image that can be read; save it again from a picture editor.";
}

const pictureName = /\.(?:png|jpe?g|gif|webp|avif|svg)$/i;
/** Cloudflare's limit for the static assets of a Worker on the free plan, less the file of their headers. */
const mostFiles = 19_999;
/** Bytes: Cloudflare's limit for one static asset. */
const largest = 25 * 2 ** 20;
/** Bytes; the size lies before them in every format, after a camera's preview picture at the latest. */
const headSize = 512 * 1024;
