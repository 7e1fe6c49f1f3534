import { and, eq, inArray, lte, ne, or, type SQL, sql } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import type { RedactionResult } from "../comments/visitors.ts";
import { idsAre, logEntries, recordDecisions } from "./audit-log.ts";
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
	trainingExamples,
	verifications,
} from "./schema.ts";

/**
 * A redaction of all data of a visitor. Kept words may get another name. `actor` is "author" or a moderator's name: moderators
 * also lift the visitor's blocks, which would otherwise let blocked people unblock themselves. `entry` is logged with it.
 */
export type VisitorRedaction = {
	visitor: string;
	words: "gone" | "kept";
	name?: string;
	actor: string;
	at: number;
	entry?: Parameters<typeof logEntries>[1];
};

/** The system whose ids the tombstones of comments written here have. */
const ownSource = "edgecat";

/** Comments, and reactions, that one batch redacts; and batches in one request, whose statements are limited. */
const limits = { batch: 250, batches: 2 };

/** Empties one comment in one batch. Its row stays as a placeholder. */
export async function redactComment(db: DrizzleD1Database, id: number, at: number): Promise<void> {
	await db.batch(commentStatements(db, eq(comments.id, id), { words: "gone", actor: "author", at }));
}

/**
 * Empties hidden comments in one batch, unless they were published since they were found, and logs their number. Returns it.
 * The classifier keeps the training from them, since nobody has taken the decisions back.
 */
export async function redactHidden(
	db: DrizzleD1Database,
	ids: readonly number[],
	entry: Omit<Parameters<typeof logEntries>[1], "kind">,
): Promise<number> {
	if (ids.length === 0) return 0;
	const { actor, at } = entry;
	const which = and(idsAre(ids), sql`${comments.state} <> 'published'`, sql`${comments.source} <> ''`);
	const purge = { visitor: "", words: "gone", actor, at, entry: { ...entry, kind: "purged" } } as const;
	const results = await db.batch([
		...entryStatements(db, which, purge),
		...commentStatements(db, which, { ...purge, isPurge: true }),
		db
			.update(trainingExamples)
			.set({ label: sql`trained_label` })
			.where(sql`comment_id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))
				AND EXISTS (SELECT 1 FROM comments WHERE id = comment_id AND source = '')`),
	] as unknown as Parameters<typeof db.batch>[0]);
	return (results.at(-2) as readonly unknown[]).length;
}

/**
 * Empties a visitor's data in batches, each of which leaves the rest as it was, so that the next request continues where one
 * ended or failed. Comments lose their visitor with their data. What the visitor is found by goes in the last batch.
 */
export async function redactVisitor(
	db: DrizzleD1Database,
	redaction: VisitorRedaction,
): Promise<RedactionResult> {
	const own = and(eq(comments.visitor, redaction.visitor), sql`${comments.visitor} <> ''`);
	let changed = 0;
	for (let batch = 0; batch < limits.batches; batch++) {
		const { until, complete } = await nextBatch(db, redaction.visitor, own);
		const which = until === null ? own : and(own, lte(comments.id, until));
		const results = await db.batch([
			...blockStatements(db, redaction.visitor, redaction.actor),
			...entryStatements(db, which, redaction),
			...visitorStatements(db, redaction, complete),
			...commentStatements(db, which, redaction),
		]);
		changed += (results.at(-1) as readonly unknown[]).length;
		if (complete) return { changed, complete };
	}
	return { changed, complete: false };
}

/** Finds how far a batch reaches: the id of its last comment, or null for all comments, and whether nothing is left then. */
async function nextBatch(db: DrizzleD1Database, visitor: string, own: SQL | undefined) {
	const [ids, [reacted]] = await db.batch([
		db
			.select({ id: comments.id })
			.from(comments)
			.where(own)
			.orderBy(comments.id)
			.limit(limits.batch + 1),
		db
			.select({ count: sql<number>`count(*)` })
			.from(sql`(SELECT 1 FROM reactions WHERE visitor = ${visitor} LIMIT ${limits.batch + 1})`),
	]);
	const until = ids.length > limits.batch ? (ids[limits.batch - 1]?.id ?? null) : null;
	return { until, complete: until === null && (reacted?.count ?? 0) <= limits.batch };
}

