import type { D1Database } from "@cloudflare/workers-types";
import { and, eq, lt, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Reaction, ReactionRepository, ReactionTarget } from "../reactions/repository.ts";
import { comments, newcomers, reactions, threads } from "./schema.ts";

/** Reactions in D1, one row each; the primary key makes a second one of the same kind impossible. */
export function reactionRepository(d1: D1Database): ReactionRepository {
	const db = drizzle(d1);

	return {
		async give(reaction) {
			const { target, kind, visitor, newcomer } = reaction;
			const found = db
				.select({ id: comments.id })
				.from(comments)
				.where(isOnPage(target.postId, target.commentId ?? 0));
			if (newcomer === null) {
				const [, on] = await db.batch([insertInto(reaction, sql`1`), found]);
				return target.commentId === null || on.length > 0 ? "given" : "no_comment";
			}
			const { hour, network, limit } = newcomer;
			const counted = and(eq(newcomers.hour, hour), eq(newcomers.network, network));
			const room = sql`coalesce((SELECT count FROM newcomers WHERE ${counted}), 0) < ${limit}`;
			const [, kept, on] = await db.batch([
				insertInto(reaction, room),
				// The row is there only if there was room, so only then is the newcomer counted.
				db
					.insert(newcomers)
					.select(
						db
							.select({
								hour: sql<number>`${hour}`.as("hour"),
								network: sql<string>`${network}`.as("network"),
								count: sql<number>`1`.as("count"),
							})
							.from(reactions)
							.where(given(target, kind, visitor)),
					)
					.onConflictDoUpdate({
						target: [newcomers.hour, newcomers.network],
						set: { count: sql`count + 1` },
					})
					.returning({ count: newcomers.count }),
				found,
				db.delete(newcomers).where(lt(newcomers.hour, hour)),
			]);
			if (kept.length > 0) return "given";
			return target.commentId === null || on.length > 0 ? "too_many" : "no_comment";
		},

		async tallies({ postId, commentId }) {
			const [row] =
				commentId === null
					? await db.select({ tallies: threads.tallies }).from(threads).where(eq(threads.postId, postId))
					: await db.select({ tallies: comments.tallies }).from(comments).where(eq(comments.id, commentId));
			return row?.tallies ?? {};
		},

		async takeBack(target, kind, visitor) {
			await db.delete(reactions).where(given(target, kind, visitor));
		},
	};

	/** Inserts the reaction once, if what it is meant for is on the page and `room` holds. */
	function insertInto({ target, kind, visitor, now }: Reaction, room: ReturnType<typeof sql>) {
		const { postId, commentId } = target;
		const onPage =
			commentId === null ? sql`1` : sql`EXISTS (SELECT 1 FROM comments WHERE ${isOnPage(postId, commentId)})`;
		return db
			.insert(reactions)
			.select(
				sql`SELECT ${postId}, ${commentId ?? 0}, ${kind}, ${visitor}, ${now} WHERE ${onPage} AND ${room}`,
			)
			.onConflictDoNothing();
	}
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
