import type { D1Database } from "@cloudflare/workers-types";
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { type SettingsRepository, settingsFrom } from "../moderation/settings.ts";
import { settings } from "./schema.ts";

/** Id of the only row of `settings`. */
const rowId = 1;

/** Stores the moderation settings in D1. */
export function settingsRepository(d1: D1Database): SettingsRepository {
	const db = drizzle(d1);

	return {
		async load() {
			const [row] = await db.select().from(settings).where(eq(settings.id, rowId));
			return settingsFrom(row?.body);
		},

		async save(body) {
			await db
				.insert(settings)
				.values({ id: rowId, body })
				.onConflictDoUpdate({ target: settings.id, set: { body } });
		},
	};
}
