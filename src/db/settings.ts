import type { D1Database } from "@cloudflare/workers-types";
import { eq, sql } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import type { AuditContext } from "../moderation/audit-log.ts";
import type { Change } from "../moderation/changes.ts";
import { type SettingsRepository, settingsFrom } from "../moderation/settings.ts";
import { logEntries } from "./audit-log.ts";
import { settings } from "./schema.ts";

/** Id of the only row of `settings`. */
const rowId = 1;

/** Reads the moderation settings from D1. */
export function settingsRepository(d1: D1Database): SettingsRepository {
	const db = drizzle(d1);

	return {
		async load() {
			const [row] = await db.select().from(settings).where(eq(settings.id, rowId));
			return { settings: settingsFrom(row?.body), version: row?.version ?? 0 };
		},
	};
}

/** Returns the statements that log and save settings, if those stored are still of the version; run them in one batch. */
export function settingsStatements(
	db: DrizzleD1Database,
	{ settings: body, before, version }: Extract<Change, { is: "settings" }>,
	context: AuditContext,
) {
	const isSeen = sql`coalesce((SELECT version FROM settings WHERE id = ${rowId}), 0) = ${version}`;
	return [
		logEntries(
			db,
			{ ...context, kind: "settings_changed" },
			{ before: sql`${JSON.stringify(before)}`, after: sql`${JSON.stringify(body)}` },
			sql`(SELECT 1) WHERE ${isSeen}`,
		),
		db
			.insert(settings)
			.select(
				db
					.select({
						id: sql`${rowId}`.as("id"),
						body: sql`${JSON.stringify(body)}`.as("body"),
						version: sql`${version + 1}`.as("version"),
					})
					.from(sql`(SELECT 1) WHERE ${isSeen}`),
			)
			.onConflictDoUpdate({ target: settings.id, set: { body, version: version + 1 } }),
	] as const;
}
