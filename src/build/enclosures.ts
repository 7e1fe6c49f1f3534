import type { Enclosure } from "../posts/post.ts";
import { findFile } from "./file-addresses.ts";
import type { Media } from "./media.ts";
import type { Source } from "./sources.ts";

/**
 * Returns the files that feeds offer beside a post: the image it is presented with, and the recordings it plays or links to.
 * Files of other hosts have no known size.
 */
export function findEnclosures(
	source: Pick<Source<unknown>, "folder" | "references">,
	image: string | undefined,
	media: Pick<Media, "files">,
): Enclosure[] {
	const addresses = new Set(source.references.map(({ href }) => href));
	const found = [...(image === undefined ? [] : [image]), ...addresses].flatMap((address, at) => {
		const file = findFile(address, source.folder, media.files);
		const external = /^https?:\/\//i.test(address) ? URL.parse(address) : null;
		const type = typeOf(file?.path ?? external?.pathname ?? "");
		if (type === null || !(type.startsWith("audio/") || (at === 0 && address === image))) return [];
		const size = file === null ? null : (media.files.get(file.path)?.size ?? null);
		return [{ src: file?.address ?? address, type, size }];
	});
	return found.filter(({ src }, at) => found.findIndex((other) => other.src === src) === at);
}

/** Returns the media type of a picture or recording by its name, or null. */
function typeOf(name: string): string | null {
	const extension = /\.([a-z\d]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
	return Object.hasOwn(types, extension) ? (types[extension as keyof typeof types] ?? null) : null;
}

const types = {
	aac: "audio/aac",
	flac: "audio/flac",
	m4a: "audio/mp4",
	mp3: "audio/mpeg",
	oga: "audio/ogg",
	ogg: "audio/ogg",
	opus: "audio/ogg",
	wav: "audio/wav",
	weba: "audio/webm",
	apng: "image/apng",
	avif: "image/avif",
	gif: "image/gif",
	jpeg: "image/jpeg",
	jpg: "image/jpeg",
	png: "image/png",
	svg: "image/svg+xml",
	webp: "image/webp",
};
