// SQL text: one batch of updates of four tables, with a condition on what the first of them has moved.
import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import { sql } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import * as v from "valibot";
import type { AuditContext } from "../moderation/audit-log.ts";
import type { Change } from "../moderation/changes.ts";
import type { ThreadSummary } from "../moderation/threads.ts";
import { logEntries } from "./audit-log.ts";
import { prepareQuery, row, statement } from "./statement.ts";

/** The ids of all comments of a post: those with a place in its thread, and all others by their states. */
const idsOf = (
	post: string,
) => `SELECT id FROM comments WHERE post_id = ${post} AND (state = 'published' OR has_public_replies)
	UNION SELECT id FROM comments WHERE state <> 'published' AND state IN ('held', 'spam', 'deleted') AND post_id = ${post}`;

type Move = { from: string; to: string };
/** `back` limits the move to what came from the post it goes to. */
type Direction = Move & { back: boolean };

const moveComments = statement<Direction>(
	`UPDATE comments SET post_id = :to, moved_from = :from
	WHERE id IN (${idsOf(":from")}) AND (NOT :back OR moved_from = :to)`,
);

/** Those of the comments that were just moved, and with all of them those of the post itself. */
const belongs = `(NOT :back OR moved_from = :to OR comment_id IN (
	SELECT id FROM comments WHERE id IN (${idsOf(":to")}) AND moved_from = :from
))`;

/** A visitor's reaction that the other post has already stays where it is, and so does a subscription. */
const moveReactions = statement<Direction>(
	`UPDATE OR IGNORE reactions SET post_id = :to, moved_from = :from WHERE post_id = :from AND ${belongs}`,
);

const moveSubscriptions = statement<Direction>(
	`UPDATE OR IGNORE subscriptions SET post_id = :to, moved_from = :from
	WHERE id IN (
		SELECT id FROM subscriptions WHERE post_id = :from AND state = 'active'
		UNION SELECT id FROM subscriptions INDEXED BY subscriptions_pending WHERE state = 'pending' AND requested_at >= 0 AND post_id = :from
	) AND ${belongs}`,
);

const addThread = statement<{ to: string }>(
	"INSERT INTO threads (post_id) VALUES (:to) ON CONFLICT (post_id) DO NOTHING",
);

/** Closes the thread that the other one was closed for, and pins its comment. */
const moveSettings = statement<Move>(
	`UPDATE threads SET closed_at = coalesce(threads.closed_at, moved.closed_at),
		pinned_id = coalesce(threads.pinned_id, moved.pinned_id)
	FROM threads AS moved WHERE threads.post_id = :to AND moved.post_id = :from`,
);

const reopen = statement<Move>(
	`UPDATE threads SET closed_at = NULL
	WHERE post_id = :from AND closed_at = (SELECT closed_at FROM threads WHERE post_id = :to)`,
);

/** Counts both threads again, and unpins a comment that is no longer there. */
const recount = statement<Move>(
	`UPDATE threads SET
		comment_count = (
			SELECT count(*) FROM comments WHERE comments.post_id = threads.post_id AND comments.state = 'published'
		),
		tallies = (
			SELECT json_group_object(kind, count) FROM (
				SELECT kind, count(*) AS count FROM reactions
				WHERE reactions.post_id = threads.post_id AND reactions.comment_id = 0 GROUP BY kind
			)
		),
		pinned_id = (SELECT id FROM comments WHERE comments.id = threads.pinned_id AND comments.post_id = threads.post_id)
	WHERE post_id IN (:from, :to)`,
);

/** Purges everything that shows either thread. */
const purge = statement<Move & { operation: string }>(
	`INSERT INTO pending_purges (post_id, scope)
	SELECT column1, 15 FROM (VALUES (:from), (:to))
	WHERE EXISTS (SELECT 1 FROM audit_log WHERE operation = :operation AND operation <> '' AND kind = 'moved')
	ON CONFLICT (post_id) DO UPDATE SET scope = scope | 15, revision = revision + 1, purged_at = NULL`,
);

/**
 * Returns the statements that log the move of a post's comments to another, if there are any, and move them with their
 * reactions and subscriptions; run them in one batch.
 */
export function moveStatements(
	d1: D1Database,
	db: DrizzleD1Database,
	{ from, to, back }: Extract<Change, { is: "move" }>,
	context: AuditContext,
): D1PreparedStatement[] {
	const movable = sql.raw(idsOf("moving.post_id"));
	const isMovable = back ? sql`moved_from = ${to}` : sql`1`;
	return [
		prepareQuery(
			d1,
			logEntries(
				db,
				{ ...context, kind: "moved" },
				{ postId: sql`${to}`, before: sql`${from}`, after: sql`${to}` },
				sql`(SELECT ${from} AS post_id) AS moving
					WHERE EXISTS (SELECT 1 FROM comments WHERE id IN (${movable}) AND ${isMovable})`,
			),
		),
		moveComments.bind(d1, { from, to, back }),
		moveReactions.bind(d1, { from, to, back }),
		moveSubscriptions.bind(d1, { from, to, back }),
		addThread.bind(d1, { to }),
		moveSettings.bind(d1, { from, to }),
		...(back ? [reopen.bind(d1, { from, to })] : []),
		recount.bind(d1, { from, to }),
		purge.bind(d1, { from, to, operation: context.operation }),
	];
}

const parseSummary = row({ postId: v.string(), count: v.number(), waiting: v.number() });

/** Selects posts by id, with how many comments they have: those with a thread, and then those with waiting comments only. */
const selectThreads = statement<{ after: string; limit: number }, ThreadSummary>(
	`SELECT post_id AS postId, comment_count AS count, 0 AS waiting FROM threads
	WHERE post_id > :after AND comment_count > 0 ORDER BY post_id LIMIT :limit`,
	parseSummary,
);

const selectWaiting = statement<{ limit: number }, ThreadSummary>(
	`SELECT post_id AS postId, 0 AS count, count(*) AS waiting FROM (
		SELECT post_id FROM comments WHERE state <> 'published' AND state = 'held' LIMIT :limit
	) GROUP BY post_id`,
	parseSummary,
);

/** Most waiting comments whose posts are looked at. */
const waitingLimit = 1000;

/** Lists posts with public comments, after a post in the order of ids, and at first those whose comments wait. */
export async function listThreads(
	d1: D1Database,
	after: string,
	limit: number,
): Promise<readonly ThreadSummary[]> {
	const [threads, waiting] = await Promise.all([
		selectThreads.all(d1, { after, limit }),
		after === "" ? selectWaiting.all(d1, { limit: waitingLimit }) : [],
	]);
	const byPost = new Map(waiting.map((summary) => [summary.postId, summary]));
	const counted = threads.map((summary) => {
		const held = byPost.get(summary.postId)?.waiting ?? 0;
		byPost.delete(summary.postId);
		return { ...summary, waiting: held };
	});
	return [...counted, ...byPost.values()];
}
