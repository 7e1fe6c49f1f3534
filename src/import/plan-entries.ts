import { Temporal } from "temporal-polyfill";
import { resolveDate } from "../build/dates.ts";
import { isFeedId } from "../build/feed-id.ts";
import { explainReservedPath, formatPermalink } from "../build/permalinks.ts";
import { parseSlug, slugFromName } from "../build/slugs.ts";
import { type KnownTerms, toTerm } from "../build/terms.ts";
import { detectLanguage } from "../comments/language.ts";
import { pathKey, slugify, slugifyTerm } from "../posts/paths.ts";
import type { Site } from "../posts/site.ts";
import { cleanLine } from "../text/line.ts";
import { addressKey, parseOldAddress } from "./addresses.ts";
import { authorKey, type OldBlogs } from "./collect.ts";
import { type ExistingEntry, resolveTime } from "./existing.ts";
import { plainTextOf } from "./plain-text.ts";
import type { EntryRecord, EntryState } from "./record.ts";
import type { Spool, SpooledRecord } from "./spool.ts";

/** Front matter of a new file, in the order it is written. */
export type FrontMatter = Record<
	string,
	string | number | boolean | readonly string[] | { src: string; alt?: string }
>;

/** A new entry before its text is converted. `file` is below the content folder. */
export type PlannedEntry = {
	file: string;
	id: string;
	path: string;
	/** Whether readers will not see it. */
	draft: boolean;
	keys: FrontMatter;
};

/** Everything planning needs to know. Zones are by source. */
export type PlanContext = {
	spool: Spool;
	site: Site;
	terms: KnownTerms;
	blogs: OldBlogs;
	zoneOf(source: string): string;
	existing: readonly ExistingEntry[];
	now: number;
};

/** The fate of each state: published at its date, a draft, or left out. */
const fates: Record<EntryState, "as it is" | "draft" | "left out"> = {
	public: "as it is",
	scheduled: "as it is",
	draft: "draft",
	pending: "draft",
	private: "draft",
	password: "draft",
	members: "draft",
	unknown: "draft",
	trash: "left out",
};

/**
 * Decides the file, address and front matter of every entry in the spool, and registers all addresses, old and new, by which
 * comments and links find them. Entries of an earlier import are left as they are, whatever the owner made of them.
 */
export function planEntries(context: PlanContext): void {
	const { spool, existing, site, now } = context;
	spool.db.exec(`CREATE TABLE planned (
		n INTEGER PRIMARY KEY, post_id TEXT NOT NULL, path TEXT NOT NULL, file TEXT NOT NULL, body TEXT
	);
	CREATE INDEX planned_post ON planned (post_id)`);
	const taken = takenNames(existing);
	registerExisting(spool, existing);
	const imported = new Map(
		existing.flatMap((entry) => (entry.importedFrom === null ? [] : [[entry.importedFrom, entry] as const])),
	);
	const languages = new Set([site.language.toLowerCase()]);
	for (const spooled of spool.entries()) {
		const { n, source, record } = spooled;
		const place = placeOf(spooled);
		const remark = (message: string) => spool.remark(record.kind, place, `"${record.title}" ${message}`);
		const key = importKey(source, record.id);
		const present = imported.get(key);
		if (present !== undefined) {
			register(spool, n, present, null);
			registerOld(spool, n, record, context.blogs.sites.get(source)?.address ?? null);
			spool.settle(n, "present");
			continue;
		}
		const fate = fates[record.state];
		if (fate === "left out") {
			spool.settle(n, "reported", `"${record.title}" is in the trash at its source; left out.`);
			continue;
		}
		const published = resolveWhen(record, context, source);
		const isLate = record.state === "scheduled" && published <= now;
		const draft = fate === "draft" || isLate;
		if (isLate) remark("was scheduled for a time that has passed; it is a draft now.");
		else if (draft && record.state !== "draft")
			remark(`is ${stateNames[record.state]} at its source; it is a draft now.`);
		if (record.kind === "page" && draft) {
			remark("is a page that is not public; pages always are, so it is kept as the draft of a post.");
		}
		for (const property of record.unsupported)
			remark(`has a property without a counterpart here (${property}).`);
		if (record.pinned && record.kind === "page" && !draft)
			remark("was kept on top of the blog; pages cannot be pinned.");
		const planned = planEntry(spooled, { ...context, published, draft, key, taken, languages, remark });
		register(spool, n, planned, JSON.stringify(planned));
		registerOld(spool, n, record, context.blogs.sites.get(source)?.address ?? null);
	}
	planAliases(context, taken, languages);
}

