import { quote, sequenceTable, type Table } from "./tables.ts";

/*
 * Fingerprints find what changed while a backup was made without reading it again: one for each 512 row ids, computed where
 * the rows are. SQLite has no digest; a fingerprint sums, with weights, numbers, and of texts their length and five of their
 * characters. That a change leaves all of them as they were would need a text of the same length that differs elsewhere,
 * in a row whose times, counts and version stay: those of comments and settings count every change of their words.
 */

/** Row ids that share a fingerprint. */
export const bucketSize = 512;

/** A fingerprint as the database returns it. */
export type Fingerprint = { bucket: number; count: number; sum: number };

/** Returns the query for the fingerprints of a table. */
export function fingerprintQuery({ name, columns }: Table): string {
	const sums = columns.map(({ name: column, type }, at) => pieceOf(quote(column), type, 11 + at * 38));
	return `SELECT rowid / ${bucketSize} AS bucket, count(*) AS count, sum(rowid % 1000003 + ${sums.join(" + ")}) AS sum FROM ${quote(name)}${rowsOf(name)} GROUP BY 1`;
}

/** Returns the query for the rows of a table between two row ids, both included. */
export function rowsQuery({ name, columns }: Table, first: number, last: number): string {
	const selected = columns.map(({ name: column }) => quote(column)).join(", ");
	const own = name === sequenceTable ? " AND name <> 'd1_migrations'" : "";
	return `SELECT rowid AS "rowid", ${selected} FROM ${quote(name)} WHERE rowid BETWEEN ${first} AND ${last}${own} ORDER BY rowid`;
}

const rowsOf = (name: string) => (name === sequenceTable ? " WHERE name <> 'd1_migrations'" : "");

/** Returns the sum for one column; each weight is another prime or near it, so that equal changes of two columns differ. */
function pieceOf(column: string, type: string, weight: number): string {
	if (type === "INTEGER") return `ifnull(${column} % 1000003 * ${weight}, ${-weight})`;
	if (type === "REAL") return `ifnull(CAST(${column} * 1000 AS INTEGER) % 1000003 * ${weight}, ${-weight})`;
	const at = (position: string, times: number) =>
		`ifnull(unicode(substr(${column}, ${position}, 1)), 0) * ${weight + times}`;
	const quarter = (times: number) => at(`length(${column}) * ${times} / 4 + 1`, times + 1);
	return `ifnull(length(${column}) * ${weight} + ${[at("1", 1), quarter(1), quarter(2), quarter(3), at("-1", 5)].join(" + ")}, ${-weight})`;
}
