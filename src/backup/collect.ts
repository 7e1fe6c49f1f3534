import type { D1Database } from "@cloudflare/workers-types";
import { BackupError } from "./error.ts";
import { bucketSize, type Fingerprint, fingerprintQuery, rowsQuery } from "./fingerprints.ts";
import { type BackupSource, beginning, type Row, readPage, toLines } from "./rows.ts";
import type { BackupSpool } from "./spool.ts";
import type { Table } from "./tables.ts";

/** Tells how far a long step has come. */
export type Progress = (step: string, done: number) => void;

/** The most rows of a table that is read together with others. */
const rowsTogether = 50;

/** Changed buckets that are read in one transaction with the fingerprints. */
const bucketsTogether = 40;

/** Readings of what changed, after which the blog must be too busy. */
const mostRounds = 20;

/**
 * Reads all rows of the tables into the spool, as they were at one instant. Pages are read one after another while the blog
 * goes on; then what changed is read again, until one transaction shows that nothing has but what it reads itself.
 */
export async function collectRows(
	source: BackupSource,
	tables: readonly Table[],
	spool: BackupSpool,
	progress: Progress,
	signal: AbortSignal,
): Promise<void> {
	const known = new Map<string, string>(
		spool.get<[string, string][]>("fingerprints") ?? (await readFingerprints(source.d1, tables, [])).prints,
	);
	spool.set("fingerprints", [...known]);
	const small = tables.filter(
		(table) => spool.positionOf(table.name) === beginning && countOf(table, known) <= rowsTogether,
	);
	await readTogether(source.d1, small, spool);
	let read = 0;
	for (const table of tables) {
		for (let last = spool.positionOf(table.name); last !== null; ) {
			signal.throwIfAborted();
			const page = await readPage(source, table, last);
			spool.addPage(table.name, page.rows, page.last);
			last = page.last;
			read += page.rows.length;
			progress("Reading", read);
		}
	}
	await readChanges(source.d1, tables, spool, known, signal);
}

/** Reads tables of few rows in one transaction: for a deployment, each query by itself takes a command of its own. */
async function readTogether(d1: D1Database, tables: readonly Table[], spool: BackupSpool): Promise<void> {
	if (tables.length === 0) return;
	const everything = [beginning, Number.MAX_SAFE_INTEGER] as const;
	const results = await d1.batch<Row>(tables.map((table) => d1.prepare(rowsQuery(table, ...everything))));
	for (const [at, table] of tables.entries()) {
		spool.addPage(table.name, await toLines(d1, table, results[at]?.results ?? []), null);
	}
}

/** Returns how many rows a table had when the fingerprints were taken. */
function countOf({ name }: Table, known: ReadonlyMap<string, string>): number {
	const own = [...known].filter(([key]) => key.startsWith(`${name}/`));
	return own.reduce((sum, [, print]) => sum + Number(print.split(" ")[0]), 0);
}

/** Reads what changed since the known fingerprints, until nothing has changed any more. */
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
			await replaceBucket(d1, spool, bucket, rows[at] ?? []);
			known.delete(bucket.key);
			const print = prints.get(bucket.key);
			if (print !== undefined) known.set(bucket.key, print);
		}
		const changed = [...new Set([...prints.keys(), ...known.keys()])].filter(
			(key) => prints.get(key) !== known.get(key),
		);
		if (changed.length === 0) return;
		const buckets = changed.flatMap((key) => bucketOf(key, tables));
		// The last rows of these tables, too: that is where new ones come.
		together = buckets.length <= bucketsTogether ? unite(together, buckets) : [];
		if (together.length > 0) continue;
		for (const bucket of buckets) {
			signal.throwIfAborted();
			const { results } = await d1.prepare(rowsQuery(bucket.table, bucket.first, bucket.last)).all<Row>();
			await replaceBucket(d1, spool, bucket, results);
			// As it was before it was read: a change since then shows in the next round.
			known.delete(bucket.key);
			const print = prints.get(bucket.key);
			if (print !== undefined) known.set(bucket.key, print);
		}
	}
	throw new BackupError(
		"The database changed every time its last changes were read; make the backup when fewer people write.",
	);
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
		...buckets.map(({ table, first, last }) => d1.prepare(rowsQuery(table, first, last))),
	]);
	const prints = new Map<string, string>(
		tables.flatMap(({ name }, at) =>
			((results[at]?.results ?? []) as unknown as Fingerprint[]).map(
				({ bucket, count, sum }) => [`${name}/${bucket}`, `${count} ${sum}`] as const,
			),
		),
	);
	return { prints, rows: results.slice(tables.length).map(({ results: rows }) => rows) };
}

async function replaceBucket(
	d1: D1Database,
	spool: BackupSpool,
	{ table, first, last }: Bucket,
	rows: readonly Row[],
): Promise<void> {
	spool.replace(table.name, first, last, await toLines(d1, table, rows));
}
