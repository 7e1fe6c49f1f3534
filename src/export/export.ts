import { createWriteStream, existsSync, readdirSync } from "node:fs";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { D1Database } from "@cloudflare/workers-types";
import type { Content } from "../build/content.ts";
import { writeDisqus } from "./disqus.ts";
import { blogOf, entriesFor, pagesFor } from "./entries.ts";
import { ExportError } from "./error.ts";
import { readRecords, recordFiles } from "./records.ts";
import { exportSchema } from "./schema.ts";
import { writeWordpress } from "./wordpress.ts";

/** A blog to export. */
export type ExportOptions = {
	content: Content;
	contentDir: string;
	/** The database; null if there is none. */
	d1: D1Database | null;
	/** A new or empty folder. */
	dir: string;
	now: number;
	progress(step: string, done: number): void;
};

/** The records of an export by file. */
export type ExportCounts = Record<string, number>;

/** Exports a blog: its content as it is, its records as JSON Lines, and files for WordPress and Disqus. */
export async function exportBlog(options: ExportOptions): Promise<ExportCounts> {
	const { content, contentDir, d1, dir, now, progress } = options;
	await makeEmpty(dir);
	await cp(contentDir, join(dir, "content"), { recursive: true });
	// By it an import recognizes the folder.
	await writeFile(join(dir, "schema.json"), `${JSON.stringify(exportSchema, null, "\t")}\n`);
	const counts: ExportCounts = {};
	if (d1 !== null) {
		for (const file of recordFiles) {
			let count = 0;
			const lines = async function* () {
				for await (const record of readRecords(d1, file)) {
					count += 1;
					progress(`Writing ${file.name}`, count);
					yield `${JSON.stringify(record)}\n`;
				}
			};
			await write(join(dir, `${file.name}.jsonl`), lines());
			counts[file.name] = count;
		}
		const forum = new URL(content.manifest.site.url).hostname;
		await write(join(dir, "disqus.xml"), writeDisqus(forum, pagesFor(content, d1)));
	}
	const own = [...content.assets]
		.filter(([, { path }]) => path.startsWith(contentDir + sep))
		.map(([path]) => path);
	await write(
		join(dir, "wordpress.xml"),
		writeWordpress(blogOf(content, own.sort()), entriesFor(content, d1, now)),
	);
	return counts;
}

/** Makes a folder. Throws `ExportError` if there is something in it. */
export async function makeEmpty(dir: string): Promise<void> {
	if (existsSync(dir) && readdirSync(dir).length > 0) {
		throw new ExportError(`${dir} is not empty; name a new folder.`);
	}
	await mkdir(dir, { recursive: true });
}

async function write(path: string, text: AsyncGenerator<string>): Promise<void> {
	// Comments that wait and e-mail addresses are among it.
	await pipeline(Readable.from(text), createWriteStream(path, { mode: 0o600 }));
}