/** Adds the old paths as aliases, once all new paths are known, which take precedence. */
function planAliases({ spool, blogs }: PlanContext, taken: TakenNames, languages: ReadonlySet<string>): void {
	const select = spool.prepare("SELECT body FROM planned WHERE n = :n");
	const update = spool.prepare("UPDATE planned SET body = :body WHERE n = :n");
	for (const spooled of spool.entries()) {
		const { n, source, record } = spooled;
		const row = select.get({ n }) as { body: string } | undefined;
		if (row === undefined) continue;
		const planned: PlannedEntry = JSON.parse(row.body);
		if (planned.draft) continue;
		const remark = (message: string) =>
			spool.remark(record.kind, placeOf(spooled), `"${record.title}" ${message}`);
		const base = blogs.sites.get(source)?.address ?? null;
		const aliases = aliasesOf(record, planned.path, { base, taken, languages, remark });
		if (aliases.length === 0) continue;
		const { imported_from = "", ...keys } = planned.keys;
		update.run({ body: JSON.stringify({ ...planned, keys: { ...keys, aliases, imported_from } }), n });
	}
}

const stateNames: Record<EntryState, string> = {
	public: "public",
	scheduled: "scheduled",
	draft: "a draft",
	pending: "waiting for review",
	private: "private",
	password: "protected by a password",
	members: "for members only",
	unknown: "in an unknown state",
	trash: "in the trash",
};

/** Names that new entries must not take. */
type TakenNames = {
	/** Ids and files without extension, in lower case, as some file systems compare them. */
	files: Set<string>;
	/** Keys of addresses and aliases. */
	paths: Set<string>;
	wordpressIds: Set<number>;
	feedIds: Set<string>;
};

function takenNames(existing: readonly ExistingEntry[]): TakenNames {
	const taken: TakenNames = {
		files: new Set(),
		paths: new Set(),
		wordpressIds: new Set(),
		feedIds: new Set(),
	};
	for (const { file, id, path, aliases, wordpressId, feedId } of existing) {
		taken.files.add(fileKey(file)).add(id.toLowerCase());
		for (const each of [path, ...aliases]) taken.paths.add(pathKey(each));
		if (wordpressId !== null) taken.wordpressIds.add(wordpressId);
		if (feedId !== null) taken.feedIds.add(feedId);
	}
	return taken;
}

type Details = PlanContext & {
	published: number;
	draft: boolean;
	key: string;
	taken: TakenNames;
	languages: ReadonlySet<string>;
	remark(message: string): void;
};

function planEntry({ record, source }: SpooledRecord<EntryRecord>, details: Details): PlannedEntry {
	const { site, published, draft, key, taken, languages, remark } = details;
	const isPage = record.kind === "page" && !draft;
	const title = titleOf(record, remark);
	const lang = record.lang ?? guessLanguage(title, record, site);
	const categories = usable(record.categories, "category", remark);
	const terms = categories.map((name) => toTerm(name, details.terms));
	const { day } = resolveDate({ instant: Temporal.Instant.fromEpochMilliseconds(published) }, site.timezone);
	const pathWith = (slug: string) =>
		isPage ? `/${slug}/` : formatPermalink(site.permalink, { day, slug, categories: terms, lang });

	const wanted = slugOf(record, title);
	let slug = wanted;
	for (let next = 2; isTaken(pathWith(slug), taken, languages); next++) slug = `${wanted}-${next}`;
	if (slug !== wanted) remark(`has an address that is taken or reserved; it is at ${pathWith(slug)} now.`);
	const path = pathWith(slug);
	taken.paths.add(pathKey(path));

	const date = dateKey(day);
	const folder = isPage ? "pages" : `posts/${String(day.year).padStart(4, "0")}`;
	const base = `${folder}/${isPage ? "" : `${date}-`}${fileNameOf(slug)}`;
	let name = base;
	for (let next = 2; taken.files.has(fileKey(`${name}.md`)); next++) name = `${base}-${next}`;
	taken.files.add(fileKey(`${name}.md`));
	const id = isPage ? name : name.slice("posts/".length);

	const authors = authorsOf(record, source, details);
	const updated = record.updated === null ? null : resolveTime(record.updated, details.zoneOf(source));
	const number =
		record.number !== null && Number.isSafeInteger(record.number) && !taken.wordpressIds.has(record.number)
			? record.number
			: null;
	if (number !== null) taken.wordpressIds.add(number);
	const feedId = isPage ? null : feedIdOf(record, taken, remark);
	const summary = plainTextOf(record.excerpt);
	const tags = usable(record.tags, "tag", remark);
	const comments = isPage ? "off" : "open";
	const keys: FrontMatter = {
		title,
		...(isPage ? {} : { date: formatTime(published, site.timezone) }),
		...(!isPage && updated !== null && updated >= published + 60_000
			? { updated: formatTime(updated, site.timezone) }
			: {}),
		id,
		...(slugFromName(name) === slug ? {} : { slug }),
		...(isPage ? {} : authorKeys(authors)),
		...(isPage || categories.length === 0 ? {} : { categories }),
		...(isPage || tags.length === 0 ? {} : { tags }),
		...(lang === site.language ? {} : { lang }),
		...(summary === "" ? {} : { summary }),
		...(draft ? { draft: true } : {}),
		...(record.pinned && !isPage ? { pinned: true } : {}),
		...(record.comments === comments ? {} : { comments: record.comments }),
		...(number === null ? {} : { wordpress_id: number }),
		...(isPage || record.series === null || slugifyTerm(record.series) === ""
			? {}
			: { series: record.series }),
		...(feedId === null ? {} : { feed_id: feedId }),
		imported_from: key,
	};
	return { file: `${name}.md`, id, path, draft, keys };
}

