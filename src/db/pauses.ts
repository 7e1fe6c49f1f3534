import type { D1Database } from "@cloudflare/workers-types";
import { eq, sql } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import { type Pause, pauseModes } from "../comments/pause.ts";
import type { AuditContext } from "../moderation/audit-log.ts";
import type { Change } from "../moderation/changes.ts";
import type { PauseRepository } from "../moderation/pauses.ts";
import { logEntries } from "./audit-log.ts";
import { pauses } from "./schema.ts";

/** Id of the only row of `pauses`. */
const rowId = 1;

/** Reads the pause from D1. */
export function pauseRepository(d1: D1Database): PauseRepository {
	const db = drizzle(d1);

	return {
		async load() {
			const [row] = await db.select().from(pauses).where(eq(pauses.id, rowId));
			return { pause: pauseOf(row?.mode ?? null, row?.until ?? null), version: row?.version ?? 0 };
		},
	};
}

/** Returns the pause that a row holds. */
export function pauseOf(mode: Pause["mode"] | null, until: number | null): Pause | null {
	return mode === null ? null : { mode, until };
}

/** Returns the SQL condition that a pause of one of the modes lasts at an instant, given as SQL text. */
export function isPaused(instant: string, modes: readonly Pause["mode"][] = pauseModes): string {
	const listed = modes.map((mode) => `'${mode}'`).join(", ");
	return `EXISTS (SELECT 1 FROM pauses WHERE id = ${rowId} AND mode IN (${listed}) AND (until IS NULL OR until > ${instant}))`;
}

const kinds = { hold: "all_held", close: "all_closed" } as const;

/** Returns the statements that log and set the pause, if the stored one is still of the version; run them in one batch. */
export function pauseStatements(
	db: DrizzleD1Database,
	{ pause, version }: Extract<Change, { is: "pause" }>,
	context: AuditContext,
) {
	const isSeen = sql`coalesce((SELECT version FROM pauses WHERE id = ${rowId}), 0) = ${version}`;
	const set = { mode: pause?.mode ?? null, until: pause?.until ?? null, version: version + 1 };
	return [
		logEntries(
			db,
			{ ...context, kind: pause === null ? "all_reopened" : kinds[pause.mode] },
			{
				before: sql`(SELECT json_object('mode', mode, 'until', until) FROM pauses WHERE id = ${rowId} AND mode IS NOT NULL)`,
				after: sql`${pause === null ? null : JSON.stringify(pause)}`,
			},
			sql`(SELECT 1) WHERE ${isSeen}`,
		),
		db
			.insert(pauses)
			.select(
				db
					.select({
						id: sql`${rowId}`.as("id"),
						mode: sql`${set.mode}`.as("mode"),
						until: sql`${set.until}`.as("until"),
						version: sql`${set.version}`.as("version"),
					})
					.from(sql`(SELECT 1) WHERE ${isSeen}`),
			)
			.onConflictDoUpdate({ target: pauses.id, set }),
	] as const;
}
