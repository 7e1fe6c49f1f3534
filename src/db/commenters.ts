import type { D1Database } from "@cloudflare/workers-types";
import { and, eq, inArray, isNotNull, or, type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { CommenterRepository } from "../moderation/commenters.ts";
import { endIdentityStatements } from "./identities.ts";
import { erasureStatements } from "./own-comments.ts";
import { auditLog, blocks, comments, reactions, subscriptions } from "./schema.ts";

/** Commenters in D1. A commenter is the visitor id that comments and reactions share, and nothing else. */
export function commenterRepository(d1: D1Database): CommenterRepository {
	const db = drizzle(d1);

	const writtenBy = (visitor: string) => and(eq(comments.visitor, visitor), sql`visitor <> ''`);
	const idsOf = (visitor: string) => db.select({ id: comments.id }).from(comments).where(writtenBy(visitor));

	/**
	 * Deletes a visitor's data outside their comments: subscriptions, identity, blocks, and the audit log's earlier words,
	 * findings and blocked values.
	 */
	const traceDeletions = (visitor: string) => {
		const namesThem = sql`EXISTS (
			SELECT 1 FROM comments WHERE comments.visitor = ${visitor} AND (
				instr(lowered, ${visitor}) OR instr(lowered, lower(comments.email)) OR instr(lowered, comments.network)
			)
		) OR instr(lowered, (
			SELECT email FROM addresses
			WHERE id = (SELECT address_id FROM identities WHERE identities.visitor = ${visitor})
		))`;
		const mentionsThem = (text: SQL) =>
			sql`EXISTS (SELECT 1 FROM (SELECT lower(${text}) AS lowered) WHERE ${namesThem})`;
		return [
			db.delete(subscriptions).where(eq(subscriptions.visitor, visitor)),
			db
				.update(auditLog)
				.set({ before: null, after: null })
				.where(
					or(
						and(inArray(auditLog.commentId, idsOf(visitor)), inArray(auditLog.kind, ["edited", "rechecked"])),
						and(
							inArray(auditLog.kind, ["blocked", "unblocked"]),
							mentionsThem(sql`coalesce(audit_log.before, '') || coalesce(audit_log.after, '')`),
						),
					),
				),
			db.delete(blocks).where(mentionsThem(sql`blocks.value`)),
			...endIdentityStatements(db, visitor),
		] as const;
	};

	return {
		async list(before, limit) {
			const rows = await db
				.select({
					visitor: comments.visitor,
					latestId: sql<number>`max(id)`.as("latest_id"),
					// SQLite takes the other columns from the row that has the maximum.
					name: comments.name,
					latestAt: comments.createdAt,
					published: sql<number>`sum(state = 'published')`.as("published"),
					held: sql<number>`sum(state = 'held')`.as("held"),
					spam: sql<number>`sum(state = 'spam')`.as("spam"),
					deleted: sql<number>`sum(state = 'deleted')`.as("deleted"),
				})
				.from(comments)
				.where(sql`visitor <> '' AND NOT by_author`)
				.groupBy(comments.visitor)
				.having(before === null ? undefined : sql`max(id) < ${before}`)
				.orderBy(sql`latest_id DESC`)
				.limit(limit + 1);
			const commenters = rows.slice(0, limit).map(({ visitor, latestId, name, latestAt, ...history }) => {
				return { visitor, latestId, name, latestAt, history };
			});
			return { commenters, next: rows.length > limit ? (commenters.at(-1)?.latestId ?? null) : null };
		},

		async networkOf(visitor) {
			const [latest] = await db
				.select({ network: comments.network })
				.from(comments)
				.where(and(writtenBy(visitor), isNotNull(comments.network)))
				.orderBy(sql`id DESC`)
				.limit(1);
			return latest?.network ?? null;
		},

		async edit(id, { name, website, source, html, lang, contentHash }) {
			const changed = await db
				.update(comments)
				.set({
					name,
					website,
					source,
					html,
					lang,
					contentHash,
					// Under another name the comment stays verified only if that is its author's verified name too.
					verified: sql`iif(name = ${name}, verified, NOT by_author AND EXISTS (
						SELECT 1 FROM identities WHERE identities.visitor = comments.visitor AND identities.name = ${name}
					))`,
				})
				.where(
					and(
						eq(comments.id, id),
						sql`(name <> ${name} OR website IS NOT ${website} OR source <> ${source})`,
						sql`NOT (state = 'deleted' AND source = '')`,
					),
				)
				.returning({ id: comments.id });
			return changed.length > 0;
		},

		async anonymize(visitor, name) {
			const [, , , , , , , changed] = await db.batch([
				...traceDeletions(visitor),
				// Each row gets its own random id, so that two reactions of one person cannot be linked.
				db
					.update(reactions)
					.set({ visitor: sql`lower(hex(randomblob(16)))` })
					.where(eq(reactions.visitor, visitor)),
				db
					.update(comments)
					.set({
						name,
						email: null,
						website: null,
						visitor: "",
						network: null,
						findings: null,
						formKey: null,
						fingerprint: "",
					})
					.where(writtenBy(visitor))
					.returning({ id: comments.id }),
			]);
			return changed.map(({ id }) => id);
		},

		async erase(visitor, { at, actor }) {
			const [, , , , , , , , , , changed] = await db.batch([
				...traceDeletions(visitor),
				db.delete(reactions).where(eq(reactions.visitor, visitor)),
				...erasureStatements(db, writtenBy(visitor), at, actor),
				db.update(comments).set({ visitor: "" }).where(writtenBy(visitor)).returning({ id: comments.id }),
			]);
			return changed.map(({ id }) => id);
		},
	};
}