/** Returns the id an entry had in the feeds of its old blog, by which feed readers know it again; null if it has none. */
function feedIdOf(
	{ guid }: EntryRecord,
	taken: TakenNames,
	remark: (message: string) => void,
): string | null {
	if (guid === null || taken.feedIds.has(guid)) return null;
	if (!isFeedId(guid) || guid !== guid.normalize("NFC")) {
		remark("has an id in its old feed that is not an address; feed readers will show it as new.");
		return null;
	}
	taken.feedIds.add(guid);
	return guid;
}

/** Returns the key by which a later import recognizes an entry. */
export function importKey(source: string, id: string): string {
	return `${source}/${id}`
		.normalize("NFC")
		.replace(/[\p{Cc} ]+/gu, " ")
		.trim();
}

/** Returns file and line of a record for messages. */
export function placeOf({ file, record }: SpooledRecord<{ line?: number }>): string {
	return record.line === undefined ? file : `${file}:${record.line}`;
}

function resolveWhen(record: EntryRecord, { zoneOf, now }: PlanContext, source: string): number {
	const zone = zoneOf(source);
	for (const time of [record.published, record.updated]) {
		const at = time === null ? null : resolveTime(time, zone);
		if (at !== null) return at - (at % 1000);
	}
	return now - (now % 1000);
}

function titleOf(record: EntryRecord, remark: (message: string) => void): string {
	const title = cleanLine(record.title);
	if (title !== "") return title;
	const [beginning = ""] = plainTextOf(record.text.text).match(/^.{1,40}/u) ?? [];
	const made = cleanLine(beginning) || record.slug || `Untitled ${record.id}`;
	remark(`is called "${made}" now.`);
	return made;
}

function slugOf(record: EntryRecord, title: string): string {
	for (const candidate of [record.slug ?? "", slugify(title), `${record.kind}-${slugify(record.id)}`]) {
		const parsed = parseSlug(shorten(candidate.trim(), 120));
		if ("value" in parsed) return parsed.value;
		const cleaned = parseSlug(shorten(slugify(candidate), 120));
		if ("value" in cleaned) return cleaned.value;
	}
	return record.kind;
}

