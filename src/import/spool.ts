import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import type {
	CommentRecord,
	EntryRecord,
	FileRecord,
	ImportRecord,
	LinkRecord,
	MediumRecord,
	RowKind,
	RowRecord,
} from "./record.ts";

/**
 * The outcomes of a record. `written`: now in the blog, or about to be. `present`: there from an earlier import. `reported`:
 * left out, with a reason the owner reads.
 */
export type Outcome = "written" | "present" | "reported";

/** A record as it waits in the spool. */
export type SpooledRecord<R> = { n: number; source: string; file: string; record: R };

/** Counts of outcomes by kind. */
export type Tally = { kind: string; outcome: Outcome | null; count: number };

/** A record that was left out, or a remark on one that was not. */
export type Report = { kind: string; place: string; message: string };

/**
 * The records between reading and writing, in a temporary SQLite file: files of any size and in any order take little
 * memory, and sorting, threads and matching are queries. Only this user can read it, and it is deleted at the end.
 */
export type Spool = {
	readonly db: DatabaseSync;
	add(source: string, file: string, record: ImportRecord): void;
	/** Records the outcome of a record, with the reason if it is reported. */
	settle(n: number, outcome: Outcome, message?: string): void;
	/** Adds a remark on a record that is written all the same. */
	remark(kind: string, place: string, message: string): void;
	entries(): Iterable<SpooledRecord<EntryRecord>>;
	media(): Iterable<SpooledRecord<MediumRecord>>;
	comments(): Iterable<SpooledRecord<CommentRecord>>;
	links(): Iterable<SpooledRecord<LinkRecord>>;
	copies(): Iterable<SpooledRecord<FileRecord>>;
	rows(kind: RowKind): Iterable<SpooledRecord<RowRecord>>;
	tallies(): Tally[];
	/** Returns how many reports there are of each message, with the first places. */
	reports(): Iterable<Report>;
	prepare(sql: string): StatementSync;
	close(): void;
};

const schema = `
	PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -16000;
	CREATE TABLE records (
		n INTEGER PRIMARY KEY, kind TEXT NOT NULL, class TEXT NOT NULL, source TEXT NOT NULL, id TEXT NOT NULL,
		file TEXT NOT NULL, line INTEGER, body TEXT NOT NULL, outcome TEXT, message TEXT
	);
	CREATE UNIQUE INDEX records_id ON records (class, source, id);
	CREATE TABLE comments (
		n INTEGER PRIMARY KEY, parent TEXT, state TEXT NOT NULL, created INTEGER, post_id TEXT, parent_n INTEGER, depth INTEGER,
		comment_id INTEGER, path TEXT, present INTEGER NOT NULL DEFAULT 0, public_below INTEGER NOT NULL DEFAULT 0,
		origin_source TEXT NOT NULL, origin_id TEXT NOT NULL, own INTEGER NOT NULL
	);
	CREATE INDEX comments_origin ON comments (origin_source, origin_id);
	CREATE TABLE erased_visitors (visitor TEXT PRIMARY KEY) WITHOUT ROWID;
	CREATE INDEX comments_parent ON comments (parent_n);
	CREATE INDEX comments_depth ON comments (depth);
	CREATE TABLE remarks (kind TEXT NOT NULL, place TEXT NOT NULL, message TEXT NOT NULL);
	CREATE TABLE addresses (key TEXT PRIMARY KEY, entry INTEGER NOT NULL);
`;

/** Opens an empty spool. */
export function openSpool(): Spool {
	const folder = mkdtempSync(join(tmpdir(), "edgecat-import-"));
	const db = new DatabaseSync(join(folder, "spool.sqlite"));
	db.exec(schema);
	const prepared = new Map<string, StatementSync>();
	const prepare = (sql: string) => {
		const known = prepared.get(sql) ?? db.prepare(sql);
		prepared.set(sql, known);
		return known;
	};
	const run = (sql: string, values: Record<string, SQLInputValue>) => prepare(sql).run(values);

	function* stored<R>(where: string): Generator<SpooledRecord<R>> {
		const rows = db.prepare(`SELECT n, source, file, body FROM records WHERE ${where} ORDER BY n`).iterate();
		for (const row of rows) {
			const { n, source, file, body } = row as { n: number; source: string; file: string; body: string };
			yield { n, source, file, record: JSON.parse(body) };
		}
	}

	const settle: Spool["settle"] = (n, outcome, message = "") =>
		void run("UPDATE records SET outcome = :outcome, message = :message WHERE n = :n", {
			outcome,
			message,
			n,
		});

	db.exec("BEGIN");
	return {
		db,
		prepare,
		add(source, file, record) {
			const { id, line = null } = record;
			const kind = "as" in record ? record.as : record.kind;
			const kindClass = record.kind === "copy" ? "copy" : kind === "page" ? "post" : kind;
			const body = JSON.stringify(record);
			const insert = `INSERT OR IGNORE INTO records (kind, class, source, id, file, line, body)
				VALUES (:kind, :kindClass, :source, :id, :file, :line, :body)`;
			const values = { kind, kindClass, source, file, line, body };
			const { changes, lastInsertRowid } = run(insert, { ...values, id });
			if (changes === 0) {
				// Kept under an id of its own, so that nothing that was read is lost from the account.
				const repeated = `${id}\0${file}\0${line ?? ""}\0${Math.random()}`;
				const added = run(insert, { ...values, id: repeated });
				settle(Number(added.lastInsertRowid), "reported", `another ${kind} has the same id, ${id}.`);
			} else if (record.kind === "comment") {
				const { parent, state, own, key = id } = record;
				const origin = own?.origin ?? { source, id: key };
				const row = { n: lastInsertRowid, parent, state, ...origin, own: own === undefined ? 0 : 1 };
				const insert = `INSERT INTO comments (n, parent, state, origin_source, origin_id, own)
					VALUES (:n, :parent, :state, :source, :id, :own)`;
				run(insert, row);
			}
		},
		settle,
		remark: (kind, place, message) =>
			void run("INSERT INTO remarks (kind, place, message) VALUES (:kind, :place, :message)", {
				kind,
				place,
				message,
			}),
		entries: () => stored("class = 'post' AND outcome IS NULL"),
		media: () => stored("kind = 'medium' AND outcome IS NULL"),
		comments: () => stored("kind = 'comment' AND outcome IS NULL"),
		links: () => stored("class = 'link' AND outcome IS NULL"),
		copies: () => stored("class = 'copy' AND outcome IS NULL"),
		rows: (kind) => stored(`class = '${kind}' AND outcome IS NULL`),
		tallies: () =>
			prepare(
				"SELECT kind, outcome, count(*) AS count FROM records WHERE kind <> 'site' GROUP BY kind, outcome ORDER BY kind, outcome",
			).all() as Tally[],
		*reports() {
			yield* prepare(
				`SELECT kind, file || coalesce(':' || line, '') AS place, message FROM records WHERE outcome = 'reported'
				UNION ALL SELECT kind, place, message FROM remarks`,
			).iterate() as Iterable<Report>;
		},
		close() {
			db.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
