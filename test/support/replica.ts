import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";

type Prepared = { sql: string; values: unknown[] };

/** Where a statement, or a batch of them, runs. */
type Place = (queries: readonly Prepared[]) => Pick<D1Database, "prepare" | "batch">;

/**
 * A D1 with one read replica, near to whoever asks and as far behind as its last copy, of which there were `copies`. It
 * answers sessions as the platform does: from the replica where the session does not need anything newer.
 */
export function replicated(primary: D1Database, replica: D1Database, copies: () => number): D1Database {
	const isRead = ({ sql }: Prepared) => /^\s*select\b/i.test(sql);
	return {
		...answeringFrom(() => primary),
		exec: (sql) => primary.exec(sql),
		dump: () => primary.dump(),
		withSession(start = "first-unconstrained") {
			// A bookmark is how many copies there were when its query ran: the next one has all that it saw.
			if (!/^(first-unconstrained|first-primary|\d+)$/.test(start)) {
				return answeringFrom(() => {
					throw new Error(`D1_ERROR: ${start} is no bookmark of this database.`);
				}) as ReturnType<D1Database["withSession"]>;
			}
			let bookmark = start === "first-unconstrained" || start === "first-primary" ? null : start;
			return {
				...answeringFrom((queries) => {
					const caughtUp = bookmark === null ? start === "first-unconstrained" : copies() > Number(bookmark);
					if (caughtUp && queries.every(isRead)) {
						bookmark ??= String(copies() - 1);
						return replica;
					}
					bookmark = String(copies());
					return primary;
				}),
				getBookmark: () => bookmark,
			};
		},
	};
}

/** Statements that learn where to run when they do. */
function answeringFrom(place: Place): Pick<D1Database, "prepare" | "batch"> {
	const written = new WeakMap<D1PreparedStatement, Prepared>();
	const made = (query: Prepared): D1PreparedStatement => {
		const there = () => {
			const statement = place([query]).prepare(query.sql);
			return query.values.length === 0 ? statement : statement.bind(...query.values);
		};
		const statement = {
			bind: (...values: unknown[]) => made({ ...query, values }),
			first: (...column: [string]) => there().first(...column),
			all: () => there().all(),
			run: () => there().run(),
			raw: (options?: { columnNames?: false }) => there().raw(options),
		} as D1PreparedStatement;
		written.set(statement, query);
		return statement;
	};
	return {
		prepare: (sql) => made({ sql, values: [] }),
		batch(statements) {
			const queries = statements.flatMap((statement) => written.get(statement) ?? []);
			const there = place(queries);
			return there.batch(queries.map(({ sql, values }) => there.prepare(sql).bind(...values)));
		},
	};
}

/** Our own tables, not those of SQLite and the platform. */
const tables =
	"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_*'";

/** Makes a migrated database a replica: rows come by copying, so nothing that happens there may change any. */
export async function withoutTriggers(replica: D1Database): Promise<void> {
	const { results } = await replica
		.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'")
		.all<{ name: string }>();
	await replica.batch(results.map(({ name }) => replica.prepare(`DROP TRIGGER ${name}`)));
}

/** Copies every row of the primary over what the replica has. */
export async function copyRows(primary: D1Database, replica: D1Database): Promise<void> {
	const { results: names } = await replica.prepare(tables).all<{ name: string }>();
	const contents = await primary.batch<Record<string, unknown>>(
		names.map(({ name }) => primary.prepare(`SELECT * FROM ${name}`)),
	);
	await replica.batch(
		names.flatMap(({ name }, at) => {
			const rows = contents[at]?.results ?? [];
			const columns = Object.keys(rows[0] ?? {});
			const values = columns.map((column) => `value ->> '$.${column}'`).join(", ");
			const insert = `INSERT INTO ${name} (${columns.join(", ")}) SELECT ${values} FROM json_each(?)`;
			return [
				replica.prepare(`DELETE FROM ${name}`),
				...(rows.length === 0 ? [] : [replica.prepare(insert).bind(JSON.stringify(rows))]),
			];
		}),
	);
}
