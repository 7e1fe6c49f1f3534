import type { D1Database } from "@cloudflare/workers-types";
import { and, desc, eq, isNotNull, lt, sql } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import type { AuditContext } from "../moderation/audit-log.ts";
import type { CommenterRepository, EditedText } from "../moderation/commenters.ts";
import { logEntries } from "./audit-log.ts";
import { noHistory, readHistories } from "./commenter-history.ts";
import { redactHidden, redactVisitor } from "./redaction.ts";
import { recordRevisions } from "./revisions.ts";
import { comments, revisions } from "./schema.ts";

/** Comments that one page of the list looks at. */
const lookedAtLimit = 1000;

/** Whether a comment is its author's latest. */
const isLatest = sql<boolean>`NOT EXISTS (
	SELECT 1 FROM comments AS later
	WHERE later.visitor = comments.visitor AND later.id > comments.id AND NOT later.by_author
)`.mapWith(Boolean);

/** Commenters in D1. A commenter is the visitor id that comments and reactions share, and nothing else. */
export function commenterRepository(d1: D1Database): CommenterRepository {
	const db = drizzle(d1);

	const writtenBy = (visitor: string) => and(eq(comments.visitor, visitor), sql`visitor <> ''`);

	return {
		async list(before, limit) {
			const { id, visitor, name, createdAt, byAuthor } = comments;
			const latest = await db
				.select({ id, visitor, name, createdAt, byAuthor, isLatest })
				.from(comments)
				.where(before === null ? undefined : lt(id, before))
				.orderBy(desc(id))
				.limit(lookedAtLimit);
			const found = latest.filter((row) => row.visitor !== "" && !row.byAuthor && row.isLatest);
			const shown = found.slice(0, limit);
			const histories = await readHistories(d1, shown);
			const commenters = shown.map((row) => ({
				...{ visitor: row.visitor, latestId: row.id, name: row.name, latestAt: row.createdAt },
				history: histories.get(row.visitor) ?? noHistory,
			}));
			const more = latest.length < lookedAtLimit ? null : latest.at(-1)?.id;
			return { commenters, next: (found.length > limit ? shown.at(-1)?.id : more) ?? null };
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

		async purgeNetwork(network, limit, entry) {
			const hidden = sql`network = ${network} AND network IS NOT NULL AND state <> 'published' AND source <> ''`;
			const found = await db
				.select({ id: comments.id })
				.from(comments)
				.where(hidden)
				.orderBy(comments.createdAt)
				.limit(limit);
			return redactHidden(
				db,
				found.map(({ id }) => id),
				entry,
			);
		},

		async versionBefore(id, operation) {
			const { name, website, source } = revisions;
			const [latest] = await db
				.select({ name, website, source, operation: revisions.operation })
				.from(revisions)
				.where(eq(revisions.commentId, id))
				.orderBy(desc(revisions.id))
				.limit(1);
			if (latest === undefined || latest.operation !== operation) return null;
			return { name: latest.name, website: latest.website, source: latest.source };
		},

		anonymize: (visitor, name, context) => {
			const entry = { ...context, kind: "anonymized" } as const;
			return redactVisitor(db, { visitor, words: "kept", name, actor: context.actor, at: context.at, entry });
		},

		erase: (visitor, context) => {
			const entry = { ...context, kind: "erased" } as const;
			return redactVisitor(db, { visitor, words: "gone", actor: context.actor, at: context.at, entry });
		},
	};
}

/**
 * Returns the statements that keep the present version of a comment, log the edit without words, and make it, if the comment
 * is still in the version that was edited and would change; run them in one batch.
 */
export function editStatements(
	db: DrizzleD1Database,
	{ id, version, text }: { id: number; version: number; text: EditedText },
	context: AuditContext,
) {
	const { name, website, source, html, lang, contentHash } = text;
	const changing = and(
		eq(comments.id, id),
		eq(comments.version, version),
		sql`(name <> ${name} OR website IS NOT ${website} OR source <> ${source})`,
		sql`NOT (state = 'deleted' AND source = '')`,
	);
	return [
		recordRevisions(db, changing, context),
		logEntries(
			db,
			{ ...context, kind: "edited" },
			{ commentId: sql`id`, postId: sql`post_id`, version: sql`version` },
			sql`${comments} WHERE ${changing}`,
		),
		db
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
			.where(changing),
	] as const;
}
