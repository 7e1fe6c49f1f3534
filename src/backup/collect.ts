import type { D1Database, D1Result } from "@cloudflare/workers-types";
import { BackupError } from "./error.ts";
import { bucketSize, type Fingerprint, fingerprintQuery, fingerprintsBetween } from "./fingerprints.ts";
import {
	type BackupSource,
	beginning,
	type ReadRows,
	type Row,
	readPage,
	rowsBetween,
	toLines,
} from "./rows.ts";
import type { BackupSpool } from "./spool.ts";
import { ownRows, quote, type Table } from "./tables.ts";

/** Tells how far a long step has come. */
export type Progress = (step: string, done: number) => void;

/** The most rows of a table that is read together with others. */
const rowsTogether = 50;

/** Changed buckets that are read in one transaction with all fingerprints. */
const bucketsTogether = 40;

/** Readings of what changed, after which the blog must be too busy. */
const mostRounds = 20;

/**
 * Reads all rows of the tables into the spool, as they were at one instant. Pages are read one after another while the blog
 * goes on, each in one transaction with the fingerprints of its rows; then what changed is read again, until one transaction
 * shows that all fingerprints are those of the rows that were read.
 */
export async function collectRows(
	{ d1, bytesPerPage }: BackupSource,
	tables: readonly Table[],
	spool: BackupSpool,
	progress: Progress,
	signal: AbortSignal,
): Promise<void> {
	const known = spool.fingerprints();
	await readSmallTables(
		d1,
		tables.filter(({ name }) => spool.positionOf(name) === beginning),
		spool,
		known,
	);
	let read = 0;
	for (const table of tables) {
		for (let last = spool.positionOf(table.name); last !== null; ) {
			signal.throwIfAborted();
			const { fingerprints, readRows } = readingOf(d1, known);
			const page = await readPage(readRows, bytesPerPage, table, last);
			spool.addPage(table.name, page.rows, fingerprints, page.last);
			keep(known, fingerprints);
			last = page.last;
			read += page.rows.length;
			progress("Reading", read);
		}
	}
	await readChanges(d1, tables, spool, known, signal);
}

/** Reads tables of few rows in one transaction: for a deployment, each query by itself takes a command of its own. */
async function readSmallTables(
	d1: D1Database,
	tables: readonly Table[],
	spool: BackupSpool,
	known: Map<string, string>,
): Promise<void> {
	if (tables.length === 0) return;
	const counts = tables.map(
		(table) =>
			`(SELECT count(*) FROM (SELECT 1 FROM ${quote(table.name)} WHERE ${ownRows(table)} LIMIT ${rowsTogether + 1})) AS ${quote(table.name)}`,
	);
	const counted = await d1.prepare(`SELECT ${counts.join(", ")}`).first<Row>();
	const small = tables.filter(({ name }) => Number(counted?.[name]) <= rowsTogether);
	if (small.length === 0) return;
	const results = await d1.batch<Row>([
		...small.map((table) => d1.prepare(rowsBetween(table, beginning, Number.MAX_SAFE_INTEGER).sql)),
		...small.map((table) => d1.prepare(fingerprintQuery(table))),
	]);
	for (const [at, table] of small.entries()) {
		const { fingerprints, readRows } = readingOf(d1, known, printsOf(table, results[small.length + at]));
		const rows = await toLines(readRows, table, results[at]?.results ?? []);
		spool.addPage(table.name, rows, fingerprints, null);
		keep(known, fingerprints);
	}
}

