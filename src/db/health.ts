// SQL text: names every table and column of the schema in one statement, which reads no row.
import type { D1Database } from "@cloudflare/workers-types";
import { getTableColumns, getTableName, is, Table } from "drizzle-orm";
import * as v from "valibot";
import type { DatabaseCheck } from "../monitoring/health.ts";
import * as schema from "./schema.ts";
import { row, statement } from "./statement.ts";

const tables = Object.values(schema).filter((each): each is Extract<typeof each, Table> => is(each, Table));

/** Fails if a table or column is missing; no row has such an id. */
const nameAll = statement<Record<string, never>, object>(
	`SELECT ${tables
		.map((table) => {
			// Qualified: SQLite takes an unknown name in quotation marks by itself for a text.
			const columns = Object.values(getTableColumns(table)).map(
				({ name }) => `${getTableName(table)}."${name}"`,
			);
			return `EXISTS (SELECT ${columns.join(", ")} FROM ${getTableName(table)} WHERE rowid = NULL)`;
		})
		.join(", ")}`,
	row({}),
);

const selectCronRun = statement<Record<string, never>, { ran_at: number }>(
	"SELECT ran_at FROM cron_runs WHERE id = 1",
	row({ ran_at: v.number() }),
);

/** Checks that D1 answers, has all migrations, and when the cron trigger ran. */
export function databaseCheck(d1: D1Database, onFailure: (error: unknown) => void): DatabaseCheck {
	return async () => {
		try {
			const [, runs] = await d1.batch([nameAll.bind(d1, {}), selectCronRun.bind(d1, {})]);
			return { database: "ok", migrations: "ok", cronRanAt: selectCronRun.rows(runs)[0]?.ran_at ?? null };
		} catch (error) {
			const isMissing = /no such (?:table|column)/.test(String(error));
			if (!isMissing) onFailure(error);
			return isMissing
				? { database: "ok", migrations: "missing", cronRanAt: null }
				: { database: "down", migrations: "unknown", cronRanAt: null };
		}
	};
}
