import { ImportError } from "./error.ts";
import type { OpenExport } from "./input/open.ts";
import type { ReadOptions } from "./reader.ts";
import type { AuthorRecord, ImportRecord, SiteRecord } from "./record.ts";
import type { Spool } from "./spool.ts";

/** The old blogs of an export by source, and their authors by id. */
export type OldBlogs = {
	sites: Map<string, SiteRecord>;
	authors: Map<string, AuthorRecord>;
	/** Files with times that have no zone, by source. */
	zoneless: Map<string, string>;
};

/** Tells how far a long step has come. */
export type Progress = (step: string, done: number) => void;

/** Reads all files of an export into the spool. Throws `ImportError`, after which nothing of them is to be used. */
export async function collect(
	{ exports }: OpenExport,
	spool: Spool,
	options: Omit<ReadOptions, "parts">,
	progress: Progress,
	signal: AbortSignal,
): Promise<OldBlogs> {
	const blogs: OldBlogs = { sites: new Map(), authors: new Map(), zoneless: new Map() };
	let read = 0;
	for (const { file, format, parts } of exports) {
		let source: string | null = null;
		for await (const record of format.read(file, { ...options, parts })) {
			signal.throwIfAborted();
			if (record.kind === "remark") {
				spool.remark("file", `${file.name}:${record.line}`, record.message);
				continue;
			}
			if (record.kind === "site") {
				source = record.source;
				const known = blogs.sites.get(source);
				if (known === undefined) blogs.sites.set(source, record);
				// A blog in several files.
				if (known !== undefined) continue;
			}
			if (source === null) throw new Error(`the reader of ${format.name} began without a site`);
			if (hasLocalTime(record)) blogs.zoneless.set(source, file.name);
			if (record.kind === "author") blogs.authors.set(authorKey(source, record.id), record);
			spool.add(source, file.name, record);
			read += 1;
			if (read % 1000 === 0) progress("Reading", read);
		}
		if (source === null) {
			throw new ImportError(`${file.name} looks like ${format.title} and holds nothing; export it again.`);
		}
	}
	progress("Reading", read);
	return blogs;
}

function hasLocalTime(record: ImportRecord): boolean {
	const time = "published" in record ? record.published : "created" in record ? record.created : null;
	return time !== null && "local" in time;
}

/** Returns the key of an author among those of all old blogs. */
export function authorKey(source: string, id: string): string {
	return `${source}\0${id}`;
}