/** Reads what changed since its fingerprint was taken, until nothing has changed any more. */
async function readChanges(
	d1: D1Database,
	tables: readonly Table[],
	spool: BackupSpool,
	known: Map<string, string>,
	signal: AbortSignal,
): Promise<void> {
	let together: Bucket[] = [];
	for (let round = 0; round < mostRounds; round++) {
		signal.throwIfAborted();
		const { prints, rows } = await readFingerprints(d1, tables, together);
		for (const [at, bucket] of together.entries()) {
			await replaceBucket(d1, spool, known, bucket, rows[at] ?? [], prints);
		}
		const changed = [...new Set([...prints.keys(), ...known.keys()])].filter(
			(key) => (prints.get(key) ?? noRows) !== (known.get(key) ?? noRows),
		);
		if (changed.length === 0) return;
		const buckets = changed.flatMap((key) => bucketOf(key, tables));
		// The last rows of these tables, too: that is where new ones come.
		together = buckets.length <= bucketsTogether ? unite(together, buckets) : [];
		if (together.length > 0) continue;
		for (const bucket of buckets) {
			signal.throwIfAborted();
			const [read, print] = await d1.batch<Row>([
				d1.prepare(rowsBetween(bucket.table, bucket.first, bucket.last).sql),
				d1.prepare(fingerprintsBetween(bucket.table, `${bucket.first}`, `${bucket.last}`)),
			]);
			await replaceBucket(d1, spool, known, bucket, read?.results ?? [], printsOf(bucket.table, print));
		}
	}
	throw new BackupError(
		"The database changed every time its last changes were read; make the backup when fewer people write.",
	);
}

/** The fingerprint of a bucket without rows, and of one whose rows were read in different states. */
const noRows = "";
const mixed = "mixed";

/**
 * Begins a reading: its rows are read in one transaction with their fingerprints, which are gathered. Rows of one bucket that
 * were read while its fingerprint was another are `mixed`: a value that changed and changed back must not pass for unchanged.
 */
function readingOf(
	d1: D1Database,
	known: ReadonlyMap<string, string>,
	fingerprints = new Map<string, string>(),
): { fingerprints: Map<string, string>; readRows: ReadRows } {
	return {
		fingerprints,
		async readRows(table, { sql, first, last }) {
			const [rows, prints] = await d1.batch<Row>([
				d1.prepare(sql),
				d1.prepare(fingerprintsBetween(table, first, last)),
			]);
			for (const [key, print] of printsOf(table, prints)) {
				const before = fingerprints.get(key) ?? known.get(key) ?? print;
				fingerprints.set(key, before === print ? print : mixed);
			}
			return rows?.results ?? [];
		},
	};
}

function keep(known: Map<string, string>, fingerprints: ReadonlyMap<string, string>): void {
	for (const [key, print] of fingerprints) known.set(key, print);
}

/** The rows of a table that share a fingerprint. */
type Bucket = { key: string; table: Table; first: number; last: number };

function bucketOf(key: string, tables: readonly Table[]): Bucket[] {
	const [name = "", number = ""] = key.split("/");
	const first = Number(number) * bucketSize;
	return tables
		.filter((table) => table.name === name)
		.map((table) => ({ key, table, first, last: first + bucketSize - 1 }));
}

function unite(some: readonly Bucket[], others: readonly Bucket[]): Bucket[] {
	return [...new Map([...some, ...others].map((bucket) => [bucket.key, bucket])).values()];
}

/** Reads all fingerprints, and the rows of some buckets, in one transaction. */
async function readFingerprints(d1: D1Database, tables: readonly Table[], buckets: readonly Bucket[]) {
	const results = await d1.batch<Row>([
		...tables.map((table) => d1.prepare(fingerprintQuery(table))),
		...buckets.map(({ table, first, last }) => d1.prepare(rowsBetween(table, first, last).sql)),
	]);
	const prints = new Map(tables.flatMap((table, at) => [...printsOf(table, results[at])]));
	return { prints, rows: results.slice(tables.length).map(({ results: rows }) => rows) };
}

/** Returns the fingerprints of a result, by bucket. */
function printsOf({ name }: Table, result: D1Result<Row> | undefined): Map<string, string> {
	const rows = (result?.results ?? []) as unknown as readonly Fingerprint[];
	return new Map(rows.map(({ bucket, count, sum }) => [`${name}/${bucket}`, `${count} ${sum}`]));
}

/** Replaces what was read of a bucket by rows that were read together with the fingerprints `prints`. */
async function replaceBucket(
	d1: D1Database,
	spool: BackupSpool,
	known: Map<string, string>,
	{ key, table, first, last }: Bucket,
	rows: readonly Row[],
	prints: ReadonlyMap<string, string>,
): Promise<void> {
	const { fingerprints, readRows } = readingOf(d1, known, new Map([[key, prints.get(key) ?? noRows]]));
	spool.replace(table.name, first, last, await toLines(readRows, table, rows), fingerprints);
	keep(known, fingerprints);
}
