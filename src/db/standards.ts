import type { D1Database } from "@cloudflare/workers-types";
import { desc, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { StandardsRepository } from "../moderation/repository.ts";
import { settingsFrom } from "../moderation/settings.ts";
import { blocks, settings } from "./schema.ts";

const theOne = 1;

/** What the rules go by, in D1. */
export function standardsRepository(d1: D1Database): StandardsRepository {
	const db = drizzle(d1);

	return {
		async settings() {
			const [row] = await db.select().from(settings).where(eq(settings.id, theOne));
			return settingsFrom(row?.body);
		},

		async save(body) {
			await db
				.insert(settings)
				.values({ id: theOne, body })
				.onConflictDoUpdate({ target: settings.id, set: { body } });
		},

		async blocks() {
			return db.select().from(blocks).orderBy(desc(blocks.id));
		},

		// One statement each, however many: a request may make fifty.
		async block(added, act) {
			return db
				.insert(blocks)
				.select(sql`
					SELECT NULL, value ->> 'kind', value ->> 'value', value ->> 'label', value ->> 'madeBy',
						value ->> 'reason', value ->> 'createdAt', ${act}
					FROM json_each(${JSON.stringify(added)}) WHERE true`)
				.onConflictDoNothing()
				.returning();
		},

		async unblock(which) {
			const keys = JSON.stringify(which.map(({ kind, value }) => [kind, value]));
			return db
				.delete(blocks)
				.where(
					sql`(kind, value) IN (SELECT each.value ->> 0, each.value ->> 1 FROM json_each(${keys}) AS each)`,
				)
				.returning();
		},
	};
}
