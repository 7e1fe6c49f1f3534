import * as v from "valibot";
import type { Page } from "../posts/post.ts";
import type { Site } from "../posts/site.ts";
import { aliasFields } from "./aliases.ts";
import { type Making, slugOf, type Unplaced } from "./entries.ts";
import { flag, language, oneOf, read, record, text, wholeNumber } from "./fields.ts";
import type { Mistake } from "./problems.ts";
import { sharedFields } from "./shared-fields.ts";
import { parseSlug } from "./slugs.ts";
import type { Source } from "./sources.ts";

/** The front matter of a standing page. */
export const pageFields = record(
	{
		title: text,
		id: v.optional(text),
		slug: v.optional(read(parseSlug)),
		lang: v.optional(language),
		summary: v.optional(text),
		comments: v.optional(oneOf(["open", "closed", "off"])),
		toc: v.optional(flag),
		aliases: v.optional(aliasFields),
		wordpress_id: v.optional(wholeNumber(1, Number.MAX_SAFE_INTEGER)),
		navigation_order: v.optional(wholeNumber(-1000, 1000)),
	},
	{ title: "title: About this blog" },
);

export type PageFields = v.InferOutput<typeof pageFields>;

/** Makes a page of its file; its address is its folders and its slug. */
export function toPage(source: Source<PageFields>, fields: PageFields, site: Site): Making<Page> {
	const slug = slugOf(source, fields.slug);
	const folders = source.name.split("/").slice(0, -1);
	const mistakes: Mistake[] = [];
	for (const folder of folders) {
		const reading = parseSlug(folder);
		if ("wrong" in reading) mistakes.push({ line: 1, message: `the folder's name ${reading.wrong}` });
	}
	if ("wrong" in slug) mistakes.push({ line: 1, message: `slug: ${slug.wrong}` });
	if ("wrong" in slug || mistakes.length > 0) return { entry: null, mistakes, remarks: [] };
	const lang = fields.lang ?? site.language;
	const path = `/${[...folders, slug.value].join("/")}/`;
	const entry: Unplaced<Page> = {
		id: fields.id ?? `pages/${source.name}`,
		...sharedFields(source, fields, { path, slug: slug.value, lang }),
		comments: fields.comments ?? "off",
		navigationOrder: fields.navigation_order ?? null,
	};
	return { entry, mistakes, remarks: [] };
}
