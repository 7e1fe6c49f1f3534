import type { D1Database } from "@cloudflare/workers-types";
import { and, eq, inArray, isNotNull, or, type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { PeopleRepository } from "../moderation/repository.ts";
import { withdrawing } from "./authorship.ts";
import { endingIdentity } from "./identities.ts";
import { blocks, comments, decisions, reactions, subscriptions } from "./schema.ts";

/** Persons in D1: they are the visitor id their comments and reactions share, and nothing else. */
export function peopleRepository(d1: D1Database): PeopleRepository {
	const db = drizzle(d1);

	const theirs = (visitor: string) => and(eq(comments.visitor, visitor), sql`visitor <> ''`);
	const idsOf = (visitor: string) => db.select({ id: comments.id }).from(comments).where(theirs(visitor));

	/**
	 * What is kept of them elsewhere: where mail goes, their words before an edit, what the rules found in these, and by what
	 * they were blocked.
	 */
	const forgotten = (visitor: string) => {
		const named = sql`EXISTS (
			SELECT 1 FROM comments WHERE comments.visitor = ${visitor} AND (
				instr(told, ${visitor}) OR instr(told, lower(comments.email)) OR instr(told, comments.network)
			)
		) OR instr(told, (
			SELECT email FROM addresses
			WHERE id = (SELECT address_id FROM identities WHERE identities.visitor = ${visitor})
		))`;
		const told = (text: SQL) => sql`EXISTS (SELECT 1 FROM (SELECT lower(${text}) AS told) WHERE ${named})`;
		return [
			db.delete(subscriptions).where(eq(subscriptions.visitor, visitor)),
			db
				.update(decisions)
				.set({ before: null, after: null })
				.where(
					or(
						and(
							inArray(decisions.commentId, idsOf(visitor)),
							inArray(decisions.kind, ["edited", "rejudged"]),
						),
						and(
							inArray(decisions.kind, ["blocked", "unblocked"]),
							told(sql`coalesce(decisions.before, '') || coalesce(decisions.after, '')`),
						),
					),
				),
			db.delete(blocks).where(told(sql`blocks.value`)),
			...endingIdentity(db, visitor),
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
			const people = rows.slice(0, limit).map(({ visitor, latestId, name, latestAt, ...history }) => {
				return { visitor, latestId, name, latestAt, history };
			});
			return { people, next: rows.length > limit ? (people.at(-1)?.latestId ?? null) : null };
		},

		async networkOf(visitor) {
			const [latest] = await db
				.select({ network: comments.network })
				.from(comments)
				.where(and(theirs(visitor), isNotNull(comments.network)))
				.orderBy(sql`id DESC`)
				.limit(1);
			return latest?.network ?? null;
		},

		async reword(id, { name, website, source, html, lang, said }) {
			const changed = await db
				.update(comments)
				.set({
					name,
					website,
					source,
					html,
					lang,
					said,
					// A mark under another name is true only where the name is the writer's own too.
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

		async anonymise(visitor, name) {
			const [, , , , , , , changed] = await db.batch([
				...forgotten(visitor),
				// A new name for each row: two reactions of one person no longer show that they are.
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
					.where(theirs(visitor))
					.returning({ id: comments.id }),
			]);
			return changed.map(({ id }) => id);
		},

		async erase(visitor, { at, madeBy }) {
			const [, , , , , , , , , , changed] = await db.batch([
				...forgotten(visitor),
				db.delete(reactions).where(eq(reactions.visitor, visitor)),
				...withdrawing(db, theirs(visitor), at, madeBy),
				db.update(comments).set({ visitor: "" }).where(theirs(visitor)).returning({ id: comments.id }),
			]);
			return changed.map(({ id }) => id);
		},
	};
}
