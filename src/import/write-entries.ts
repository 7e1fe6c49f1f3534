import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import type { Progress } from "./collect.ts";
import type { NewAddresses } from "./convert/addresses.ts";
import { convertEntry } from "./convert/entry.ts";
import { type PlannedEntry, placeOf } from "./plan-entries.ts";
import type { Spool } from "./spool.ts";

/**
 * Converts every planned entry and, if `contentDir` is given, writes its file. A file is written whole or not at all, so a
 * later run goes on where this one was stopped.
 */
export async function writeEntries(
	spool: Spool,
	addresses: (source: string, place: string, remark: (message: string) => void) => NewAddresses,
	contentDir: string | null,
	progress: Progress,
	signal: AbortSignal,
): Promise<void> {
	const planned = spool.prepare("SELECT body FROM planned WHERE n = ?");
	let done = 0;
	for (const spooled of spool.entries()) {
		signal.throwIfAborted();
		const { n, source, record } = spooled;
		const row = planned.get(n) as { body: string | null } | undefined;
		if (row === undefined || row.body === null) continue;
		const { file, keys }: PlannedEntry = JSON.parse(row.body);
		const place = placeOf(spooled);
		const remark = (message: string) => spool.remark(record.kind, place, `"${record.title}" ${message}`);
		const { markdown, remarks } = await convertEntry(record.text, addresses(source, place, remark));
		for (const message of remarks) remark(message);
		const text = `---\n${stringify(keys, { lineWidth: 0 })}---\n\n${markdown.trim()}\n`;
		if (contentDir !== null) await writeNew(join(contentDir, file), text);
		spool.settle(n, "written", file);
		done += 1;
		if (done % 100 === 0) progress("Converting", done);
	}
	progress("Converting", done);
}

/** Writes a new file under a temporary name and renames it. Throws if there is one already. */
export async function writeNew(path: string, content: string | Uint8Array): Promise<void> {
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
