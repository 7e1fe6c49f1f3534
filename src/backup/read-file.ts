import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import * as v from "valibot";
import { BackupError } from "./error.ts";
import { type Header, type StoredValue, type TableEnd, type TableStart, tableDigest } from "./lines.ts";

/** A part of a backup, in the order of the file. */
export type BackupPart =
	| { kind: "header"; header: Header }
	| { kind: "table"; start: TableStart }
	| { kind: "row"; values: StoredValue[]; line: string }
	| { kind: "end"; end: TableEnd };

const headerSchema = v.object({
	format: v.literal("edgecat-backup"),
	version: v.number(),
	createdAt: v.pipe(v.string(), v.isoTimestamp()),
	migrations: v.array(v.string()),
});
const startSchema = v.object({ table: v.string(), columns: v.array(v.string()) });
const endSchema = v.object({ rows: v.number(), sha256: v.string() });
const footerSchema = v.object({ tables: v.number(), rows: v.number() });
const rowSchema = v.array(
	v.union([
		v.string(),
		v.number(),
		v.null(),
		v.strictObject({ text: v.string() }),
		v.strictObject({ blob: v.string() }),
	]),
);

/**
 * Reads a backup and checks it as it goes: the number of rows and the digest of every table, and that it is whole. Throws
 * `BackupError`; until the end is reached nothing that was read can be relied on.
 */
export async function* readBackup(path: string): AsyncGenerator<BackupPart> {
	const damaged = (what: string) =>
		new BackupError(
			`${path} is damaged: ${what}. Copy it again from where it is kept, or use another backup.`,
		);
	const parse = <T>(schema: v.GenericSchema<unknown, T>, line: string, what: string): T => {
		const result = v.safeParse(schema, jsonOf(line));
		if (!result.success) throw damaged(what);
		return result.output;
	};
	let state: "header" | "tables" | "rows" | "done" = "header";
	let current: { start: TableStart; digest: ReturnType<typeof tableDigest> } | null = null;
	const read = { tables: 0, rows: 0 };
	for await (const line of linesOf(path, damaged)) {
		if (state === "header") {
			const found = v.safeParse(headerSchema, jsonOf(line));
			if (!found.success) throw new BackupError(`${path} is no backup of edgecat; name one.`);
			const { version } = found.output;
			if (version !== 1) {
				throw new BackupError(
					`${path} is of a newer version of edgecat (format ${version}); restore it with that.`,
				);
			}
			state = "tables";
			yield { kind: "header", header: { ...found.output, format: "edgecat-backup", version: 1 } };
		} else if (state === "tables" && line.startsWith('{"table":')) {
			const start = parse(startSchema, line, "the beginning of a table cannot be read");
			current = { start, digest: tableDigest() };
			state = "rows";
			yield { kind: "table", start };
		} else if (state === "tables") {
			const footer = parse(footerSchema, line, "its last line cannot be read");
			if (footer.tables !== read.tables || footer.rows !== read.rows)
				throw damaged("tables or rows are missing");
			state = "done";
		} else if (state === "rows" && current !== null && line.startsWith("[")) {
			const { start, digest } = current;
			const values = parse(rowSchema, line, `a row of ${start.table} cannot be read`);
			if (values.length !== start.columns.length) throw damaged(`a row of ${start.table} has another length`);
			digest.add(line);
			yield { kind: "row", values, line };
		} else if (state === "rows" && current !== null) {
			const end = parse(endSchema, line, `the end of ${current.start.table} cannot be read`);
			const own = current.digest.end();
			if (own.rows !== end.rows || own.sha256 !== end.sha256) {
				throw damaged(`the rows of ${current.start.table} are not those that were written`);
			}
			read.tables += 1;
			read.rows += end.rows;
			state = "tables";
			yield { kind: "end", end };
		} else throw damaged("something follows its last line");
	}
	if (state !== "done") throw damaged("its end is missing");
}

function jsonOf(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return null;
	}
}

async function* linesOf(path: string, damaged: (what: string) => BackupError): AsyncGenerator<string> {
	const input = createReadStream(path);
	const output = createGunzip();
	input.on("error", (error) => output.destroy(error));
	const decoder = new TextDecoder("utf-8", { fatal: true });
	let rest = "";
	try {
		for await (const chunk of input.pipe(output)) {
			const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
			rest = lines.pop() ?? "";
			yield* lines;
		}
		decoder.decode();
	} catch (error) {
		if (error instanceof Error && "code" in error) {
			if (/^Z_DATA_ERROR$/.test(String(error.code)) && rest === "" && input.bytesRead < 1024)
				throw new BackupError(`${path} is no backup of edgecat; name one.`);
			if (/^Z_|^ERR_ENCODING/.test(String(error.code))) throw damaged(error.message);
		}
		throw error;
	}
	if (rest !== "") throw damaged("its end is missing");
}
