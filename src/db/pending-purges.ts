// SQL text: the revision, which validates every cached page, so its statement is ready-made and not built for each request.
import type { D1Database } from "@cloudflare/workers-types";
import { and, eq, gt, isNull, lte, or, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import * as v from "valibot";
import type { PendingPurgeRepository } from "../caching/pending-purges.ts";
import { pendingPurges, purgeBudget } from "./schema.ts";
import { row, statement } from "./statement.ts";

const selectRevision = statement<{ postId: string }, { revision: number | null }>(
	"SELECT sum(revision) AS revision FROM pending_purges WHERE post_id IN (:postId, '')",
	row({ revision: v.nullable(v.number()) }),
);

/** The token bucket for purges. Cloudflare allows an account five a minute and a burst of 25; some are left to the owner. */
const budget = { burst: 20, refill: 12_000 } as const;

/** Milliseconds between purges; changes within them are purged together. */
const pause = 5_000;

/** Pending purges in D1. Triggers write the rows. */
export function pendingPurgeRepository(d1: D1Database): PendingPurgeRepository {
	const db = drizzle(d1);

	return {
		async acquire(now) {
			const { tokens, refilledAt, lockedUntil } = purgeBudget;
			// A time in the future is from before the clock was set back, and counts as long ago.
			const full = sql`iif(${refilledAt} > ${now}, ${budget.burst},
				min(${budget.burst}, ${tokens} + (${now} - ${refilledAt}) * 1.0 / ${budget.refill}))`;
			const taken = await db
				.update(purgeBudget)
				.set({ tokens: sql`${full} - 1`, refilledAt: now, lockedUntil: now + pause })
				.where(and(or(lte(lockedUntil, now), gt(lockedUntil, now + pause)), sql`${full} >= 1`))
				.returning({ id: purgeBudget.id });
			return taken.length > 0;
		},

		due: (settledBefore, now, limit) =>
			db
				.select()
				.from(pendingPurges)
				.where(
					and(
						sql`scope <> 0`,
						or(
							isNull(pendingPurges.purgedAt),
							lte(pendingPurges.purgedAt, settledBefore),
							gt(pendingPurges.purgedAt, now),
						),
					),
				)
				.orderBy(pendingPurges.purgedAt)
				.limit(limit),

		async markPurged(rows, now) {
			for (const [set, done] of [
				[{ scope: 0 }, rows.filter(({ purgedAt }) => purgedAt !== null)],
				[{ purgedAt: now }, rows.filter(({ purgedAt }) => purgedAt === null)],
			] as const) {
				if (done.length === 0) continue;
				const unchanged = done.map((row) =>
					and(eq(pendingPurges.postId, row.postId), eq(pendingPurges.revision, row.revision)),
				);
				await db
					.update(pendingPurges)
					.set(set)
					.where(or(...unchanged));
			}
		},

		async revision(postId) {
			return (await selectRevision.first(d1, { postId }))?.revision ?? 0;
		},
	};
}
