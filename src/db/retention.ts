import type { D1Database } from "@cloudflare/workers-types";
import { inArray, lt, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { RetentionRepository } from "../comments/retention.ts";
import { retentionActor } from "../moderation/audit-log.ts";
import { redactHidden } from "./redaction.ts";
import { comments, networkKeys, reactions } from "./schema.ts";

/** Deletes expired personal data in D1. Each step reads only rows that still have some, by a partial index. */
export function retentionRepository(d1: D1Database): RetentionRepository {
	const db = drizzle(d1);

	const expired = (column: "network" | "email", before: number, limit: number) =>
		db
			.select({ id: comments.id })
			.from(comments)
			.where(sql`${sql.raw(column)} IS NOT NULL AND created_at < ${before}`)
			.orderBy(comments.createdAt)
			.limit(limit);

	return {
		async clearNetworks(before, limit) {
			await db
				.update(comments)
				.set({ network: null })
				.where(inArray(comments.id, expired("network", before, limit)));
			await db
				.update(reactions)
				.set({ network: null })
				.where(
					sql`rowid IN (SELECT rowid FROM reactions WHERE network IS NOT NULL AND created_at < ${before}
						ORDER BY created_at LIMIT ${limit})`,
				);
		},

		async clearEmails(before, limit) {
			await db
				.update(comments)
				.set({ email: null })
				.where(inArray(comments.id, expired("email", before, limit)));
		},

		async purgeRejected(before, limit, at) {
			// Bounded: at most `limit` of the oldest rejected comments are looked at, decided lately or not.
			const oldest = sql`SELECT id FROM comments WHERE state IN ('spam', 'deleted') AND source <> ''
				AND created_at < ${before} ORDER BY created_at LIMIT ${limit}`;
			const found = await db
				.select({ id: comments.id })
				.from(comments)
				.where(
					sql`id IN (${oldest}) AND NOT EXISTS (
						SELECT 1 FROM audit_log WHERE comment_id = comments.id AND audit_log.created_at >= ${before}
					)`,
				);
			const entry = { actor: retentionActor, reason: "", at, operation: crypto.randomUUID() };
			await redactHidden(
				db,
				found.map(({ id }) => id),
				entry,
			);
		},

		async deleteNetworkKeys(before) {
			await db.delete(networkKeys).where(lt(networkKeys.createdAt, before));
		},
	};
}
