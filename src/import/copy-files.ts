import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import type { KnownTerms } from "../build/terms.ts";
import { pathKey } from "../posts/paths.ts";
import type { Site } from "../posts/site.ts";
import type { Progress } from "./collect.ts";
import { type ExistingEntry, readEntry } from "./existing.ts";
import type { OpenExport } from "./input/open.ts";
import { readText, type SourceFile } from "./input/source-file.ts";
import type { FileRecord } from "./record.ts";
import type { Spool } from "./spool.ts";
import { writeNew } from "./write-entries.ts";

/** Everything copying needs. */
export type CopyContext = {
	contentDir: string;
	/** Whether to write; otherwise files that would be count as written. */
	apply: boolean;
	exports: OpenExport["exports"];
	site: Site;
	terms: KnownTerms;
	existing: readonly ExistingEntry[];
	progress: Progress;
	signal: AbortSignal;
};

/**
 * Copies the content files of edgecat's own export as they are. A file that is here stays, whatever is in it, and so does an
 * entry that is here under another name.
 */
export async function copyFiles(spool: Spool, context: CopyContext): Promise<void> {
	const { contentDir, apply, exports, existing, progress, signal } = context;
	const ids = new Map(existing.map((entry) => [entry.id, entry]));
	const addresses = new Map(
		existing.flatMap((entry) =>
			[entry.path, ...entry.aliases].map((path) => [pathKey(path), entry] as const),
		),
	);
	let done = 0;
	for (const { n, file, record } of spool.copies()) {
		signal.throwIfAborted();
		const part = partOf(exports, file, record);
		const target = join(contentDir, record.path);
		if (existsSync(target)) {
			spool.settle(n, "present");
			const isSame = (await digestOf(createReadStream(target))) === (await digestOf(part.raw()));
			if (!isSame)
				spool.remark(
					"file",
					record.path,
					"is here already and differs from the export's; it stays as it is.",
				);
			continue;
		}
		if (record.as !== "file") {
			const entry = readEntry(record.path, await readText(part, "utf-8"), context.site, context.terms);
			if (entry === null) {
				spool.settle(
					n,
					"reported",
					`"${record.path}" has front matter that cannot be read; mend it in the export and import again.`,
				);
				continue;
			}
			const same = ids.get(entry.id);
			const other = addresses.get(pathKey(entry.path));
			if (same !== undefined) {
				spool.settle(n, "present");
				spool.remark("file", record.path, `is here already as ${same.file}, which has the same id.`);
				continue;
			}
			if (other !== undefined) {
				spool.settle(
					n,
					"reported",
					`"${record.path}" has the address ${entry.path}, which is that of ${other.file}; left out.`,
				);
				continue;
			}
			ids.set(entry.id, entry);
			addresses.set(pathKey(entry.path), entry);
		}
		if (apply) await writeNew(target, part.raw());
		spool.settle(n, "written", record.path);
		progress("Copying", ++done);
	}
}

function partOf(exports: CopyContext["exports"], file: string, { id }: FileRecord): SourceFile {
	const found = exports.find((each) => each.file.name === file);
	const folder = found?.file.path.slice(0, -(found.format.main ?? "").length) ?? "";
	const part = found?.parts.find(({ path }) => path === folder + id);
	if (part === undefined) throw new Error(`${id} is not in the export`);
	return part;
}

async function digestOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
	const hash = createHash("sha256");
	for await (const chunk of bytes) hash.update(chunk);
	return hash.digest("hex");
}
