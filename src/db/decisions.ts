import type { D1Database } from "@cloudflare/workers-types";
import { and, asc, desc, eq, isNull, lt, type SQL, sql } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import type { CommentState } from "../comments/comment.ts";
import type { Decision } from "../comments/repository.ts";
import type { DecisionLog, DeedKind } from "../moderation/log.ts";
import { comments, decisions } from "./schema.ts";

/** The statement that writes down a change of state of the comments `which`, to run in one batch with the change. */
export function recordStates(
	db: DrizzleD1Database,
	which: SQL | undefined,
	state: CommentState,
	decision: Decision,
) {
	const { madeBy, reason, at, act = "", stepUp } = decision;
	const kind: DeedKind = stepUp === undefined ? "decided" : "proved";
	return db.insert(decisions).select(sql`
		SELECT NULL, id, ${state}, ${madeBy}, ${reason}, ${at}, ${act}, ${kind}, post_id, state, ${state}, NULL
		FROM comments WHERE ${which ?? sql`1`}`);
}

/** The log in D1. */
export function decisionLog(d1: D1Database): DecisionLog {
	const db = drizzle(d1);

	return {
		async record(...deeds) {
			if (deeds.length === 0) return;
			await db.insert(decisions).select(sql`
				SELECT NULL, value ->> 'commentId', NULL, value ->> 'madeBy', value ->> 'reason', value ->> 'at',
					value ->> 'act', value ->> 'kind', value ->> 'postId', value ->> 'before', value ->> 'after', NULL
				FROM json_each(${JSON.stringify(deeds)}) WHERE true`);
		},

		async list({ before, commentId }, limit) {
			return db
				.select()
				.from(decisions)
				.where(
					and(
						before === null ? undefined : lt(decisions.id, before),
						commentId === null ? undefined : eq(decisions.commentId, commentId),
					),
				)
				.orderBy(desc(decisions.id))
				.limit(limit);
		},

		async of(act) {
			if (act === "") return [];
			return db.select().from(decisions).where(eq(decisions.act, act)).orderBy(asc(decisions.id));
		},

		async markUndone(act, at) {
			const marked = await db
				.update(decisions)
				.set({ undoneAt: at })
				.where(and(eq(decisions.act, act), sql`act <> ''`, isNull(decisions.undoneAt)))
				.returning({ id: decisions.id });
			return marked.length > 0;
		},
	};
}

/** The comments of these ids, however many: one bound parameter. */
export function idsAre(ids: readonly number[]): SQL {
	return sql`${comments.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
}
