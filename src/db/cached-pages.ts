// SQL text: an upsert on the condition that the revision is current and a count below its limit, which Drizzle cannot express.
import type { D1Database } from "@cloudflare/workers-types";
import { lt, ne, or } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { CachedPage, CachedPageRepository } from "../caching/cached-pages.ts";
import { cachedPageCounts, cachedPages } from "./schema.ts";
import { statement } from "./statement.ts";

/** A page that another isolate has stored meanwhile, and that is still current, is not written again. */
const store = statement<CachedPage & { day: number; perDay: number }>(
	`INSERT INTO cached_pages (post_id, deployment, revision, rendered_at, changes_at, etag, body)
	SELECT :postId, :deployment, :revision, :renderedAt, :changesAt, :etag, :body
	WHERE :revision = (SELECT coalesce(sum(revision), 0) FROM pending_purges WHERE post_id IN (:postId, ''))
		AND NOT EXISTS (SELECT 1 FROM cached_page_counts WHERE day = :day AND count >= :perDay)
	ON CONFLICT (post_id) DO UPDATE SET deployment = excluded.deployment, revision = excluded.revision,
		rendered_at = excluded.rendered_at, changes_at = excluded.changes_at, etag = excluded.etag, body = excluded.body
	WHERE cached_pages.body IS NULL OR cached_pages.deployment <> excluded.deployment OR cached_pages.revision <> excluded.revision
		OR cached_pages.changes_at <= excluded.rendered_at OR cached_pages.rendered_at > excluded.rendered_at`,
);

/** Cached pages in D1. Triggers empty them when they are outdated, and count those that are stored. */
export function cachedPageRepository(d1: D1Database): CachedPageRepository {
	const db = drizzle(d1);

	return {
		async store(page, perDay) {
			await store.run(d1, { ...page, day: dayOf(page.renderedAt), perDay });
		},

		async prune(before, deployment) {
			await db.batch([
				db
					.delete(cachedPages)
					.where(or(lt(cachedPages.renderedAt, before), ne(cachedPages.deployment, deployment ?? ""))),
				db.delete(cachedPageCounts).where(lt(cachedPageCounts.day, dayOf(before))),
			]);
		},
	};
}

/** Returns the day of an instant. D1 binds numbers as fractions, so that SQL would not divide them as the triggers do. */
const dayOf = (instant: number) => Math.floor(instant / 86_400_000);
