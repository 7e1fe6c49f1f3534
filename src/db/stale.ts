import type { D1Database } from "@cloudflare/workers-types";
import { and, eq, isNull, lte, or, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { StaleRepository } from "../freshness/repository.ts";
import { purgeBudget, stale } from "./schema.ts";

/** The platform allows five purges a minute and a burst of 25, for the account; a few are left for the owner's own. */
const budget = { burst: 20, refill: 12_000 } as const;

/** Milliseconds between purges: what changes within them is purged together. */
const pause = 5_000;

/** Noted changes in D1; the rows themselves are written by triggers. */
export function staleRepository(d1: D1Database): StaleRepository {
	const db = drizzle(d1);

	return {
		async acquire(now) {
			const { tokens, refilledAt, freeAt } = purgeBudget;
			const full = sql`min(${budget.burst}, ${tokens} + max(0.0, ${now} - ${refilledAt}) / ${budget.refill})`;
			const taken = await db
				.update(purgeBudget)
				.set({ tokens: sql`${full} - 1`, refilledAt: now, freeAt: now + pause })
				.where(and(lte(freeAt, now), sql`${full} >= 1`))
				.returning({ id: purgeBudget.id });
			return taken.length > 0;
		},

		due: (settledBefore, limit) =>
			db
				.select()
				.from(stale)
				.where(and(sql`reach <> 0`, or(isNull(stale.purgedAt), lte(stale.purgedAt, settledBefore))))
				.orderBy(stale.purgedAt)
				.limit(limit),

		async purged(rows, now) {
			for (const [set, done] of [
				[{ reach: 0 }, rows.filter(({ purgedAt }) => purgedAt !== null)],
				[{ purgedAt: now }, rows.filter(({ purgedAt }) => purgedAt === null)],
			] as const) {
				if (done.length === 0) continue;
				const unchanged = done.map((row) =>
					and(eq(stale.postId, row.postId), eq(stale.revision, row.revision)),
				);
				await db
					.update(stale)
					.set(set)
					.where(or(...unchanged));
			}
		},

		async revision(postId) {
			const row = await d1
				.prepare("SELECT revision FROM stale WHERE post_id = ?")
				.bind(postId)
				.first<{ revision: number }>();
			return row?.revision ?? 0;
		},
	};
}
