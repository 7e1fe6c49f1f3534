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
	for (const folder of ["posts", "pages"]) {
		for (const { path, name } of walk(join(contentDir, folder)).files) {
			if (!/\.md$/i.test(name)) continue;
			const result = readTextFile(path);
			const entry = "text" in result ? readEntry(`${folder}/${name}`, result.text, site, terms) : null;
			if (entry !== null) yield entry;
		}
	}
}

/** Reads an entry of its file, whose path is below the content folder; null if the build would refuse it. */
export function readEntry(file: string, text: string, site: Site, terms: KnownTerms): ExistingEntry | null {
	const name = file.replace(/^\w+\//, "");
	const id = entryName(nameOf(name));
	if (file.startsWith("posts/")) {
		const fields = read<PostFields>(file, text, postFields);
		if (fields === null) return null;
		const slug = fields.slug ?? slugFromName(id);
		const { day } = resolveDate(fields.date, site.timezone);
		const categories = (fields.categories ?? []).map((category) => toTerm(category, terms));
		const address = formatPermalink(site.permalink, {
			day,
			slug,
			categories,
			lang: fields.lang ?? site.language,
		});
		return { ...common(file, fields), id: fields.id ?? id, path: address };
	}
	const fields = read<PageFields>(file, text, pageFields);
	if (fields === null) return null;
	const folders = id.split("/").slice(0, -1);
	const address = `/${[...folders, fields.slug ?? slugFromName(id)].join("/")}/`;
	return { ...common(file, fields), id: fields.id ?? `pages/${id}`, path: address };
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

function read<Fields>(file: string, text: string, schema: v.GenericSchema): Fields | null {
	const split = splitFrontMatter(text);
	if ("message" in split) return null;
	return validate(file, parseYaml(split.yaml, 2), schema, { title: "Untitled" }).value as Fields | null;
}

/** Resolves a time of a record in a zone (epoch milliseconds); null if it is no time. */
export function resolveTime(time: { at: number } | { local: string }, timezone: string): number | null {
	if ("at" in time)
		return Number.isFinite(time.at) && Math.abs(time.at) < 8.64e15 ? Math.trunc(time.at) : null;
	const parsed = parseDate(time.local);
	return "value" in parsed ? resolveDate(parsed.value, timezone).epoch : null;
}
