import { ownRows, quote, type Table } from "./tables.ts";

/*
 * Fingerprints find what changed while a backup was made without reading it again: one for each 512 row ids, computed where
 * the rows are. SQLite has no digest; a row's number is a polynomial, modulo a prime, over its numbers, the lengths of its
 * texts and five of their characters, and the fingerprint sums the squares of the squares, so that what one row gains and
 * another loses does not cancel out. That a change leaves it as it was would need a text of the same length that differs
 * elsewhere, in a row whose times, counts and version stay: those of comments and settings count every change of their words.
 */

/** Row ids that share a fingerprint. */
export const bucketSize = 512;

/** A fingerprint as the database returns it. */
export type Fingerprint = { bucket: number; count: number; sum: number };

/** The prime of the polynomials, 2^31 - 1: products of two numbers below it fit into SQLite's integers. */
const prime = 2_147_483_647;

/** Returns the query for the fingerprints of a table. */
export function fingerprintQuery(table: Table): string {
	return fingerprintsWhere(table, "true");
}

/** Returns the query for the fingerprints of rows from one row id to another, both as SQL. */
export function fingerprintsBetween(table: Table, first: string, last: string): string {
	const start = (id: string) => `(${id}) / ${bucketSize} * ${bucketSize}`;
	return fingerprintsWhere(table, `rowid BETWEEN ${start(first)} AND ${start(last)} + ${bucketSize - 1}`);
}

function fingerprintsWhere(table: Table, condition: string): string {
	const values = [
		"rowid % 1000003",
		...table.columns.flatMap(({ name, type }) => valuesOf(quote(name), type)),
	];
	let weight = 1n;
	const terms = values.map((value) => {
		weight = (weight * 48_271n) % BigInt(prime);
		return `${value} * ${weight}`;
	});
	return `SELECT id / ${bucketSize} AS bucket, count(*) AS count, sum(square * square % ${prime}) AS sum
		FROM (SELECT id, (value * value + id) % ${prime} AS square
			FROM (SELECT rowid AS id, ${sumOf(terms)} % ${prime} AS value
				FROM ${quote(table.name)} WHERE ${ownRows(table)} AND ${condition}))
		GROUP BY 1`;
}

/** Returns the sum of SQL terms, in halves of halves: D1 takes an expression of at most 100 operators within each other. */
function sumOf(terms: readonly string[]): string {
	if (terms.length === 1) return terms.join("");
	const half = Math.ceil(terms.length / 2);
	return `(${sumOf(terms.slice(0, half))} + ${sumOf(terms.slice(half))})`;
}

/** Returns small numbers that a column's value decides; the last one tells no value from zero and from an empty text. */
function valuesOf(column: string, type: string): string[] {
	const isNull = `(${column} IS NULL)`;
	if (type === "INTEGER") return [`ifnull(${column} % 1000003, 0)`, isNull];
	if (type === "REAL") return [`ifnull(CAST(${column} * 1000 AS INTEGER) % 1000003, 0)`, isNull];
	const at = (position: string) => `ifnull(unicode(substr(${column}, ${position}, 1)), 0)`;
	const quarters = [1, 2, 3].map((times) => at(`length(${column}) * ${times} / 4 + 1`));
	return [`ifnull(length(${column}), 0)`, at("1"), ...quarters, at("-1"), isNull];
}
