import { createWriteStream, renameSync, rmSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { type Footer, type Header, type TableEnd, type TableStart, tableDigest } from "./lines.ts";
import type { BackupSpool } from "./spool.ts";
import type { Table } from "./tables.ts";

/** The contents of a backup, for people: how many rows each table has. */
export type Contents = readonly { table: string; rows: number }[];

/** Bytes that are given to the compressor at once. */
const chunkSize = 256 * 1024;

/** Writes a backup from the spool, under another name until it is whole. Only this user can read it. */
export async function writeBackup(
	path: string,
	header: Header,
	tables: readonly Table[],
	spool: BackupSpool,
): Promise<Contents> {
	const contents: { table: string; rows: number }[] = [];
	const unfinished = `${path}~`;
	try {
		await pipeline(
			Readable.from(chunksOf(linesOf(header, tables, spool, contents))),
			createGzip(),
			createWriteStream(unfinished, { mode: 0o600 }),
		);
		renameSync(unfinished, path);
	} finally {
		rmSync(unfinished, { force: true });
	}
	return contents;
}

function* linesOf(
	header: Header,
	tables: readonly Table[],
	spool: BackupSpool,
	contents: { table: string; rows: number }[],
): Generator<string> {
	yield JSON.stringify(header);
	for (const { name, columns } of tables) {
		yield JSON.stringify({ table: name, columns: columns.map((column) => column.name) } satisfies TableStart);
		const digest = tableDigest();
		for (const line of spool.lines(name)) {
			digest.add(line);
			yield line;
		}
		const end: TableEnd = digest.end();
		contents.push({ table: name, rows: end.rows });
		yield JSON.stringify(end);
	}
	const rows = contents.reduce((sum, table) => sum + table.rows, 0);
	yield JSON.stringify({ tables: contents.length, rows } satisfies Footer);
}

function* chunksOf(lines: Generator<string>): Generator<Buffer> {
	let text = "";
	for (const line of lines) {
		text += `${line}\n`;
		if (text.length < chunkSize) continue;
		yield Buffer.from(text);
		text = "";
	}
	yield Buffer.from(text);
}
