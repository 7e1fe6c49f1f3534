import type { D1Database } from "@cloudflare/workers-types";
import { and, desc, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { StandardsRepository } from "../moderation/repository.ts";
import { initialSettings, readSettings } from "../moderation/settings.ts";
import { blocks, settings } from "./schema.ts";

const theOne = 1;

/** What the rules go by, in D1. */
export function standardsRepository(d1: D1Database): StandardsRepository {
	const db = drizzle(d1);

	return {
		async settings() {
			const [row] = await db.select().from(settings).where(eq(settings.id, theOne));
			return (row === undefined ? null : readSettings(row.body)) ?? initialSettings;
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

		async block(block, act) {
			const blocked = await db
				.insert(blocks)
				.values({ ...block, act })
				.onConflictDoNothing()
				.returning({ id: blocks.id });
			return blocked.length > 0;
		},

		async unblock(kind, value) {
			const [lifted] = await db
				.delete(blocks)
				.where(and(eq(blocks.kind, kind), eq(blocks.value, value)))
				.returning();
			return lifted ?? null;
		},
	};
}
