import type { D1Database } from "@cloudflare/workers-types";
import { and, count, eq, inArray, lt, ne, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { GivenReaction, VisitorRepository } from "../comments/visitors.ts";
import { withdrawing, writtenColumns } from "./authorship.ts";
import { withoutPath } from "./comment-rows.ts";
import { endingIdentity } from "./identities.ts";
import { addresses, comments, reactions, revisions, subscriptions } from "./schema.ts";

/** What D1 holds about one visitor. */
export function visitorRepository(d1: D1Database): VisitorRepository {
	const db = drizzle(d1);

	const written = (visitor: string) => and(eq(comments.visitor, visitor), ne(comments.state, "deleted"));

	return {
		async page(visitor, before, limit) {
			const [rows, [given], [followed]] = await db.batch([
				db
					.select(writtenColumns)
					.from(comments)
					.where(and(written(visitor), before === null ? undefined : lt(comments.id, before)))
					.orderBy(sql`${comments.id} DESC`)
					.limit(limit + 1),
				db.select({ count: count() }).from(reactions).where(eq(reactions.visitor, visitor)),
				db
					.select({ count: count() })
					.from(subscriptions)
					.where(and(eq(subscriptions.visitor, visitor), eq(subscriptions.state, "active"))),
			]);
			const kept = rows.slice(0, limit).map(withoutPath);
			return {
				comments: kept,
				next: rows.length > limit ? (kept.at(-1)?.id ?? null) : null,
				reactionCount: given?.count ?? 0,
				subscriptionCount: followed?.count ?? 0,
			};
		},

		async everything(visitor) {
			// Also what was deleted from the desk, whose words are kept to undo it.
			const kept = and(eq(comments.visitor, visitor), sql`NOT (state = 'deleted' AND source = '')`);
			const own = db.select({ id: comments.id }).from(comments).where(kept);
			const [rows, versions, given, followed] = await db.batch([
				db.select(writtenColumns).from(comments).where(kept).orderBy(comments.id),
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
				reactions: given,
				subscriptions: followed,
			};
		},

		async deleteAll(visitor, at) {
			await db.batch([
				...endingIdentity(db, visitor),
				...withdrawing(db, eq(comments.visitor, visitor), at),
				db.delete(reactions).where(eq(reactions.visitor, visitor)),
				db.delete(subscriptions).where(eq(subscriptions.visitor, visitor)),
				db.update(comments).set({ visitor: "" }).where(eq(comments.visitor, visitor)),
			]);
		},

		async forget(visitor) {
			await db.batch([
				...endingIdentity(db, visitor),
				db.delete(subscriptions).where(eq(subscriptions.visitor, visitor)),
				db
					.update(comments)
					.set({ visitor: "", email: null, network: null })
					.where(eq(comments.visitor, visitor)),
				// One new name a row: two reactions of one person no longer show that they are.
				db
					.update(reactions)
					.set({ visitor: sql`lower(hex(randomblob(16)))` })
					.where(eq(reactions.visitor, visitor)),
			]);
		},
	};
}
