import type { D1Database } from "@cloudflare/workers-types";
import { desc, sql } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import type { AuditContext } from "../moderation/audit-log.ts";
import type { Block, BlockRepository, BlockTarget } from "../moderation/blocks.ts";
import { logEntries } from "./audit-log.ts";
import { elements, field, newId } from "./json-rows.ts";
import { blocks } from "./schema.ts";

/** Stores blocks in D1. */
export function blockRepository(d1: D1Database): BlockRepository {
	const db = drizzle(d1);

	return {
		async list() {
			return db.select().from(blocks).orderBy(desc(blocks.id));
		},
	};
}

// Adding and removing take two statements each, however many blocks: an invocation may make fifty.

/** Returns the statements that log and add the blocks that do not exist yet; run them in one batch. */
export function blockStatements(
	db: DrizzleD1Database,
	targets: readonly BlockTarget[],
	context: AuditContext,
) {
	const added = targets.map(({ kind, value, label }) => ({ kind, value, label }));
	return [
		logEntries(
			db,
			{ ...context, kind: "blocked" },
			{ after: sql`element.value` },
			sql`${elements(added)} WHERE NOT EXISTS (
				SELECT 1 FROM blocks WHERE kind = element.value ->> 'kind' AND blocks.value = element.value ->> 'value'
			)`,
		),
		db
			.insert(blocks)
			.select(
				db
					.select({
						id: newId.as("id"),
						kind: field("kind"),
						value: field("value"),
						label: field("label"),
						actor: sql`${context.actor}`.as("actor"),
						reason: sql`${context.reason}`.as("reason"),
						createdAt: sql`${context.at}`.as("created_at"),
						operation: sql`${context.operation}`.as("operation"),
					})
					.from(elements(added))
					// Without WHERE, SQLite takes ON CONFLICT for part of the join.
					.where(sql`true`),
			)
			.onConflictDoNothing(),
	] as const;
}

/** Returns the statements that log and remove blocks; run them in one batch. */
export function unblockStatements(
	db: DrizzleD1Database,
	removed: readonly Pick<Block, "kind" | "value">[],
	context: AuditContext,
) {
	const keys = JSON.stringify(removed.map(({ kind, value }) => [kind, value]));
	const isRemoved = sql`(kind, value) IN (
		SELECT each.value ->> 0, each.value ->> 1 FROM json_each(${keys}) AS each
	)`;
	return [
		logEntries(
			db,
			{ ...context, kind: "unblocked" },
			{ before: sql`json_object('kind', kind, 'value', value, 'label', label)` },
			sql`blocks WHERE ${isRemoved}`,
		),
		db.delete(blocks).where(isRemoved),
	] as const;
}
