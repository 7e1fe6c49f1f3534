import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import type { Progress } from "./collect.ts";
import type { NewAddresses } from "./convert/addresses.ts";
import { convertEntry } from "./convert/entry.ts";
import { type PlannedEntry, placeOf } from "./plan-entries.ts";
import type { EntryRecord } from "./record.ts";
import type { Spool, SpooledRecord } from "./spool.ts";

/** Options of writing entries. */
export type WriteOptions = {
	/** Returns the new addresses for the text of an entry that gets this file. */
	addressesFor(spooled: SpooledRecord<EntryRecord>, file: string): NewAddresses;
	/** The folder to write to; null only converts. */
	contentDir: string | null;
	/** Whether a line end in a paragraph is a line break on this blog. */
	breaks: boolean;
	progress: Progress;
	signal: AbortSignal;
};

/**
 * Converts every planned entry and, if `contentDir` is given, writes its file. A file is written whole or not at all, so a
 * later run goes on where this one was stopped.
 */
export async function writeEntries(
	spool: Spool,
	{ addressesFor, contentDir, breaks, progress, signal }: WriteOptions,
): Promise<void> {
	const planned = spool.prepare("SELECT body FROM planned WHERE n = :n");
	let done = 0;
	for (const spooled of spool.entries()) {
		signal.throwIfAborted();
		const { n, record } = spooled;
		const row = planned.get({ n }) as { body: string | null } | undefined;
		if (row === undefined || row.body === null) continue;
		const { file, keys }: PlannedEntry = JSON.parse(row.body);
		const place = placeOf(spooled);
		const remark = (message: string) => spool.remark(record.kind, place, `"${record.title}" ${message}`);
		const addresses = addressesFor(spooled, file);
		const { markdown, remarks } = await convertEntry(record.text, addresses, breaks);
		for (const message of remarks) remark(message);
		const { imported_from = "", ...others } = keys;
		const all = { ...others, ...imageOf(record, addresses, remark), imported_from };
		const text = `---\n${stringify(all, { lineWidth: 0 })}---\n\n${markdown.trim()}\n`;
		if (contentDir !== null) await writeNew(join(contentDir, file), text);
		spool.settle(n, "written", file);
		done += 1;
		if (done % 100 === 0) progress("Converting", done);
	}
	progress("Converting", done);
}

/** Returns the front matter of the image an entry is presented with. */
function imageOf(
	{ image, kind, title }: EntryRecord,
	addresses: NewAddresses,
	remark: (message: string) => void,
): { image?: { src: string; alt?: string } } {
	if (image === null || kind === "page") return {};
	const address = "medium" in image ? addresses.mediumById(image.medium) : image.address;
	const src = address === null ? null : (addresses.medium(address) ?? address);
	if (src !== null && (src.startsWith("/media/") || URL.canParse(src))) return { image: { src, alt: title } };
	remark("is presented with an image that is not in the export; left out.");
	return {};
}

/** Writes a new file under a temporary name and renames it. Throws if there is one already. */
export async function writeNew(
	path: string,
	content: string | Uint8Array | AsyncIterable<Uint8Array>,
): Promise<void> {
	await mkdir(dirname(path), { recursive: true });
	const temporary = `${path}.${randomBytes(4).toString("hex")}~`;
	try {
		await writeFile(temporary, content, { flag: "wx" });
		if (existsSync(path)) throw new Error(`${path} appeared while the import was running`);
		await rename(temporary, path);
	} finally {
		await rm(temporary, { force: true });
	}
}
