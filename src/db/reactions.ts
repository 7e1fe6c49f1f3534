import type { D1Database } from "@cloudflare/workers-types";
import { and, eq, lt, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { ReactionKind } from "../reactions/kinds.ts";
import type { Reaction, ReactionRepository, ReactionTarget } from "../reactions/repository.ts";
import { comments, firstReactions, reactions, threads } from "./schema.ts";

/** Reactions in D1, one row each. The primary key makes a second one of the same kind impossible. */
export function reactionRepository(d1: D1Database): ReactionRepository {
	const db = drizzle(d1);

	return {
		async add(reaction) {
			const { target, kind, visitor, quota } = reaction;
			const found = db
				.select({ id: comments.id })
				.from(comments)
				.where(isOnPage(target.postId, target.commentId ?? 0));
			if (quota === null) {
				const [, on] = await db.batch([insertReaction(reaction, sql`1`), found]);
				return target.commentId === null || on.length > 0 ? "added" : "no_comment";
			}
			const { hour, network, limit } = quota;
			const sameHour = and(eq(firstReactions.hour, hour), eq(firstReactions.network, network));
			const withinLimit = sql`coalesce((SELECT count FROM first_reactions WHERE ${sameHour}), 0) < ${limit}`;
			const [, counted, on] = await db.batch([
				insertReaction(reaction, withinLimit),
				// Counts the newcomer only if the reaction was inserted, that is, within the limit.
				db
					.insert(firstReactions)
					.select(
						db
							.select({
								hour: sql<number>`${hour}`.as("hour"),
								network: sql<string>`${network}`.as("network"),
								count: sql<number>`1`.as("count"),
							})
							.from(reactions)
							.where(isReaction(target, kind, visitor)),
					)
					.onConflictDoUpdate({
						target: [firstReactions.hour, firstReactions.network],
						set: { count: sql`count + 1` },
					})
					.returning({ count: firstReactions.count }),
				found,
				db.delete(firstReactions).where(lt(firstReactions.hour, hour)),
			]);
			if (counted.length > 0) return "added";
			return target.commentId === null || on.length > 0 ? "too_many" : "no_comment";
		},

		async tallies({ postId, commentId }) {
			const [row] =
				commentId === null
					? await db.select({ tallies: threads.tallies }).from(threads).where(eq(threads.postId, postId))
					: await db.select({ tallies: comments.tallies }).from(comments).where(eq(comments.id, commentId));
			return row?.tallies ?? {};
		},

		async remove(target, kind, visitor) {
			await db.delete(reactions).where(isReaction(target, kind, visitor));
		},
	};

	/** Inserts the reaction once, if its target is on the page and `condition` is true. */
	function insertReaction({ target, kind, visitor, now }: Reaction, condition: ReturnType<typeof sql>) {
		const { postId, commentId } = target;
		const onPage =
			commentId === null ? sql`1` : sql`EXISTS (SELECT 1 FROM comments WHERE ${isOnPage(postId, commentId)})`;
		return db
			.insert(reactions)
			.select(
				db
					.select({
						postId: sql`${postId}`.as("post_id"),
						commentId: sql`${commentId ?? 0}`.as("comment_id"),
						kind: sql`${kind}`.as("kind"),
						visitor: sql`${visitor}`.as("visitor"),
						createdAt: sql`${now}`.as("created_at"),
					})
					.from(sql`(SELECT 1)`)
					.where(and(onPage, condition)),
			)
			.onConflictDoNothing();
	}
}

const isOnPage = (postId: string, commentId: number) =>
	and(eq(comments.id, commentId), eq(comments.postId, postId), eq(comments.state, "published"));

const isReaction = (target: ReactionTarget, kind: ReactionKind, visitor: string) =>
	and(
		eq(reactions.postId, target.postId),
		eq(reactions.commentId, target.commentId ?? 0),
		eq(reactions.kind, kind),
		eq(reactions.visitor, visitor),
	);
