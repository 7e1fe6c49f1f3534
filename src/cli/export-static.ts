import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { D1Database, Fetcher } from "@cloudflare/workers-types";
import { makeBackup } from "../backup/backup.ts";
import { fillScratch } from "../backup/scratch.ts";
import type { Content } from "../build/content.ts";
import { writeContent } from "../build/write.ts";
import { makeEmpty } from "../export/export.ts";
import { loadSite } from "../export/static/bundle.ts";
import { checkCopy } from "../export/static/check.ts";
import { type CopyResult, copySite } from "../export/static/copy.ts";
import { here } from "../export/static/files.ts";
import { encodePath } from "../posts/paths.ts";
import { projectRoot } from "./config.ts";
import { readMigrations } from "./migrate.ts";
import { sqliteD1 } from "./sqlite-d1.ts";

/** A static copy to make. `opened` is the database; null for a copy without comments. */
export type StaticExport = {
	content: Content;
	dir: string;
	url: string | null;
	opened: { d1: D1Database; isRemote: boolean } | null;
	now: number;
	progress(step: string, done: number): void;
};

/** Copies the site into a folder and checks the copy; returns what is wrong with it, too. */
export async function exportStatic(options: StaticExport): Promise<CopyResult & { problems: string[] }> {
	const { content, dir, opened, now, progress } = options;
	const { site } = content.manifest;
	const url = options.url ?? site.url;
	await makeEmpty(dir);
	const folder = mkdtempSync(join(tmpdir(), "edgecat-static-"));
	const database = new DatabaseSync(join(folder, "database.sqlite"));
	try {
		const d1 = opened !== null && !opened.isRemote ? opened.d1 : sqliteD1(database);
		if (opened?.isRemote) await download(opened.d1, database, folder, progress);
		else if (opened === null) for (const { sql } of await readMigrations()) database.exec(sql);
		// A build of its own, which no running server shares.
		writeContent(folder, content);
		const openSite = await loadSite(folder, projectRoot);
		const env = {
			DB: withSessions(d1),
			ASSETS: assetsIn(join(folder, "assets")),
			SIGNING_SECRET: randomBytes(32).toString("base64url"),
			// The site's address while it is copied.
			DEVELOPMENT: "1",
			LOCAL_URL: here,
		};
		const media = publicAssets(join(folder, "assets"));
		const lang = site.language;
		const result = await copySite({
			site: openSite(env, now),
			d1,
			dir,
			url,
			old: site.url,
			lang,
			media,
			progress,
		});
		return { ...result, problems: checkCopy(dir, url, site.url) };
	} finally {
		database.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Reads a deployment's database at once: pages ask for thousands of things. */
async function download(
	d1: D1Database,
	database: DatabaseSync,
	folder: string,
	progress: StaticExport["progress"],
): Promise<void> {
	const path = join(folder, "backup.jsonl.gz");
	const { signal } = new AbortController();
	await makeBackup(d1, {
		path,
		target: "static",
		bytesPerPage: 4_000_000,
		now: Date.now(),
		progress,
		signal,
	});
	await fillScratch(database, path, await readMigrations());
}

/** Adds sessions to a database that has only one copy. */
function withSessions(d1: D1Database): D1Database {
	const session = { prepare: d1.prepare, batch: d1.batch, getBookmark: () => null };
	return { ...d1, withSession: () => session } as unknown as D1Database;
}

/** Returns the build's assets that are for readers, by path: not those that only the Worker reads, and not the API's. */
function publicAssets(folder: string): Map<string, { path: string }> {
	const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
		entry.isFile(),
	);
	const named = files.map((entry) => {
		const path = join(entry.parentPath, entry.name);
		return [`/${encodePath(relative(folder, path))}`, { path }] as const;
	});
	return new Map(named.filter(([name]) => !/^\/(?:_|api\/|openapi)/.test(name)));
}

/** Serves the build's assets, among which the bodies of a large blog are. */
function assetsIn(folder: string): Fetcher {
	const fetch = async (input: { url: string } | string) => {
		const { pathname } = new URL(typeof input === "string" ? input : input.url);
		return new Response(readFileSync(join(folder, decodeURIComponent(pathname))));
	};
	return { fetch } as unknown as Fetcher;
}
