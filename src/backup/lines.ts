import { createHash } from "node:crypto";

/*
 * The format of a backup: JSON Lines, compressed with gzip. The first line is the header. Each table is a line with its name
 * and columns, a line for each row (an array in the order of the columns), and a line with their number and SHA-256. The last
 * line counts tables and rows, so that a file that was cut off is recognized.
 */

/** A value of a row. Text that is not valid UTF-8, and bytes, are in hexadecimal, so that none is changed. */
export type StoredValue = string | number | null | { text: string } | { blob: string };

/** The first line. `migrations` are the names of those the database had, in order; they define its tables. */
export type Header = {
	format: "edgecat-backup";
	version: 1;
	createdAt: string;
	migrations: readonly string[];
};

/** The line before the rows of a table. */
export type TableStart = { table: string; columns: readonly string[] };

/** The line after the rows of a table. The digest is of the rows' lines with their ends. */
export type TableEnd = { rows: number; sha256: string };

/** The last line. */
export type Footer = { tables: number; rows: number };

/** Returns the line of a row. */
export function rowLine(values: readonly StoredValue[]): string {
	return JSON.stringify(values);
}

/** Counts and digests the rows of a table as they go by. */
export function tableDigest(): { add(line: string): void; end(): TableEnd } {
	const hash = createHash("sha256");
	let rows = 0;
	return {
		add(line) {
			hash.update(`${line}\n`);
			rows += 1;
		},
		end: () => ({ rows, sha256: hash.digest("hex") }),
	};
}