/** Returns the statement that logs a moderator's redaction with the number of comments, if there are any. */
function entryStatements(db: DrizzleD1Database, which: SQL | undefined, { entry }: VisitorRedaction) {
	return entry === undefined
		? []
		: [
				logEntries(
					db,
					entry,
					{ after: sql`CAST(total AS TEXT)` },
					sql`(SELECT count(*) AS total FROM ${comments} WHERE ${which}) WHERE total > 0`,
				),
			];
}

/** Returns the statements that empty comments, the last of which returns their ids. It removes what the others find them by. */
function commentStatements(
	db: DrizzleD1Database,
	which: SQL | undefined,
	redaction: Pick<VisitorRedaction, "words" | "name" | "actor" | "at"> & {
		visitor?: string;
		/** Whether the log has one entry for all. */
		isPurge?: boolean;
	},
) {
	const { actor, at, words } = redaction;
	const ids = db.select({ id: comments.id }).from(comments).where(which);
	const undeleted = and(which, ne(comments.state, "deleted"));
	return [
		deleteLocalMails(db, inArray(outbox.commentId, ids)),
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
					...(redaction.isPurge
						? []
						: [recordDecisions(db, undeleted, "deleted", { actor, reason: "", at })]),
					...buryStatements(db, which, at),
				]),
		db.update(comments).set(emptyColumns(redaction)).where(which).returning({ id: comments.id }),
	] as const;
}

/** Returns the statement that deletes mails of the development server. */
function deleteLocalMails(db: DrizzleD1Database, which: SQL | undefined) {
	// The plus keeps SQLite from reading the outbox where there are no local mails, as on a deployment.
	return db
		.delete(localMails)
		.where(sql`+${localMails.key} IN (SELECT message FROM ${outbox} WHERE ${which})`);
}

/** Returns the columns of a comment that a redaction sets. */
function emptyColumns(redaction: Pick<VisitorRedaction, "words" | "name"> & { visitor?: string }) {
	const always = {
		email: null,
		network: null,
		findings: null,
		formKey: null,
		// Without its digest, the same words can be posted again.
		fingerprint: "",
		...(redaction.visitor === undefined ? {} : { visitor: "" }),
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
	// Not before the words it is about, even if the clock was set back.
	const later = sql<number>`max(${at}, ${comments.createdAt}, coalesce(${comments.editedAt}, 0))`;
	const own = {
		source: sql<string>`${ownSource}`,
		id: sql<string>`CAST(${comments.id} AS TEXT)`,
		erasedAt: later,
	};
	const imported = { source: sql<string>`source`, id: sql<string>`source_id`, erasedAt: sql<number>`${at}` };
	const columns = ({ source, id, erasedAt }: typeof own) => ({
		source: source.as("tombstone_source"),
		id: id.as("tombstone_id"),
		erasedAt: erasedAt.as("erased_at"),
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

/**
 * Returns the statements that delete a visitor's reactions, as many as a batch may or all that are left, and with the `last`
 * ones what else there is of them outside their comments. Triggers delete the addresses.
 */
function visitorStatements(db: DrizzleD1Database, { visitor, words }: VisitorRedaction, last: boolean) {
	const own = eq(reactions.visitor, visitor);
	const some = last
		? own
		: sql`reactions.rowid IN (SELECT rowid FROM reactions WHERE visitor = ${visitor} LIMIT ${limits.batch})`;
	return [
		words === "gone"
			? db.delete(reactions).where(some)
			: // Each row gets its own random id, so that two reactions of one person cannot be linked.
				db.update(reactions).set({ visitor: sql`lower(hex(randomblob(16)))` }).where(some),
		...(last
			? [
					deleteLocalMails(db, inArray(outbox.recipient, addressesOf(db, visitor))),
					db.delete(subscriptions).where(eq(subscriptions.visitor, visitor)),
					db
						.delete(verifications)
						.where(or(eq(verifications.visitor, visitor), eq(verifications.usedBy, visitor))),
					...endIdentityStatements(db, visitor),
				]
			: []),
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
	// By kind and value, so that the index finds them.
	const isBlocked = sql`kind IN ('visitor', 'email', 'network') AND value IN (
		SELECT ${visitor}
		UNION SELECT lower(email) FROM comments WHERE visitor = ${visitor}
		UNION SELECT network FROM comments WHERE visitor = ${visitor}
		UNION SELECT email FROM ${addresses}
			WHERE id = (SELECT address_id FROM ${identities} WHERE ${eq(identities.visitor, visitor)})
	)`;
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
	] as const;
}
