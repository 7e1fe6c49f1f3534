import type { D1Database } from "@cloudflare/workers-types";
import { and, count, eq, inArray, lt, ne, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { GivenReaction, VisitorRepository } from "../comments/visitors.ts";
import { withoutPath } from "./comment-rows.ts";
import { ownColumns } from "./own-comments.ts";
import { redactVisitor } from "./redaction.ts";
import { addresses, comments, reactions, revisions, subscriptions } from "./schema.ts";

/** Reads and erases the data of one visitor in D1. */
export function visitorRepository(d1: D1Database): VisitorRepository {
	const db = drizzle(d1);

	const writtenBy = (visitor: string) => and(eq(comments.visitor, visitor), ne(comments.state, "deleted"));

	return {
		async page(visitor, before, limit) {
			const [rows, [reacted], [subscribed]] = await db.batch([
				db
					.select(ownColumns)
					.from(comments)
					.where(and(writtenBy(visitor), before === null ? undefined : lt(comments.id, before)))
					.orderBy(sql`${comments.id} DESC`)
					.limit(limit + 1),
				db.select({ count: count() }).from(reactions).where(eq(reactions.visitor, visitor)),
				db
					.select({ count: count() })
					.from(subscriptions)
					.where(and(eq(subscriptions.visitor, visitor), eq(subscriptions.state, "active"))),
			]);
			const shown = rows.slice(0, limit).map(withoutPath);
			return {
				comments: shown,
				next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
				reactionCount: reacted?.count ?? 0,
				subscriptionCount: subscribed?.count ?? 0,
			};
		},

		async exportAll(visitor) {
			// Includes comments deleted in the admin, whose words are kept for undo.
			const stored = and(eq(comments.visitor, visitor), sql`NOT (state = 'deleted' AND source = '')`);
			const own = db.select({ id: comments.id }).from(comments).where(stored);
			const [rows, versions, ownReactions, ownSubscriptions] = await db.batch([
				db.select(ownColumns).from(comments).where(stored).orderBy(comments.id),
				db.select().from(revisions).where(inArray(revisions.commentId, own)).orderBy(revisions.id),
				db
					.select({
						postId: reactions.postId,
						commentId: sql<number | null>`nullif(${reactions.commentId}, 0)`,
						kind: sql<GivenReaction["kind"]>`${reactions.kind}`,
						createdAt: reactions.createdAt,
					})
					.from(reactions)
					.where(eq(reactions.visitor, visitor))
					.orderBy(reactions.createdAt),
				db
					.select({
						postId: subscriptions.postId,
						commentId: sql<number | null>`nullif(${subscriptions.commentId}, 0)`,
						email: addresses.email,
						confirmedAt: subscriptions.confirmedAt,
					})
					.from(subscriptions)
					.innerJoin(addresses, eq(addresses.id, subscriptions.addressId))
					.where(eq(subscriptions.visitor, visitor))
					.orderBy(subscriptions.id),
			]);
			return {
				comments: rows.map((row) => ({
					...withoutPath(row),
					earlierVersions: versions
						.filter(({ commentId }) => commentId === row.id)
						.map(({ source, writtenAt, replacedAt }) => ({ source, writtenAt, replacedAt })),
				})),
				reactions: ownReactions,
				subscriptions: ownSubscriptions,
			};
		},

		eraseAll: (visitor, at) => redactVisitor(db, { visitor, words: "gone", actor: "author", at }),

		anonymize: (visitor, at) => redactVisitor(db, { visitor, words: "kept", actor: "author", at }),
	};
}
