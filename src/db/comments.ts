import type { D1Database } from "@cloudflare/workers-types";
import { and, desc, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import type { CommentState } from "../comments/comment.ts";
import {
	type CommentRepository,
	type Decision,
	firstVersion,
	type SeenVersions,
} from "../comments/repository.ts";
import { idsAre, recordDecisions } from "./audit-log.ts";
import { commentPlaces } from "./comment-places.ts";
import { columns, withoutPath } from "./comment-rows.ts";
import { newComments } from "./new-comments.ts";
import { isPaused, pauseOf } from "./pauses.ts";
import { publishedComments } from "./published-comments.ts";
import { comments, pauses, threads } from "./schema.ts";
import { threadPages } from "./thread-pages.ts";

/** Comments in D1. */
export function commentRepository(d1: D1Database): CommentRepository {
	const db = drizzle(d1);

	const places = commentPlaces(d1);

	return {
		...places,
		...threadPages(d1, places),
		...publishedComments(d1),
		...newComments(d1),

		async find(id) {
			const [row] = await db
				.select({ ...columns, postId: comments.postId, source: comments.source })
				.from(comments)
				.where(and(eq(comments.id, id), eq(comments.state, "published")));
			return row === undefined ? null : withoutPath(row);
		},

		async latestIds(postId, limit) {
			const rows = await db
				.select({ id: comments.id })
				.from(comments)
				.where(and(eq(comments.postId, postId), sql`state = 'published'`))
				.orderBy(desc(comments.publishedAt))
				.limit(limit);
			return rows.map(({ id }) => id);
		},

		async counts(postIds) {
			if (postIds.length === 0) return new Map();
			const rows = await db
				.select({ postId: threads.postId, count: threads.commentCount })
				.from(threads)
				.where(inArray(threads.postId, [...postIds]));
			return new Map(rows.map(({ postId, count }) => [postId, count]));
		},

		async closing(postId) {
			const [found] = await db
				.select({ closedAt: threads.closedAt, mode: pauses.mode, until: pauses.until })
				.from(sql`(SELECT 1)`)
				.leftJoin(threads, eq(threads.postId, postId))
				.leftJoin(pauses, eq(pauses.id, 1));
			return {
				closedAt: found?.closedAt ?? null,
				pause: pauseOf(found?.mode ?? null, found?.until ?? null),
			};
		},

		async listHeld(limit) {
			const rows = await db
				.select({ ...columns, postId: comments.postId, source: comments.source })
				.from(comments)
				.where(sql`state = 'held'`)
				.orderBy(comments.createdAt)
				.limit(limit);
			return rows.map(withoutPath);
		},

		async decide(ids, state, decision) {
			const [, changed] = await db.batch(decideStatements(db, ids, state, decision));
			return changed.map(({ id }) => id);
		},
	};
}

/** Returns the statements that log a decision and change the comments it is about, with one condition; run them in one batch. */
export function decideStatements(
	db: DrizzleD1Database,
	ids: readonly number[],
	state: CommentState,
	decision: Decision,
) {
	const changing = and(
		idsAre(ids),
		ne(comments.state, state),
		decision.createdAt === undefined ? undefined : eq(comments.createdAt, decision.createdAt),
		decision.from === undefined ? undefined : eq(comments.state, decision.from),
		decision.seen === undefined ? undefined : isSeen(decision.seen),
		decision.challenge === undefined
			? undefined
			: // Only if unedited, since new words were not judged, and not closed or blocked since.
				sql`version = ${firstVersion} AND json_array_length(findings) = 1
					AND findings ->> '$[0].rule' = ${decision.challenge}
					AND NOT EXISTS (SELECT 1 FROM threads WHERE post_id = comments.post_id AND closed_at IS NOT NULL)
					AND NOT ${sql.raw(isPaused(String(Math.trunc(decision.at))))}
					AND NOT EXISTS (SELECT 1 FROM blocks WHERE (kind, value) IN (
						VALUES ('visitor', visitor), ('email', lower(email)), ('network', network)
					))`,
		// A comment that its author deleted has no words left to publish.
		sql`NOT (state = 'deleted' AND source = '')`,
	);
	return [
		recordDecisions(db, changing, state, decision),
		db
			.update(comments)
			// Changes the findings, too, so that no training example is recorded: a passed challenge is no person's decision.
			.set({
				state,
				...(state === "published" ? { publishedAt: sql`coalesce(published_at, ${decision.at})` } : {}),
				...(decision.challenge === undefined ? {} : { findings: null }),
			})
			.where(changing)
			.returning({ id: comments.id }),
	] as const;
}

/** The condition that a comment is in the version that was seen: one bound parameter, however many. */
function isSeen(seen: SeenVersions): SQL {
	const versions = JSON.stringify([...seen].map(([id, version]) => ({ id, version })));
	return sql`version = coalesce((
		SELECT value ->> 'version' FROM json_each(${versions}) WHERE value ->> 'id' = comments.id
	), ${firstVersion})`;
}
