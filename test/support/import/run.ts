import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { sqliteD1 } from "../../../src/cli/sqlite-d1.ts";
import { importedCommentRepository } from "../../../src/db/imported-comments.ts";
import { importedRowRepository } from "../../../src/db/imported-rows.ts";
import { type ImportOptions, runImport } from "../../../src/import/import.ts";
import { openExport } from "../../../src/import/input/open.ts";
import type { Menu } from "../../../src/import/menus.ts";
import { formatReport } from "../../../src/import/report.ts";
import { openSpool, type Spool, type Tally } from "../../../src/import/spool.ts";
import { emptyDatabase } from "./database.ts";
import { now } from "./old-blog.ts";

/** A new blog to import into, in a temporary folder, with a database in this process. */
export type NewBlog = {
	folder: string;
	contentDir: string;
	sqlite: DatabaseSync;
	/** Imports exports, by file name. */
	import(
		files: Readonly<Record<string, string | Uint8Array>>,
		options?: Partial<ImportOptions>,
		inspect?: (spool: Spool) => Promise<void>,
	): Promise<ImportRun>;
	/** Every file of the content, by path. */
	files(): Record<string, string>;
	/** Writes content files by path. */
	write(files: Readonly<Record<string, string>>): void;
	remove(): void;
};

/** The account of one import. */
export type ImportRun = { tallies: Tally[]; reports: string[]; waiting: number; menus: Menu[] };

/** Creates an empty blog. */
export async function newBlog(site = "title: New\nurl: https://new.example\n"): Promise<NewBlog> {
	const folder = mkdtempSync(join(tmpdir(), "edgecat-laws-"));
	const contentDir = join(folder, "content");
	const sqlite = await emptyDatabase();
	const repository = importedCommentRepository(sqliteD1(sqlite));
	const rowRepository = importedRowRepository(sqliteD1(sqlite));
	let run = 0;
	const write = (files: Readonly<Record<string, string | Uint8Array>>, below: string) => {
		for (const [path, content] of Object.entries(files)) {
			mkdirSync(dirname(join(below, path)), { recursive: true });
			writeFileSync(join(below, path), content);
		}
	};
	write({ "site.yaml": site }, contentDir);
	return {
		folder,
		contentDir,
		sqlite,
		async import(files, options = {}, inspect = async () => {}) {
			const exportDir = join(folder, `export-${++run}`);
			write(files, exportDir);
			const spool = openSpool();
			try {
				const opened = await openExport(exportDir, null);
				const { waiting, menus } = await runImport(opened, spool, {
					contentDir,
					address: null,
					timezone: "UTC",
					map: new Map(),
					mediaDir: null,
					fetchMedia: null,
					emails: false,
					apply: true,
					repository,
					rowRepository,
					batch: { characters: 4000, comments: 5 },
					commentLimit: Number.POSITIVE_INFINITY,
					now,
					progress: () => {},
					signal: new AbortController().signal,
					...options,
				});
				await inspect(spool);
				opened.close();
				return {
					waiting,
					menus,
					tallies: spool.tallies(),
					reports: Array.from(spool.reports(), formatReport),
				};
			} finally {
				spool.close();
			}
		},
		files: () =>
			Object.fromEntries(
				readdirSync(contentDir, { recursive: true, withFileTypes: true })
					.filter((entry) => entry.isFile())
					.map((entry) => join(entry.parentPath, entry.name))
					.sort()
					.map((path) => [relative(contentDir, path), readFileSync(path, "utf8")]),
			),
		write: (files) => write(files, contentDir),
		remove: () => rmSync(folder, { recursive: true, force: true }),
	};
}
