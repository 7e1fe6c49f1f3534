import type { D1Database } from "@cloudflare/workers-types";
import { statement } from "../db/statement.ts";
import { rowLine, type StoredValue } from "./lines.ts";
import { quote, sequenceTable, type Table } from "./tables.ts";

/** A database to read, and how much of it one answer may hold. */
export type BackupSource = { d1: D1Database; bytesPerPage: number };

/** A row of a table as its line of the backup. */
export type SpooledRow = { rowid: number; line: string };

/** A row as D1 returns it. */
export type Row = Record<string, unknown>;

/** Rows of the first page of a table, before their size is known; the most of any page. */
const pageRows = { first: 100, most: 5000 };

/** The row id before the first. */
export const beginning = Number.MIN_SAFE_INTEGER;

/** Takes a row as it is: a backup may have other columns than this version. */
const asItIs = (row: Row) => row;

/** Reads the lines of a table in the order of its row ids. */
export async function* readLines(source: BackupSource, table: Table): AsyncGenerator<string> {
	for (let last: number | null = beginning; last !== null; ) {
		const page = await readPage(source, table, last);
		for (const { line } of page.rows) yield line;
		last = page.last;
	}
}

/** Reads the rows after a row id; `last` is null when there are no more. Pages of large rows have fewer. */
export async function readPage(
	{ d1, bytesPerPage }: BackupSource,
	table: Table,
	after: number,
): Promise<{ rows: SpooledRow[]; last: number | null }> {
	const rows: SpooledRow[] = [];
	let bytes = 0;
	let last = after;
	while (bytes < bytesPerPage / 2) {
		const average = rows.length === 0 ? null : bytes / rows.length;
		const limit =
			average === null
				? pageRows.first
				: Math.max(1, Math.min(pageRows.most, Math.floor((bytesPerPage - bytes) / average)));
		const selected = table.columns.map(({ name }) => quote(name)).join(", ");
		const own = table.name === sequenceTable ? " AND name <> 'd1_migrations'" : "";
		const select = statement<{ last: number; limit: number }, Row>(
			`SELECT rowid AS "rowid", ${selected} FROM ${quote(table.name)} WHERE rowid > :last${own} ORDER BY rowid LIMIT :limit`,
			asItIs,
		);
		const found = await select.all(d1, { last, limit });
		const read = await toLines(d1, table, found);
		for (const row of read) {
			rows.push(row);
			bytes += row.line.length;
			last = row.rowid;
		}
		if (found.length < limit) return { rows, last: null };
	}
	return { rows, last };
}

/** Returns the lines of rows. Texts that could not be decoded are read again as bytes. */
export async function toLines(d1: D1Database, table: Table, rows: readonly Row[]): Promise<SpooledRow[]> {
	const doubtful = rows.filter((row) =>
		table.columns.some(({ name }) => typeof row[name] === "string" && row[name].includes("\ufffd")),
	);
	const exact = new Map<number, Row>();
	if (doubtful.length > 0) {
		const columns = table.columns
			.map(({ name }) => `iif(typeof(${quote(name)}) = 'text', hex(${quote(name)}), NULL) AS ${quote(name)}`)
			.join(", ");
		const select = statement<{ rowid: number }, Row>(
			`SELECT rowid AS "rowid", ${columns} FROM ${quote(table.name)} WHERE rowid = :rowid`,
			asItIs,
		);
		for (const { rowid } of doubtful) {
			const row = await select.first(d1, { rowid: Number(rowid) });
			if (row !== null) exact.set(Number(rowid), row);
		}
	}
	return rows.map((row) => {
		const rowid = Number(row.rowid);
		const bytes = exact.get(rowid);
		return { rowid, line: rowLine(table.columns.map(({ name }) => storedValue(row[name], bytes?.[name]))) };
	});
}

/** Returns a value as the backup has it; `hex` are the bytes of a text, if they were read. */
function storedValue(value: unknown, hex: unknown): StoredValue {
	if (typeof value === "string") {
		const isExact = typeof hex !== "string" || Buffer.from(value).equals(Buffer.from(hex, "hex"));
		return isExact ? value : { text: hex };
	}
	if (value === null || typeof value === "number") return value;
	if (value instanceof Uint8Array || Array.isArray(value))
		return { blob: Buffer.from(value).toString("hex") };
	throw new TypeError(`A value of type ${typeof value} cannot be backed up.`);
}
