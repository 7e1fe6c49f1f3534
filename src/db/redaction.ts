import { and, eq, inArray, ne, or, type SQL, sql } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import { recordDecisions } from "./audit-log.ts";
import { endIdentityStatements } from "./identities.ts";
import {
	addresses,
	auditLog,
	blocks,
	comments,
	identities,
	importedComments,
	localMails,
	outbox,
	reactions,
	revisions,
	subscriptions,
	tombstones,
	verifications,
} from "./schema.ts";

/**
 * A redaction of one comment or of all data of a visitor. Kept words may get another name. `actor` is "author" or a
 * moderator's name: moderators also lift the visitor's blocks, which would otherwise let blocked people unblock themselves.
 */
export type Redaction = { actor: string; at: number } & (
	| { comment: number; words: "gone" }
	| { visitor: string; words: "gone" }
	| { visitor: string; words: "kept"; name?: string }
);

/** The system whose ids the tombstones of comments written here have. */
const ownSource = "edgecat";

/**
 * Empties people's data in one batch and returns the ids of the comments changed, whose rows stay as placeholders. Every
 * erasure and anonymization is this function. Statements find data by the comments' visitor ids and addresses, which the
 * last one removes.
 */
export async function redact(db: DrizzleD1Database, redaction: Redaction): Promise<readonly number[]> {
	const { actor, at, words } = redaction;
	const visitor = "visitor" in redaction ? redaction.visitor : null;
	const which =
		visitor === null && "comment" in redaction
			? eq(comments.id, redaction.comment)
			: and(eq(comments.visitor, visitor ?? ""), sql`${comments.visitor} <> ''`);
	const ids = db.select({ id: comments.id }).from(comments).where(which);
	const mails = sql`SELECT message FROM ${outbox} WHERE ${inArray(outbox.commentId, ids)}
		OR ${visitor === null ? sql`0` : inArray(outbox.recipient, addressesOf(db, visitor))}`;
	const undeleted = and(which, ne(comments.state, "deleted"));

	const results = await db.batch([
		// The plus keeps SQLite from reading the outbox where there are no local mails, as on a deployment.
		db.delete(localMails).where(sql`+${localMails.key} IN (${mails})`),
		...(visitor === null ? [] : visitorStatements(db, visitor, words, actor)),
		// They may hold what was taken out since.
		db.delete(revisions).where(inArray(revisions.commentId, ids)),
		// Findings quote the comment.
		db
			.update(auditLog)
			.set({ before: null, after: null })
			.where(and(inArray(auditLog.commentId, ids), eq(auditLog.kind, "rechecked"))),
		...(words === "kept"
			? []
			: [
					recordDecisions(db, undeleted, "deleted", { actor, reason: "", at }),
					...buryStatements(db, which, at),
				]),
		db.update(comments).set(emptyColumns(redaction)).where(which).returning({ id: comments.id }),
	]);
	const changed = results.at(-1) as readonly { id: number }[];
	return changed.map(({ id }) => id);
}

/** Returns the columns of a comment that a redaction sets. */
function emptyColumns(redaction: Redaction) {
	const always = {
		email: null,
		network: null,
		findings: null,
		formKey: null,
		// Without its digest, the same words can be posted again.
		fingerprint: "",
		...("visitor" in redaction ? { visitor: "" } : {}),
	};
	if (redaction.words === "kept") {
		return redaction.name === undefined ? always : { ...always, name: redaction.name, website: null };
	}
	return {
		...always,
		state: "deleted" as const,
		name: "",
		website: null,
		source: "",
		html: "",
		lang: null,
		contentHash: null,
		editedAt: null,
		verified: false,
	};
}

/**
 * Returns the statements that write tombstones for the comments `which`: under their own ids, and under those they have in
 * the system they were imported from.
 */
function buryStatements(db: DrizzleD1Database, which: SQL | undefined, at: number) {
	const own = { source: sql<string>`${ownSource}`, id: sql<string>`CAST(${comments.id} AS TEXT)` };
	const imported = { source: sql<string>`source`, id: sql<string>`source_id` };
	const columns = ({ source, id }: typeof own) => ({
		source: source.as("tombstone_source"),
		id: id.as("tombstone_id"),
		erasedAt: sql<number>`${at}`.as("erased_at"),
	});
	const ids = db.select({ id: comments.id }).from(comments).where(which);
	return [
		db
			.insert(tombstones)
			// SQLite reads ON after a SELECT without WHERE as part of a join.
			.select(db.select(columns(own)).from(comments).where(and(which, sql`1`)))
			.onConflictDoNothing(),
		db
			.insert(tombstones)
			.select(
				db.select(columns(imported)).from(importedComments).where(inArray(importedComments.commentId, ids)),
			)
			.onConflictDoNothing(),
	];
}

/** Selects the ids of a visitor's e-mail addresses. A link asked for an address does not make it theirs. */
function addressesOf(db: DrizzleD1Database, visitor: string) {
	return db
		.select({ id: addresses.id })
		.from(addresses)
		.where(
			sql`${addresses.id} IN (
				SELECT address_id FROM subscriptions WHERE visitor = ${visitor}
				UNION SELECT address_id FROM identities WHERE visitor = ${visitor}
			)`,
		);
}

/** Returns the statements that delete a visitor's data outside their comments; triggers delete the addresses. */
function visitorStatements(db: DrizzleD1Database, visitor: string, words: Redaction["words"], actor: string) {
	const own = eq(reactions.visitor, visitor);
	return [
		...blockStatements(db, visitor, actor),
		db.delete(subscriptions).where(eq(subscriptions.visitor, visitor)),
		db.delete(verifications).where(or(eq(verifications.visitor, visitor), eq(verifications.usedBy, visitor))),
		...endIdentityStatements(db, visitor),
		words === "gone"
			? db.delete(reactions).where(own)
			: // Each row gets its own random id, so that two reactions of one person cannot be linked.
				db.update(reactions).set({ visitor: sql`lower(hex(randomblob(16)))` }).where(own),
	];
}

/** Returns the statements that lift a visitor's blocks or, for an author, remove the name from them; the log forgets whom they named. */
function blockStatements(db: DrizzleD1Database, visitor: string, actor: string) {
	const isTheirs = (value: SQL) => sql`(
		EXISTS (
			SELECT 1 FROM comments
			WHERE comments.visitor = ${visitor} AND ${value} IN (${visitor}, lower(comments.email), comments.network)
		) OR ${value} = (
			SELECT email FROM ${addresses}
			WHERE id = (SELECT address_id FROM ${identities} WHERE ${eq(identities.visitor, visitor)})
		)
	)`;
	const isBlocked = isTheirs(sql`blocks.value`);
	return [
		db
			.update(auditLog)
			.set({ before: null, after: null })
			.where(
				and(
					sql`kind IN ('blocked', 'unblocked')`,
					isTheirs(sql`coalesce(audit_log.after, audit_log.before) ->> 'value'`),
				),
			),
		actor === "author"
			? db.update(blocks).set({ label: "" }).where(isBlocked)
			: db.delete(blocks).where(isBlocked),
	];
}
