import type { D1Database } from "@cloudflare/workers-types";
import { rowLine, type StoredValue } from "./lines.ts";
import { ownRows, quote, type Table } from "./tables.ts";

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

/** A query for rows of a table, and SQL for the row ids from which and to which they lie. */
export type RowsQuery = { sql: string; first: string; last: string };

/** Reads the rows of a query. */
export type ReadRows = (table: Table, query: RowsQuery) => Promise<readonly Row[]>;

/** Reads rows from a database. */
export function rowsOf(d1: D1Database): ReadRows {
	return async (_, { sql }) => (await d1.prepare(sql).all<Row>()).results;
}

/** Reads the lines of a table in the order of its row ids. */
export async function* readLines({ d1, bytesPerPage }: BackupSource, table: Table): AsyncGenerator<string> {
	for (let last: number | null = beginning; last !== null; ) {
		const page = await readPage(rowsOf(d1), bytesPerPage, table, last);
		for (const { line } of page.rows) yield line;
		last = page.last;
	}
}

/** Reads the rows after a row id; `last` is null when there are no more. Pages of large rows have fewer. */
export async function readPage(
	read: ReadRows,
	bytesPerPage: number,
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
		const found = await read(table, nextRows(table, last, limit));
		for (const row of await toLines(read, table, found)) {
			rows.push(row);
			bytes += row.line.length;
			last = row.rowid;
		}
		if (found.length < limit) return { rows, last: null };
	}
	return { rows, last };
}

/** Returns the query for the rows of a table between two row ids, both included. */
export function rowsBetween(table: Table, first: number, last: number): RowsQuery {
	return {
		sql: `${selectRows(table)} AND rowid BETWEEN ${first} AND ${last} ORDER BY rowid`,
		first: `${first}`,
		last: `${last}`,
	};
}

function nextRows(table: Table, after: number, limit: number): RowsQuery {
	const next = `FROM ${quote(table.name)} WHERE rowid > ${after}`;
	return {
		sql: `${selectRows(table)} AND rowid > ${after} ORDER BY rowid LIMIT ${limit}`,
		first: `SELECT min(rowid) ${next}`,
		last: `SELECT max(rowid) FROM (SELECT rowid ${next} ORDER BY rowid LIMIT ${limit})`,
	};
}

/** Returns the lines of rows. Texts that could not be decoded are read again as bytes. */
export async function toLines(read: ReadRows, table: Table, rows: readonly Row[]): Promise<SpooledRow[]> {
	const doubtful = rows.filter((row) =>
		table.columns.some(({ name }) => typeof row[name] === "string" && row[name].includes("\ufffd")),
	);
	const exact = new Map<number, Row>();
	for (const { rowid } of doubtful) {
		const [row] = await read(table, bytesOf(table, Number(rowid)));
		if (row !== undefined) exact.set(Number(rowid), row);
	}
	return rows.map((row) => {
		const rowid = Number(row.rowid);
		const bytes = exact.get(rowid);
		return { rowid, line: rowLine(table.columns.map(({ name }) => storedValue(row[name], bytes?.[name]))) };
	});
}

function bytesOf({ name, columns }: Table, rowid: number): RowsQuery {
	const texts = columns
		.map(({ name }) => `iif(typeof(${quote(name)}) = 'text', hex(${quote(name)}), NULL) AS ${quote(name)}`)
		.join(", ");
	return {
		sql: `SELECT rowid AS "rowid", ${texts} FROM ${quote(name)} WHERE rowid = ${rowid}`,
		first: `${rowid}`,
		last: `${rowid}`,
	};
}

function selectRows(table: Table): string {
	const columns = table.columns.map(({ name }) => quote(name)).join(", ");
	return `SELECT rowid AS "rowid", ${columns} FROM ${quote(table.name)} WHERE ${ownRows(table)}`;
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
