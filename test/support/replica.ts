import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";

type Query = { sql: string; values: unknown[] };

/** Chooses the database on which a statement, or a batch of them, runs. */
type Router = (queries: readonly Query[]) => Pick<D1Database, "prepare" | "batch">;

/**
 * Makes a D1 with one nearby read replica, which is as old as its last copy; `copies` counts the copies. It routes sessions
 * as the platform does: to the replica unless the session needs anything newer.
 */
export function withReplica(primary: D1Database, replica: D1Database, copies: () => number): D1Database {
	const isRead = ({ sql }: Query) => /^\s*select\b/i.test(sql);
	return {
		...routedBy(() => primary),
		exec: (sql) => primary.exec(sql),
		dump: () => primary.dump(),
		withSession(start = "first-unconstrained") {
			// A bookmark is the number of copies when its query ran: the next copy has everything the query saw.
			if (!/^(first-unconstrained|first-primary|\d+)$/.test(start)) {
				return routedBy(() => {
					throw new Error(`D1_ERROR: ${start} is no bookmark of this database.`);
				}) as ReturnType<D1Database["withSession"]>;
			}
			let bookmark = start === "first-unconstrained" || start === "first-primary" ? null : start;
			return {
				...routedBy((queries) => {
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

/** Prepares statements that ask `router` for their database only when they run. */
function routedBy(router: Router): Pick<D1Database, "prepare" | "batch"> {
	const queryOf = new WeakMap<D1PreparedStatement, Query>();
	const prepare = (query: Query): D1PreparedStatement => {
		const routed = () => {
			const statement = router([query]).prepare(query.sql);
			return query.values.length === 0 ? statement : statement.bind(...query.values);
		};
		const statement = {
			bind: (...values: unknown[]) => prepare({ ...query, values }),
			first: (...column: [string]) => routed().first(...column),
			all: () => routed().all(),
			run: () => routed().run(),
			raw: (options?: { columnNames?: false }) => routed().raw(options),
		} as D1PreparedStatement;
		queryOf.set(statement, query);
		return statement;
	};
	return {
		prepare: (sql) => prepare({ sql, values: [] }),
		batch(statements) {
			const queries = statements.flatMap((statement) => queryOf.get(statement) ?? []);
			const db = router(queries);
			return db.batch(queries.map(({ sql, values }) => db.prepare(sql).bind(...values)));
		},
	};
}

/** Selects the blog's own tables, not those of SQLite and the platform. */
const tables =
	"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_*'";

/** Drops a replica's triggers: its rows come by copying, so no statement there may change others. */
export async function dropTriggers(replica: D1Database): Promise<void> {
	const { results } = await replica
		.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'")
		.all<{ name: string }>();
	await replica.batch(results.map(({ name }) => replica.prepare(`DROP TRIGGER ${name}`)));
}

/** Replaces all rows of the replica with those of the primary. */
export async function copyRows(primary: D1Database, replica: D1Database): Promise<void> {
	const { results: names } = await replica.prepare(tables).all<{ name: string }>();
	const contents = await primary.batch<Record<string, unknown>>(
		names.map(({ name }) => primary.prepare(`SELECT * FROM ${name}`)),
	);
	// In any order: a row may come before the one it refers to.
	await replica.batch([
		replica.prepare("PRAGMA defer_foreign_keys = ON"),
		...names.flatMap(({ name }, at) => {
			const rows = contents[at]?.results ?? [];
			const columns = Object.keys(rows[0] ?? {});
			const values = columns.map((column) => `value ->> '$.${column}'`).join(", ");
			const insert = `INSERT INTO ${name} (${columns.join(", ")}) SELECT ${values} FROM json_each(?)`;
			return [
				replica.prepare(`DELETE FROM ${name}`),
				...(rows.length === 0 ? [] : [replica.prepare(insert).bind(JSON.stringify(rows))]),
			];
		}),
	]);
}
