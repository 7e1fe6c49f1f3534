import * as v from "valibot";
import type { CoverImage } from "../posts/post.ts";
import { explainMissingFile } from "./entries.ts";
import { type ParseResult, parsedText, record, text } from "./fields.ts";
import { findFile, isRelative } from "./file-addresses.ts";
import type { Media } from "./media.ts";
import { explainUnshared, formatOfName } from "./pictures/formats.ts";
import type { FieldError } from "./problems.ts";
import { webAddress } from "./web-address.ts";
import { lineOf } from "./yaml.ts";

/** Schema of an image that is shown where a link is shared. */
export const coverFields = record(
	{ src: parsedText(parseImage), alt: v.optional(text) },
	{ src: "src: /media/cat.png" },
);

export type CoverFields = v.InferOutput<typeof coverFields>;

/** Resolves an image named in a file of `folder`, and reports one that does not exist or that other sites do not show. */
export function resolveCover(
	{ src, alt }: CoverFields,
	folder: string,
	media: Media,
	lines: ReadonlyMap<string, number>,
): { image: CoverImage; errors: FieldError[]; warnings: FieldError[] } {
	const file = findFile(src, folder, media.files);
	const format = file === null ? undefined : media.pictures.get(file.path)?.format;
	const unshared = explainUnshared(format ?? formatOfName(file?.path ?? src.replace(/[?#].*/s, "")));
	const missing = explainMissingFile(src, folder, media);
	const size = file === null ? undefined : media.images[file.path];
	const at = (reason: string): FieldError => ({
		line: lineOf(lines, ["image", "src"]),
		message: `image.src: "${src}" ${reason}`,
	});
	return {
		image: {
			src: file?.address ?? src,
			alt: alt ?? "",
			width: size?.width ?? null,
			height: size?.height ?? null,
			raster: unshared === null,
		},
		errors: missing === null ? [] : [at(missing)],
		warnings: [
			...(alt === undefined
				? [
						{
							line: lineOf(lines, ["image"]),
							message: "image.alt: is missing; describe the image for readers who cannot see it.",
						},
					]
				: []),
			...(unshared === null ? [] : [at(unshared)]),
		],
	};
}

function parseImage(src: string): ParseResult<string> {
	if (src.startsWith("/media/") || isRelative(src) || webAddress(src) !== null) return { value: src };
	return {
		error: `"${src}" is neither a file beside the post, a path below /media/ nor a web address; write one such as /media/cat.png.`,
	};
}
