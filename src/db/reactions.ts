import type { D1Database } from "@cloudflare/workers-types";
import { and, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { ReactionKind } from "../reactions/kinds.ts";
import {
	doubleClickWindow,
	type Reaction,
	type ReactionRepository,
	type ReactionTarget,
} from "../reactions/repository.ts";
import { comments, reactions, threads } from "./schema.ts";

/** Reactions in D1, one row each. The primary key makes a second one of the same kind impossible. */
export function reactionRepository(d1: D1Database): ReactionRepository {
	const db = drizzle(d1);

	return {
		async add(reaction) {
			const { postId, commentId } = reaction.target;
			const found = db
				.select({ id: comments.id })
				.from(comments)
				.where(isOnPage(postId, commentId ?? 0));
			// A moved reaction is the visitor's own, which the insertion then finds.
			const [, , on] = await db.batch([moveReaction(reaction), insertReaction(reaction), found]);
			return commentId === null || on.length > 0 ? "added" : "no_comment";
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

	/** Moves a reaction to the visitor if they seem to have sent it a moment ago; `network` null matches none. */
	function moveReaction({ target, kind, visitor, network, now }: Reaction) {
		return db
			.update(reactions)
			.set({ visitor })
			.where(
				and(
					isOfKind(target, kind),
					sql`network = ${network} AND created_at > ${now - doubleClickWindow} AND created_at <= ${now}`,
				),
			);
	}

	/** Inserts the reaction once, if its target is on the page. */
	function insertReaction({ target, kind, visitor, network, now }: Reaction) {
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
						network: sql`${network}`.as("network"),
						movedFrom: sql`NULL`.as("moved_from"),
					})
					.from(sql`(SELECT 1)`)
					.where(onPage),
			)
			.onConflictDoNothing();
	}
}

const isOnPage = (postId: string, commentId: number) =>
	and(eq(comments.id, commentId), eq(comments.postId, postId), eq(comments.state, "published"));

const isOfKind = (target: ReactionTarget, kind: ReactionKind) =>
	and(
		eq(reactions.postId, target.postId),
		eq(reactions.commentId, target.commentId ?? 0),
		eq(reactions.kind, kind),
	);

const isReaction = (target: ReactionTarget, kind: ReactionKind, visitor: string) =>
	and(isOfKind(target, kind), eq(reactions.visitor, visitor));
