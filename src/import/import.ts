import { readSite } from "../build/site.ts";
import type { ImportedCommentRepository } from "../db/imported-comments.ts";
import type { ImportedRowRepository } from "../db/imported-rows.ts";
import { addressKey, hostOf, parseOldAddress, withPictureHosts } from "./addresses.ts";
import { collect, type OldBlogs, type Progress } from "./collect.ts";
import { copyFiles } from "./copy-files.ts";
import { readExisting } from "./existing.ts";
import type { OpenExport } from "./input/open.ts";
import { type FetchMedium, importMedia } from "./media.ts";
import { indexFiles } from "./media-files.ts";
import { importMenus, type Menu } from "./menus.ts";
import { planComments } from "./plan-comments.ts";
import { planEntries } from "./plan-entries.ts";
import { type RowKind, rowsAfterComments, rowsBeforeComments } from "./record.ts";
import { newAddresses } from "./references.ts";
import { settleNames } from "./settle-names.ts";
import type { Spool } from "./spool.ts";
import { writeComments } from "./write-comments.ts";
import { writeEntries } from "./write-entries.ts";
import { writeRows } from "./write-rows.ts";

/** Options of an import. */
export type ImportOptions = {
	contentDir: string;
	/** The address of the old blog without a trailing slash, or null. */
	address: string | null;
	/** IANA zone of local times, or null for the source's own or the site's. */
	timezone: string | null;
	/** A folder with the media of the old blog, or null. */
	mediaDir: string | null;
	/** Gets media from the old blog; null unless the owner asked for it. Is given the hosts that are the old blog's. */
	fetchMedia: ((hosts: ReadonlySet<string>) => FetchMedium) | null;
	/** Pairs of old addresses and new paths. */
	map: ReadonlyMap<string, string>;
	/** Whether e-mail addresses of commenters come along. */
	emails: boolean;
	/** Whether to write; otherwise everything but writing is done, for the plan. */
	apply: boolean;
	/** The database; null if there is none yet. */
	repository: ImportedCommentRepository | null;
	/** The same database for the rows of an own export. */
	rowRepository: ImportedRowRepository | null;
	/** Most characters of JSON, and most comments, in a batch of the database. */
	batch: { characters: number; comments: number };
	/** The most comments to write in this run. */
	commentLimit: number;
	now: number;
	progress: Progress;
	signal: AbortSignal;
};

/** The result of an import or of its plan; the spool has the outcome of every record. `menus` are for the owner to add. */
export type ImportResult = { blogs: OldBlogs; waiting: number; menus: Menu[] };

/**
 * Imports an export: reads it into the spool, plans, converts and writes. Without `apply` nothing is written and every record
 * that would be counts as written.
 */
export async function runImport(
	opened: OpenExport,
	spool: Spool,
	options: ImportOptions,
): Promise<ImportResult> {
	const { contentDir, apply, repository, now, progress, signal, map, address } = options;
	const { site, terms } = readSite(contentDir);
	const blogs = await collect(opened, spool, { address }, progress, signal);
	const zoneOf = (source: string) => options.timezone ?? blogs.sites.get(source)?.timezone ?? site.timezone;
	for (const [source, file] of blogs.zoneless) {
		if (options.timezone !== null) break;
		const message = `has times without a zone, which are read as those of ${zoneOf(source)}; if the old blog was elsewhere, name its zone with --timezone.`;
		spool.remark("file", file, message);
	}
	for (const [source, { address: own }] of blogs.sites) {
		const sql = "SELECT file FROM records WHERE class = 'post' AND source = :source LIMIT 1";
		const row = own === null && address === null ? spool.prepare(sql).get({ source }) : undefined;
		const message =
			"does not name the old blog's address; add --url, so that links among its posts are recognized.";
		if (row !== undefined) spool.remark("file", String(row.file), message);
	}
	const existing = [...readExisting(contentDir, site, terms)];
	await copyFiles(spool, {
		contentDir,
		apply,
		exports: opened.exports,
		site,
		terms,
		existing,
		progress,
		signal,
	});
	planEntries({ spool, site, terms, blogs, zoneOf, existing, now });
	const oldHosts = new Set(
		[address, ...Array.from(blogs.sites.values(), (old) => old.address)]
			.map(hostOf)
			.filter((host) => host !== ""),
	);
	// Without a known host, addresses from the root are the old blog's.
	const isOld = (host: string) => host === "" || oldHosts.has(host);
	const baseOf = (source: string, addresses: readonly string[]) => {
		const home = blogs.sites.get(source)?.address ?? address;
		return home === null ? null : (URL.parse(addresses[0] ?? "/", `${home}/`)?.href ?? `${home}/`);
	};
	const mediaHosts = withPictureHosts(oldHosts);
	const media = await importMedia({
		isOld: (host) => isOld(host) || mediaHosts.has(host),
		...{ spool, baseOf, contentDir, apply, progress, signal },
		find: indexFiles(opened.others, options.mediaDir),
		fetch: options.fetchMedia?.(mediaHosts) ?? null,
	});
	await writeEntries(spool, {
		addressesFor: ({ source, record }, file) =>
			newAddresses({ spool, media, isOld }, source, baseOf(source, record.addresses), file),
		contentDir: apply ? contentDir : null,
		breaks: site.markdown.breaks,
		...{ progress, signal },
	});
	settleNames(spool, terms);
	const menus = await importMenus(spool, {
		contentDir,
		apply,
		site,
		terms,
		sites: blogs.sites,
		isOld: (host) => oldHosts.has(host),
	});

	const hosts = new Set(address === null ? [] : [hostOf(address), hostOf(site.url)]);
	await planComments({ spool, repository, zoneOf, hosts, map, now, signal });
	const rows = { repository: options.rowRepository, batch: options.batch.comments, emails: options.emails };
	const writeKinds = async (kinds: readonly RowKind[]) => {
		for (const kind of kinds) await writeRows(spool, kind, { ...rows, apply, progress, signal });
	};
	await writeKinds(rowsBeforeComments);
	const { waiting } = await writeComments(
		spool,
		{
			repository: apply ? repository : null,
			anonymous: site.language.startsWith("ja") ? "匿名" : "Anonymous",
			emails: options.emails,
			batch: options.batch,
			limit: options.commentLimit,
		},
		progress,
		signal,
	);
	if (waiting === 0) await writeKinds(rowsAfterComments);
	return { blogs, waiting, menus };
}

/** Parses a mapping file: an old address and a new path on each line, between them a tab, a comma or spaces. */
export function parseMap(
	text: string,
): { ok: true; map: Map<string, string> } | { ok: false; message: string } {
	const map = new Map<string, string>();
	for (const [at, line] of text.split(/\r\n|\n|\r/).entries()) {
		if (line.trim() === "" || line.startsWith("#")) continue;
		const [from = "", to = "", ...rest] = line.trim().split(/[\t,\s]+/);
		const old = parseOldAddress(from);
		if (old === null || !/^(?:\/|https?:)/.test(to) || rest.length > 0) {
			const message = `line ${at + 1} is "${line.trim()}"; write an old address and a new path, such as https://old.example/?p=3 /2020/01/02/hello/`;
			return { ok: false, message };
		}
		map.set(addressKey(old), to);
	}
	return { ok: true, map };
}
