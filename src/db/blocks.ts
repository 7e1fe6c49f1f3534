import type { D1Database } from "@cloudflare/workers-types";
import { desc, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { BlockRepository } from "../moderation/blocks.ts";
import { elements, field, newId } from "./json-rows.ts";
import { blocks } from "./schema.ts";

/** Stores blocks in D1. */
export function blockRepository(d1: D1Database): BlockRepository {
	const db = drizzle(d1);

	return {
		async list() {
			return db.select().from(blocks).orderBy(desc(blocks.id));
		},

		// Adding and removing take one statement each, however many: an invocation may make fifty.
		async add(added, operation) {
			return db
				.insert(blocks)
				.select(
					db
						.select({
							id: newId.as("id"),
							kind: field("kind"),
							value: field("value"),
							label: field("label"),
							actor: field("actor"),
							reason: field("reason"),
							createdAt: field("createdAt"),
							operation: sql`${operation}`.as("operation"),
						})
						.from(elements(added))
						// Without WHERE, SQLite takes ON CONFLICT for part of the join.
						.where(sql`true`),
				)
				.onConflictDoNothing()
				.returning();
		},

		async remove(removed) {
			const keys = JSON.stringify(removed.map(({ kind, value }) => [kind, value]));
			return db
				.delete(blocks)
				.where(
					sql`(kind, value) IN (SELECT each.value ->> 0, each.value ->> 1 FROM json_each(${keys}) AS each)`,
				)
				.returning();
		},
	};
}
