import type { DatabaseSync } from "node:sqlite";
import { quote, sequenceTable, type Table } from "./tables.ts";

/** Bytes of a statement, below D1's limit of 100,000. */
const statementSize = 90_000;

/** Code units of a text that fit a statement in hexadecimal, whatever they are. */
const pieceSize = 12_000;

/**
 * Writes a database as SQL that replaces the rows of another with the same tables. D1 runs a file as a whole or not at all.
 * Tables that refer to others are emptied first and filled last; triggers, which would count rows twice, are made again at
 * the end. Texts longer than a statement are appended to in pieces.
 */
export function* sqlOf(database: DatabaseSync, tables: readonly Table[]): Generator<string> {
	const triggers = database
		.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid")
		.all();
	const refers = ({ name }: Table) =>
		database.prepare("SELECT 1 FROM pragma_foreign_key_list(:name)").get({ name }) !== undefined;
	const data = tables.filter(({ name }) => name !== sequenceTable);
	const ordered = [...data.filter((table) => !refers(table)), ...data.filter(refers)];
	yield "PRAGMA defer_foreign_keys = true";
	for (const { name } of triggers) yield `DROP TRIGGER ${quote(String(name))}`;
	for (const { name } of ordered.toReversed()) yield `DELETE FROM ${quote(name)}`;
	for (const table of ordered) yield* rowsOf(database, table);
	yield `DELETE FROM ${sequenceTable} WHERE name <> 'd1_migrations'`;
	for (const table of tables.filter(({ name }) => name === sequenceTable)) yield* rowsOf(database, table);
	for (const { sql } of triggers) yield String(sql);
}

function* rowsOf(database: DatabaseSync, { name, columns }: Table): Generator<string> {
	const names = columns.map((column) => quote(column.name));
	const insert = `INSERT INTO ${quote(name)} (${names.join(", ")}) VALUES `;
	const own = name === sequenceTable ? " WHERE name <> 'd1_migrations'" : "";
	const exact = names.map((column) => `iif(typeof(${column}) = 'text', CAST(${column} AS BLOB), ${column})`);
	const types = names.map((column) => `typeof(${column})`);
	const select = database.prepare(
		`SELECT json_array(${types.join(", ")}) AS types, ${exact.map((value, at) => `${value} AS c${at}`).join(", ")} FROM ${quote(name)}${own} ORDER BY rowid`,
	);
	let pending: string[] = [];
	let size = 0;
	const flush = function* (): Generator<string> {
		if (pending.length > 0) yield insert + pending.join(",\n");
		pending = [];
		size = 0;
	};
	for (const row of select.iterate()) {
		const kinds = JSON.parse(String(row.types)) as string[];
		const values = columns.map((_, at) => row[`c${at}`] ?? null);
		const long = values.map((value) => value instanceof Uint8Array && value.length > pieceSize);
		const literals = values.map((value, at) =>
			literalOf(long[at] === true ? new Uint8Array() : value, kinds[at] ?? ""),
		);
		const text = `(${literals.join(", ")})`;
		if (size + text.length > statementSize) yield* flush();
		pending.push(text);
		size += text.length + 2;
		if (!long.includes(true)) continue;
		yield* flush();
		for (const [at, value] of values.entries()) {
			if (long[at] === true && value instanceof Uint8Array)
				yield* appendsOf(name, names[at] ?? "", value, kinds[at] ?? "");
		}
	}
	yield* flush();
}

/** Appends to a column of the row that was inserted last. */
function* appendsOf(table: string, column: string, bytes: Uint8Array, kind: string): Generator<string> {
	for (let at = 0; at < bytes.length; at += pieceSize) {
		const piece = literalOf(bytes.subarray(at, at + pieceSize), kind);
		yield `UPDATE ${quote(table)} SET ${column} = ${column} || ${piece} WHERE rowid = (SELECT max(rowid) FROM ${quote(table)})`;
	}
}

/** Returns a value as a literal. Only text of plain characters is written as it is; all other is in hexadecimal. */
function literalOf(value: unknown, kind: string): string {
	if (value instanceof Uint8Array) {
		const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
		if (kind === "blob") return `X'${bytes.toString("hex")}'`;
		const text = bytes.toString("latin1");
		return /^[ -&(-:<-[\]-~]*$/.test(text) ? `'${text}'` : `CAST(X'${bytes.toString("hex")}' AS TEXT)`;
	}
	return value === null ? "NULL" : String(value);
}
