import type { D1Database } from "@cloudflare/workers-types";
import { inArray, lt, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Retention } from "../comments/retention.ts";
import { comments, networkKeys, newcomers } from "./schema.ts";

/** Forgetting in D1: each step looks only at rows that still have something to forget. */
export function retentionRepository(d1: D1Database): Retention {
	const db = drizzle(d1);

	const old = (column: "network" | "email", before: number, limit: number) =>
		db
			.select({ id: comments.id })
			.from(comments)
			.where(sql`${sql.raw(column)} IS NOT NULL AND created_at < ${before}`)
			.orderBy(comments.createdAt)
			.limit(limit);

	return {
		async forgetNetworks(before, limit) {
			await db
				.update(comments)
				.set({ network: null })
				.where(inArray(comments.id, old("network", before, limit)));
			await db.delete(newcomers).where(lt(newcomers.hour, Math.floor(before / 3_600_000)));
		},

		async forgetEmails(before, limit) {
			await db
				.update(comments)
				.set({ email: null })
				.where(inArray(comments.id, old("email", before, limit)));
		},

		async destroyNetworkKeys(before) {
			await db.delete(networkKeys).where(lt(networkKeys.createdAt, before));
		},
	};
}