/** Returns a file name every file system takes: at most 150 bytes, without characters that some of them forbid. */
function fileNameOf(slug: string): string {
	let name = slug.replace(/[<>:"|*.]+/g, "-").replace(/^-+|-+$/g, "");
	while (Buffer.byteLength(name) > 150) name = name.slice(0, -1);
	return name.toWellFormed().replaceAll("\ufffd", "") || "entry";
}

function shorten(text: string, length: number): string {
	const characters = [...text];
	return characters.length <= length
		? text
		: characters
				.slice(0, length)
				.join("")
				.replace(/[-.]+$/, "");
}

function isTaken(path: string, taken: TakenNames, languages: ReadonlySet<string>): boolean {
	const key = pathKey(path);
	return taken.paths.has(key) || explainReservedPath(key, languages) !== null;
}

function fileKey(file: string): string {
	return file.replace(/\.md$/i, "").normalize("NFC").toLowerCase();
}

function guessLanguage(title: string, record: EntryRecord, site: Site): string {
	const detected = detectLanguage(`${title} ${record.text.text.slice(0, 2000)}`);
	if (detected !== "ja" && detected !== "ko") return site.language;
	return new Intl.Locale(site.language).language === detected ? site.language : detected;
}

function usable(names: readonly string[], what: string, remark: (message: string) => void): string[] {
	const cleaned = names.map(cleanLine).filter((name) => name !== "");
	for (const name of cleaned) {
		if (slugifyTerm(name) === "")
			remark(`has the ${what} "${name}", which has no letters or digits; left out.`);
	}
	return [...new Set(cleaned.filter((name) => slugifyTerm(name) !== ""))];
}

function authorKeys([first, ...others]: readonly string[]): FrontMatter {
	if (first === undefined) return {};
	return others.length === 0 ? { author: first } : { authors: [first, ...others] };
}

/** Returns the names of an entry's authors; empty for the site's author alone, who needs no mention. */
function authorsOf(record: EntryRecord, source: string, { blogs, site }: Details): string[] {
	const names = record.authors
		.map((id) => cleanLine(blogs.authors.get(authorKey(source, id))?.name ?? id))
		.filter((name) => slugifyTerm(name) !== "");
	return names.join() === site.author.name ? [] : [...new Set(names)];
}

/** Returns the old paths of an entry, as far as they are not answered anyway; remarks on those that cannot be. */
function aliasesOf(
	record: EntryRecord,
	path: string,
	{
		base,
		taken,
		languages,
		remark,
	}: {
		base: string | null;
		taken: TakenNames;
		languages: ReadonlySet<string>;
		remark(message: string): void;
	},
): string[] {
	const aliases: string[] = [];
	for (const address of record.addresses) {
		const old = parseOldAddress(address, base);
		if (old === null) continue;
		const key = pathKey(old.path);
		if (old.query !== "") {
			const numbered =
				record.number !== null && new RegExp(`^(?:p|page_id)=${record.number}$`).test(old.query);
			if (!numbered) remark(`had the address ${address}; addresses with a query cannot be redirected.`);
			continue;
		}
		if (key === pathKey(path) || key === "/") continue;
		const reason = /[?#]/.test(old.path) ? "has ? or #" : explainReservedPath(key, languages);
		if (reason === null && !taken.paths.has(key)) {
			taken.paths.add(key);
			aliases.push(old.path);
		} else
			remark(`had the address ${address}, which ${reason ?? "another entry has"}; it does not lead there.`);
	}
	return aliases;
}

/** Registers the blog's own entries, which comments alone are matched to. They have no record: their numbers are negative. */
function registerExisting(spool: Spool, existing: readonly ExistingEntry[]): void {
	for (const [at, entry] of existing.entries()) {
		const n = -1 - at;
		register(spool, n, entry, null);
		for (const alias of entry.aliases) addAddress(spool, addressKey({ path: alias, query: "" }), n);
		if (entry.wordpressId !== null) addAddress(spool, `/?p=${entry.wordpressId}`, n);
	}
}

function register(
	spool: Spool,
	n: number,
	{ id, path, file }: Pick<PlannedEntry, "id" | "path" | "file">,
	body: string | null,
): void {
	const insert = "INSERT INTO planned (n, post_id, path, file, body) VALUES (:n, :id, :path, :file, :body)";
	spool.prepare(insert).run({ n, id, path, file, body });
	addAddress(spool, addressKey({ path, query: "" }), n);
}

function registerOld(spool: Spool, n: number, record: EntryRecord, base: string | null): void {
	for (const address of record.addresses) {
		const old = parseOldAddress(address, base);
		if (old !== null && addressKey(old) !== "/") addAddress(spool, addressKey(old), n);
	}
	if (record.number === null) return;
	for (const query of [`p=${record.number}`, `page_id=${record.number}`]) addAddress(spool, `/?${query}`, n);
}

function addAddress(spool: Spool, key: string, n: number): void {
	spool.prepare("INSERT OR IGNORE INTO addresses (key, entry) VALUES (:key, :n)").run({ key, n });
}

function dateKey({ year, month, day }: { year: number; month: number; day: number }): string {
	const pad = (number: number, width: number) => String(number).padStart(width, "0");
	return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** Formats a time as front matter has it, to the second. */
export function formatTime(epoch: number, timezone: string): string {
	const zoned = Temporal.Instant.fromEpochMilliseconds(epoch).toZonedDateTimeISO(timezone);
	return zoned.toString({ timeZoneName: "never", smallestUnit: "second" });
}
