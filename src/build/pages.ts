import * as v from "valibot";
import type { Page } from "../posts/post.ts";
import type { Site } from "../posts/site.ts";
import { aliasFields } from "./aliases.ts";
import { type EntryMetadata, type EntryResult, fileOf, resolveSlug } from "./entries.ts";
import { bool, language, oneOf, parsedText, record, text, wholeNumber } from "./fields.ts";
import type { Media } from "./media.ts";
import type { FieldError } from "./problems.ts";
import { sharedFields } from "./shared-fields.ts";
import { entryName, parseSlug } from "./slugs.ts";
import type { Source } from "./sources.ts";
import { parseWebAddress } from "./web-address.ts";

/** Schema of a page's front matter. */
export const pageFields = record(
	{
		title: text,
		id: v.optional(text),
		slug: v.optional(parsedText(parseSlug)),
		lang: v.optional(language),
		summary: v.optional(text),
		comments: v.optional(oneOf(["open", "closed", "off"])),
		toc: v.optional(bool),
		aliases: v.optional(aliasFields),
		wordpress_id: v.optional(wholeNumber(1, Number.MAX_SAFE_INTEGER)),
		translation: v.optional(text),
		canonical: v.optional(parsedText(parseWebAddress)),
		unlisted: v.optional(bool),
		navigation_order: v.optional(wholeNumber(-1000, 1000)),
		imported_from: v.optional(text),
	},
	{ title: "title: About this blog" },
);

export type PageFields = v.InferOutput<typeof pageFields>;

/** Builds a page from its source; its address consists of its folders and slug. */
export function toPage(
	source: Source<PageFields>,
	fields: PageFields,
	site: Site,
	media: Media,
): EntryResult<Page> {
	const slug = resolveSlug(source, fields.slug);
	const name = entryName(source.name);
	const folders = name.split("/").slice(0, -1);
	const errors: FieldError[] = [];
	const segments = folders.map((folder) => {
		const result = parseSlug(folder);
		if ("value" in result) return result.value;
		errors.push({ line: 1, message: `the folder name ${result.error}` });
		return folder;
	});
	if ("error" in slug) errors.push({ line: 1, message: `slug: ${slug.error}` });
	if ("error" in slug || errors.length > 0) return { entry: null, errors, warnings: [] };
	const lang = fields.lang ?? site.language;
	const path = `/${[...segments, slug.value].join("/")}/`;
	const entry: EntryMetadata<Page> = {
		id: fields.id ?? `pages/${name}`,
		...sharedFields(source, fields, { path, slug: slug.value, lang }, media),
		file: fileOf(source, site),
		comments: fields.comments ?? "off",
		translation: fields.translation ?? null,
		navigationOrder: fields.navigation_order ?? null,
	};
	return { entry, errors, warnings: [] };
}
