import * as v from "valibot";
import type { Post } from "../posts/post.ts";
import type { Site } from "../posts/site.ts";
import { aliasFields } from "./aliases.ts";
import { coverFields, resolveCover } from "./cover-image.ts";
import { type Moment, type ParsedDate, parseDate, resolveDate } from "./dates.ts";
import { findEnclosures } from "./enclosures.ts";
import { type EntryMetadata, type EntryResult, fileOf, resolveSlug } from "./entries.ts";
import { parseFeedId } from "./feed-id.ts";
import { bool, language, list, oneOf, parsedText, record, text, wholeNumber } from "./fields.ts";
import type { Media } from "./media.ts";
import { formatPermalink } from "./permalinks.ts";
import type { FieldError } from "./problems.ts";
import { sharedFields } from "./shared-fields.ts";
import { entryName, parseName, parseSlug } from "./slugs.ts";
import type { Source } from "./sources.ts";
import { type KnownTerms, toTerm } from "./terms.ts";
import { parseWebAddress } from "./web-address.ts";
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
		image: v.optional(coverFields),
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
		feed_id: v.optional(parsedText(parseFeedId)),
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
	const cover = fields.image ? resolveCover(fields.image, source.folder, media, source.lines) : null;
	errors.push(...(cover?.errors ?? []));
	warnings.push(...(cover?.warnings ?? []));
	if (fields.unlisted && fields.pinned) {
		const message = "pinned: is given to an unlisted post, which is in no list; remove one of them.";
		errors.push({ line: lineOf(source.lines, ["pinned"]), message });
	}
	if (fields.author && fields.authors) {
		const message = "authors: is given beside author; keep one of them.";
		errors.push({ line: lineOf(source.lines, ["authors"]), message });
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
		image: cover?.image ?? null,
		card: null,
		length: source.length,
		more: source.more,
		draft: fields.draft ?? false,
		pinned: fields.pinned ?? false,
		translation: fields.translation ?? null,
		series: fields.series === undefined ? null : toTerm(fields.series, terms),
		feedId: fields.feed_id ?? null,
		enclosures: findEnclosures(source, fields.image?.src, media),
	};
	return { entry, errors, warnings };
}

/** Resolves `updated`. A date without time that equals the publication day counts as the time of publication. */
function resolveUpdate(written: ParsedDate, published: Moment, timezone: string): number {
	const { epoch, day } = resolveDate(written, timezone);
	const sameDay = Object.values(day).join() === Object.values(published.day).join();
	return "dayOnly" in written && written.dayOnly && sameDay ? published.epoch : epoch;
}
