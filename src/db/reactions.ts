import type { D1Database } from "@cloudflare/workers-types";
import { and, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { ReactionRepository, ReactionTarget } from "../reactions/repository.ts";
import { comments, reactions } from "./schema.ts";

/** Reactions in D1, one row each; the primary key makes a second one of the same kind impossible. */
export function reactionRepository(d1: D1Database): ReactionRepository {
	const db = drizzle(d1);

	return {
		async give(target, kind, visitor, now) {
			const row = {
				postId: target.postId,
				commentId: target.commentId ?? 0,
				kind,
				visitor,
				createdAt: now,
			};
			if (target.commentId === null) {
				await db.insert(reactions).values(row).onConflictDoNothing();
				return true;
			}
			const onPage = db
				.select({
					postId: comments.postId,
					commentId: comments.id,
					kind: sql<string>`${kind}`.as("kind"),
					visitor: sql<string>`${visitor}`.as("visitor"),
					createdAt: sql<number>`${now}`.as("created_at"),
				})
				.from(comments)
				.where(isOnPage(target.postId, target.commentId));
			const [, found] = await db.batch([
				db.insert(reactions).select(onPage).onConflictDoNothing(),
				db.select({ id: comments.id }).from(comments).where(isOnPage(target.postId, target.commentId)),
			]);
			return found.length > 0;
		},

		async takeBack(target, kind, visitor) {
			await db.delete(reactions).where(given(target, kind, visitor));
		},
	};
}

const isOnPage = (postId: string, commentId: number) =>
	and(eq(comments.id, commentId), eq(comments.postId, postId), eq(comments.state, "published"));

const given = (target: ReactionTarget, kind: string, visitor: string) =>
	and(
		eq(reactions.postId, target.postId),
		eq(reactions.commentId, target.commentId ?? 0),
		eq(reactions.kind, kind),
		eq(reactions.visitor, visitor),
	);
