import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";

type Query = { sql: string; values: readonly unknown[] };

/** A call of D1's API, sent to the tests' Worker. Miniflare's own proxy blocks this process for every statement. */
type Call =
	| { method: "all"; query: Query }
	| { method: "raw"; query: Query; columnNames: boolean }
	| { method: "batch"; queries: readonly Query[] }
	| { method: "exec"; sql: string };

type Result = { results: Record<string, unknown>[] };

/** Makes a D1 of a function that sends calls to a Worker and returns what {@link answerD1} has answered. */
export function remoteD1(send: (body: string) => Promise<Response>): D1Database {
	const call = async <R>(body: Call): Promise<R> => {
		const response = await send(JSON.stringify(body, encoded));
		const { error, value } = (await response.json()) as { error?: string; value: R };
		if (error !== undefined) throw new Error(error);
		return value;
	};
	const queryOf = new WeakMap<D1PreparedStatement, Query>();
	const prepare = (query: Query): D1PreparedStatement => {
		const all = () => call<Result>({ method: "all", query });
		const statement = {
			bind: (...values: unknown[]) => prepare({ ...query, values }),
			all,
			run: all,
			async first(column?: string) {
				const row = (await all()).results[0] ?? null;
				return row === null || column === undefined ? row : row[column];
			},
			raw: ({ columnNames = false } = {}) => call({ method: "raw", query, columnNames }),
		} as unknown as D1PreparedStatement;
		queryOf.set(statement, query);
		return statement;
	};
	return {
		prepare: (sql: string) => prepare({ sql, values: [] }),
		batch: (statements: D1PreparedStatement[]) =>
			call({ method: "batch", queries: statements.flatMap((statement) => queryOf.get(statement) ?? []) }),
		exec: (sql: string) => call({ method: "exec", sql }),
	} as unknown as D1Database;
}

/** Answers a call in the Worker that has the database. */
export async function answerD1(db: D1Database, request: Request): Promise<Response> {
	const body = JSON.parse(await request.text(), decoded) as Call;
	const statement = ({ sql, values }: Query) => {
		const prepared = db.prepare(sql);
		return values.length === 0 ? prepared : prepared.bind(...values);
	};
	const run = async () => {
		if (body.method === "exec") return db.exec(body.sql);
		if (body.method === "batch") return db.batch(body.queries.map(statement));
		if (body.method === "all") return statement(body.query).all();
		return body.columnNames ? statement(body.query).raw({ columnNames: true }) : statement(body.query).raw();
	};
	try {
		return Response.json({ value: await run() });
	} catch (error) {
		return Response.json({ error: error instanceof Error ? error.message : String(error) });
	}
}

/** Bytes have no form in JSON. */
const encoded = (_: string, value: unknown) =>
	value instanceof Uint8Array
		? { $bytes: [...value] }
		: value instanceof ArrayBuffer
			? { $bytes: [...new Uint8Array(value)] }
			: value;

const decoded = (_: string, value: unknown) =>
	typeof value === "object" && value !== null && "$bytes" in value
		? new Uint8Array(value.$bytes as number[])
		: value;
