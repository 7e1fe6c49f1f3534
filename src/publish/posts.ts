import * as v from "valibot";
import type { Post } from "../posts/post.ts";
import type { Site } from "../posts/site.ts";
import { aliasFields } from "./aliases.ts";
import { type Moment, momentOf, parseDate, type WrittenDate } from "./dates.ts";
import { type Making, slugOf, type Unplaced, whyMissing } from "./entries.ts";
import { flag, language, list, oneOf, type Reading, read, record, text, wholeNumber } from "./fields.ts";
import type { Media } from "./media.ts";
import { permalinkOf } from "./permalinks.ts";
import type { Mistake } from "./problems.ts";
import { whyRelative } from "./references.ts";
import { sharedFields } from "./shared-fields.ts";
import { parseName, parseSlug } from "./slugs.ts";
import type { Source } from "./sources.ts";
import { termsOf } from "./terms.ts";
import { lineOf } from "./yaml.ts";

/** The front matter of a post. */
export const postFields = record(
	{
		title: text,
		date: read(parseDate),
		updated: v.optional(read(parseDate)),
		id: v.optional(text),
		slug: v.optional(read(parseSlug)),
		author: v.optional(read(parseName)),
		categories: v.optional(list(read(parseName))),
		tags: v.optional(list(read(parseName))),
		lang: v.optional(language),
		summary: v.optional(text),
		image: v.optional(
			record({ src: read(parseImage), alt: v.optional(text) }, { src: "src: /media/cat.png" }),
		),
		draft: v.optional(flag),
		toc: v.optional(flag),
		comments: v.optional(oneOf(["open", "closed", "off"])),
		aliases: v.optional(aliasFields),
		wordpress_id: v.optional(wholeNumber(1, Number.MAX_SAFE_INTEGER)),
		translation: v.optional(text),
		series: v.optional(read(parseName)),
	},
	{ title: "title: My first post", date: "date: 2024-03-31" },
);

export type PostFields = v.InferOutput<typeof postFields>;

/** Makes a post of its file, filling in every default. */
export function toPost(
	source: Source<PostFields>,
	fields: PostFields,
	site: Site,
	media: Media,
): Making<Post> {
	const mistakes: Mistake[] = [];
	const remarks: Mistake[] = [];
	const published = momentOf(fields.date, site.timezone);
	const updated = fields.updated ? revision(fields.updated, published, site.timezone) : null;
	if (updated !== null && updated < published.epoch) {
		const message = "updated: is before the date of the post; write a later date or remove it.";
		mistakes.push({ line: lineOf(source.lines, ["updated"]), message });
	}
	const slug = slugOf(source, fields.slug);
	if ("wrong" in slug) mistakes.push({ line: 1, message: `slug: ${slug.wrong}` });
	const missing = fields.image ? whyMissing(fields.image.src, media) : null;
	if (missing !== null) {
		const message = `image.src: "${fields.image?.src}" ${missing}`;
		mistakes.push({ line: lineOf(source.lines, ["image", "src"]), message });
	}
	if (fields.image && fields.image.alt === undefined) {
		const message = "image.alt: is missing; describe the picture for those who do not see it.";
		remarks.push({ line: lineOf(source.lines, ["image"]), message });
	}
	if ("wrong" in slug) return { entry: null, mistakes, remarks };

	const lang = fields.lang ?? site.language;
	const categories = termsOf(fields.categories ?? []);
	const path = permalinkOf(site.permalink, { day: published.day, slug: slug.value, categories, lang });
	const entry: Unplaced<Post> = {
		id: fields.id ?? source.name,
		...sharedFields(source, fields, { path, slug: slug.value, lang }),
		comments: fields.comments ?? "open",
		published: published.epoch,
		updated,
		day: published.day,
		author: fields.author ?? site.author.name,
		categories,
		tags: termsOf(fields.tags ?? []),
		image: fields.image ? { src: fields.image.src, alt: fields.image.alt ?? "" } : null,
		length: source.length,
		more: source.more,
		draft: fields.draft ?? false,
		translation: fields.translation ?? null,
		series: fields.series ?? null,
	};
	return { entry, mistakes, remarks };
}

/** A revision dated by its day alone, on the day of publication, came after it whatever the hour. */
function revision(written: WrittenDate, published: Moment, timezone: string): number {
	const { epoch, day } = momentOf(written, timezone);
	const sameDay = Object.values(day).join() === Object.values(published.day).join();
	return "dayOnly" in written && written.dayOnly && sameDay ? published.epoch : epoch;
}

function parseImage(src: string): Reading<string> {
	const fault = whyRelative("image", src);
	if (fault !== null) return { wrong: `"${src}" ${fault}` };
	if (src.startsWith("/media/") || /^https?:\/\//i.test(src)) return { value: src };
	return { wrong: `"${src}" is not a picture of the blog; write a path such as /media/cat.png.` };
}
