import * as v from "valibot";
import type { Post } from "../posts/post.ts";
import type { Site } from "../posts/site.ts";
import { aliasFields } from "./aliases.ts";
import { type Moment, type ParsedDate, parseDate, resolveDate } from "./dates.ts";
import { type EntryMetadata, type EntryResult, explainMissingFile, fileOf, resolveSlug } from "./entries.ts";
import {
	bool,
	language,
	list,
	oneOf,
	type ParseResult,
	parsedText,
	record,
	text,
	wholeNumber,
} from "./fields.ts";
import { findFile, isRelative } from "./file-addresses.ts";
import type { Media } from "./media.ts";
import { formatPermalink } from "./permalinks.ts";
import { explainUnshared, formatOfName } from "./pictures/formats.ts";
import type { FieldError } from "./problems.ts";
import { sharedFields } from "./shared-fields.ts";
import { entryName, parseName, parseSlug } from "./slugs.ts";
import type { Source } from "./sources.ts";
import { type KnownTerms, toTerm } from "./terms.ts";
import { parseWebAddress, webAddress } from "./web-address.ts";
import { lineOf } from "./yaml.ts";

/** Schema of a post's front matter. */
export const postFields = record(
	{
		title: text,
		date: parsedText(parseDate),
		updated: v.optional(parsedText(parseDate)),
		id: v.optional(text),
		slug: v.optional(parsedText(parseSlug)),
		author: v.optional(list(parsedText(parseName))),
		authors: v.optional(list(parsedText(parseName))),
		categories: v.optional(list(parsedText(parseName))),
		tags: v.optional(list(parsedText(parseName))),
		lang: v.optional(language),
		summary: v.optional(text),
		image: v.optional(
			record({ src: parsedText(parseImage), alt: v.optional(text) }, { src: "src: /media/cat.png" }),
		),
		draft: v.optional(bool),
		toc: v.optional(bool),
		comments: v.optional(oneOf(["open", "closed", "off"])),
		aliases: v.optional(aliasFields),
		wordpress_id: v.optional(wholeNumber(1, Number.MAX_SAFE_INTEGER)),
		translation: v.optional(text),
		canonical: v.optional(parsedText(parseWebAddress)),
		unlisted: v.optional(bool),
		pinned: v.optional(bool),
		series: v.optional(parsedText(parseName)),
		imported_from: v.optional(text),
	},
	{ title: "title: My first post", date: "date: 2024-03-31" },
);

export type PostFields = v.InferOutput<typeof postFields>;

/** Builds a post from its source with all defaults. */
export function toPost(
	source: Source<PostFields>,
	fields: PostFields,
	site: Site,
	media: Media,
	terms: KnownTerms,
): EntryResult<Post> {
	const errors: FieldError[] = [];
	const warnings: FieldError[] = [];
	const published = resolveDate(fields.date, site.timezone);
	const updated = fields.updated ? resolveUpdate(fields.updated, published, site.timezone) : null;
	if (updated !== null && updated < published.epoch) {
		const message = "updated: is earlier than date; write a later date or remove it.";
		errors.push({ line: lineOf(source.lines, ["updated"]), message });
	}
	const slug = resolveSlug(source, fields.slug);
	if ("error" in slug) errors.push({ line: 1, message: `slug: ${slug.error}` });
	const missing = fields.image ? explainMissingFile(fields.image.src, source.folder, media) : null;
	if (missing !== null) {
		const message = `image.src: "${fields.image?.src}" ${missing}`;
		errors.push({ line: lineOf(source.lines, ["image", "src"]), message });
	}
	if (fields.image && fields.image.alt === undefined) {
		const message = "image.alt: is missing; describe the image for readers who cannot see it.";
		warnings.push({ line: lineOf(source.lines, ["image"]), message });
	}
	if (fields.unlisted && fields.pinned) {
		const message = "pinned: is given to an unlisted post, which is in no list; remove one of them.";
		errors.push({ line: lineOf(source.lines, ["pinned"]), message });
	}
	if (fields.author && fields.authors) {
		const message = "authors: is given beside author; keep one of them.";
		errors.push({ line: lineOf(source.lines, ["authors"]), message });
	}
	const unshared = fields.image ? explainUnsharedImage(fields.image.src, source, media) : null;
	if (unshared !== null) {
		const message = `image.src: "${fields.image?.src}" ${unshared}`;
		warnings.push({ line: lineOf(source.lines, ["image", "src"]), message });
	}
	if ("error" in slug) return { entry: null, errors, warnings };

	const lang = fields.lang ?? site.language;
	const toTerms = (names: readonly string[] = []) => names.map((name) => toTerm(name, terms));
	const categories = toTerms(fields.categories);
	const path = formatPermalink(site.permalink, { day: published.day, slug: slug.value, categories, lang });
	const entry: EntryMetadata<Post> = {
		id: fields.id ?? entryName(source.name),
		...sharedFields(source, fields, { path, slug: slug.value, lang }, media),
		file: fileOf(source, site),
		comments: fields.comments ?? "open",
		published: published.epoch,
		updated,
		day: published.day,
		authors: toTerms(fields.authors ?? fields.author ?? [site.author.name]),
		categories,
		tags: toTerms(fields.tags),
		image: fields.image
			? {
					src: findFile(fields.image.src, source.folder, media.files)?.address ?? fields.image.src,
					alt: fields.image.alt ?? "",
				}
			: null,
		length: source.length,
		more: source.more,
		draft: fields.draft ?? false,
		pinned: fields.pinned ?? false,
		translation: fields.translation ?? null,
		series: fields.series === undefined ? null : toTerm(fields.series, terms),
	};
	return { entry, errors, warnings };
}

/** Resolves `updated`. A date without time that equals the publication day counts as the time of publication. */
function resolveUpdate(written: ParsedDate, published: Moment, timezone: string): number {
	const { epoch, day } = resolveDate(written, timezone);
	const sameDay = Object.values(day).join() === Object.values(published.day).join();
	return "dayOnly" in written && written.dayOnly && sameDay ? published.epoch : epoch;
}

/** Explains why sites would not show an image beside a link to the post; null if they do. */
function explainUnsharedImage(src: string, { folder }: Source<unknown>, media: Media): string | null {
	const path = findFile(src, folder, media.files)?.path;
	const format = path === undefined ? undefined : media.pictures.get(path)?.format;
	return explainUnshared(format ?? formatOfName(path ?? src.replace(/[?#].*/s, "")));
}

function parseImage(src: string): ParseResult<string> {
	if (src.startsWith("/media/") || isRelative(src) || webAddress(src) !== null) return { value: src };
	return {
		error: `"${src}" is neither a file beside the post, a path below /media/ nor a web address; write one such as /media/cat.png.`,
	};
}
