import { join } from "node:path";
import type * as v from "valibot";
import { parseDate, resolveDate } from "../build/dates.ts";
import { walk } from "../build/folder.ts";
import { splitFrontMatter } from "../build/front-matter.ts";
import { type PageFields, pageFields } from "../build/pages.ts";
import { formatPermalink } from "../build/permalinks.ts";
import { type PostFields, postFields } from "../build/posts.ts";
import { entryName, slugFromName } from "../build/slugs.ts";
import { type KnownTerms, toTerm } from "../build/terms.ts";
import { readTextFile } from "../build/text-file.ts";
import { validate } from "../build/validate.ts";
import { parseYaml } from "../build/yaml.ts";
import type { Site } from "../posts/site.ts";

/** An entry the blog has already, as far as an import must know it. */
export type ExistingEntry = {
	/** The path below the content folder, such as `posts/2017/hello.md`. */
	file: string;
	id: string;
	path: string;
	aliases: readonly string[];
	wordpressId: number | null;
	/** Its id in feeds, if it is not made of `id`. */
	feedId: string | null;
	/** The key of the record it was imported from, or null. */
	importedFrom: string | null;
};

/** Reads the entries of a content folder one by one, without their texts. Files the build would refuse are skipped. */
export function* readExisting(contentDir: string, site: Site, terms: KnownTerms): Generator<ExistingEntry> {
	for (const { path, name } of walk(join(contentDir, "posts")).files) {
		const fields = read<PostFields>(path, name, postFields);
		if (fields === null) continue;
		const id = entryName(nameOf(name));
		const slug = fields.slug ?? slugFromName(id);
		const { day } = resolveDate(fields.date, site.timezone);
		const categories = (fields.categories ?? []).map((category) => toTerm(category, terms));
		const address = formatPermalink(site.permalink, {
			day,
			slug,
			categories,
			lang: fields.lang ?? site.language,
		});
		yield { ...common(`posts/${name}`, fields), id: fields.id ?? id, path: address };
	}
	for (const { path, name } of walk(join(contentDir, "pages")).files) {
		const fields = read<PageFields>(path, name, pageFields);
		if (fields === null) continue;
		const id = entryName(nameOf(name));
		const folders = id.split("/").slice(0, -1);
		const address = `/${[...folders, fields.slug ?? slugFromName(id)].join("/")}/`;
		yield { ...common(`pages/${name}`, fields), id: fields.id ?? `pages/${id}`, path: address };
	}
}

function common(file: string, { aliases, wordpress_id, imported_from, ...fields }: PostFields | PageFields) {
	return {
		file,
		aliases: aliases ?? [],
		wordpressId: wordpress_id ?? null,
		feedId: ("feed_id" in fields ? fields.feed_id : undefined) ?? null,
		importedFrom: imported_from ?? null,
	};
}

function nameOf(file: string): string {
	return file.replace(/\.md$/i, "");
}

function read<Fields>(path: string, name: string, schema: v.GenericSchema): Fields | null {
	if (!/\.md$/i.test(name)) return null;
	const result = readTextFile(path);
	const split = "text" in result ? splitFrontMatter(result.text) : result;
	if ("message" in split) return null;
	return validate(path, parseYaml(split.yaml, 2), schema, { title: "Untitled" }).value as Fields | null;
}

/** Resolves a time of a record in a zone (epoch milliseconds); null if it is no time. */
export function resolveTime(time: { at: number } | { local: string }, timezone: string): number | null {
	if ("at" in time)
		return Number.isFinite(time.at) && Math.abs(time.at) < 8.64e15 ? Math.trunc(time.at) : null;
	const parsed = parseDate(time.local);
	return "value" in parsed ? resolveDate(parsed.value, timezone).epoch : null;
}
