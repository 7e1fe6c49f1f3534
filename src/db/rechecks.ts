// SQL text: a step compares, logs and changes comments in one batch, against the state they were judged in.
import type { D1Database } from "@cloudflare/workers-types";
import { desc, getTableColumns, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { AuditContext } from "../moderation/audit-log.ts";
import { type RecheckRepository, type RecheckSelection, recheckLimit } from "../moderation/recheck.ts";
import { comments, rechecks } from "./schema.ts";
import { statement } from "./statement.ts";

/** The condition for comments no person decided about: the audit log has only entries of the rules for them. */
const undecided = `NOT EXISTS (
	SELECT 1 FROM audit_log WHERE comment_id = comments.id AND kind NOT IN ('rechecked', 'challenge_passed')
)`;

/**
 * The condition for comments that may be rechecked. A comment held without findings, such as an anonymized one, waits for a
 * person. States are literals, as in the partial index.
 */
const eligible: Record<RecheckSelection, string> = {
	waiting: `comments.state <> 'published' AND comments.state = 'held' AND json_array_length(coalesce(comments.findings, '[]')) > 0
		AND NOT comments.by_author AND ${undecided}`,
	published: `comments.state = 'published' AND comments.source <> '' AND NOT comments.by_author AND ${undecided}`,
};

/** The table and index to read, by id. Held comments are few and found by their index. */
const from: Record<RecheckSelection, string> = {
	waiting: "comments INDEXED BY comments_unpublished",
	published: "comments NOT INDEXED",
};

/** The comments to choose from at the start: of those in public, no more than a few times what is rechecked. */
const candidates: Record<RecheckSelection, string> = {
	waiting: from.waiting,
	published: `(SELECT * FROM comments ORDER BY id DESC LIMIT ${5 * recheckLimit}) AS comments`,
};

const limits: Record<RecheckSelection, number> = { waiting: -1, published: recheckLimit };

const startRecheck = bySelection((selection) =>
	statement<{ operation: string; actor: string; at: number; limit: number }>(
		`INSERT OR IGNORE INTO rechecks (operation, selection, requested_by, requested_at, state, cursor, last_id, total)
		SELECT :operation, '${selection}', :actor, :at, 'running', coalesce(min(id), 1) - 1, coalesce(max(id), 0), count(*)
		FROM (SELECT id FROM ${candidates[selection]} WHERE ${eligible[selection]} ORDER BY id DESC LIMIT :limit)`,
	),
);

/** The changes of a step, from JSON. */
const change = `(SELECT value ->> 'id' AS id, value ->> 'version' AS version, value ->> 'state' AS state,
	value ->> 'findings' AS findings FROM json_each(:changes)) AS change`;

/** The condition that a comment is as it was judged, and the recheck where it was before the step. */
const isUnchanged = (selection: RecheckSelection) => `comments.id = change.id
	AND comments.version = change.version AND ${eligible[selection]}
	AND EXISTS (SELECT 1 FROM rechecks WHERE id = :id AND state = 'running' AND checked = :checkedBefore)`;

const logChanges = bySelection((selection) =>
	statement<{ changes: string; id: number; checkedBefore: number; at: number }>(
		`INSERT INTO audit_log (comment_id, state, actor, reason, created_at, operation, kind, post_id, before, after, version)
		SELECT comments.id, change.state, rechecks.requested_by, '', :at, rechecks.operation, 'rechecked', comments.post_id,
			json_object('state', comments.state, 'findings', json(comments.findings)), change.state,
			comments.version
		FROM ${change}, comments, rechecks WHERE rechecks.id = :id AND ${isUnchanged(selection)}`,
	),
);

const applyChanges = bySelection((selection) =>
	statement<{ changes: string; id: number; checkedBefore: number; at: number }>(
		`UPDATE comments SET state = change.state, findings = change.findings,
			published_at = iif(change.state = 'published', coalesce(published_at, :at), published_at) FROM ${change}
		WHERE ${isUnchanged(selection)}`,
	),
);

const moveCursor = statement<{
	cursor: number | null;
	count: number;
	at: number;
	id: number;
	checkedBefore: number;
	done: boolean;
}>(
	`UPDATE rechecks SET cursor = coalesce(:cursor, cursor), checked = checked + :count,
		changed = (
			SELECT count(*) FROM audit_log WHERE audit_log.operation = rechecks.operation AND audit_log.operation <> ''
		),
		state = iif(:done, 'done', state), settled_at = iif(:done, :at, NULL)
	WHERE id = :id AND state = 'running' AND checked = :checkedBefore`,
);

/** The condition for comments in the state that a recheck's entry gave them. Words changed since are not published unread. */
const isRevertible = `entry.operation = :operation AND entry.operation <> '' AND entry.kind = 'rechecked'
	AND entry.before IS NOT NULL
	AND comments.id = entry.comment_id AND comments.state = entry.after
	AND (entry.before ->> 'state' <> 'published' OR comments.version = entry.version)`;

/** A running recheck would add entries to an operation that is being undone. */
const stopRecheck = statement<{ operation: string; at: number }>(
	`UPDATE rechecks SET state = 'stopped', settled_at = :at WHERE state = 'running' AND operation = :operation`,
);

const logReversal = statement<{
	operation: string;
	actor: string;
	reason: string;
	at: number;
	newOperation: string;
}>(
	`INSERT INTO audit_log (comment_id, state, actor, reason, created_at, operation, kind, post_id, before, after, version)
	SELECT comments.id, entry.before ->> 'state', :actor, :reason, :at, :newOperation, 'rechecked', comments.post_id,
		json_object('state', comments.state, 'findings', json(comments.findings)), entry.before ->> 'state',
		comments.version
	FROM audit_log AS entry, comments WHERE ${isRevertible}`,
);

const applyReversal = statement<{ operation: string }>(
	`UPDATE comments SET state = entry.before ->> 'state', findings = json_extract(entry.before, '$.findings')
	FROM audit_log AS entry WHERE ${isRevertible}`,
);

/** Rechecks in D1. Each step's changes and the cursor after it are one batch. */
export function recheckRepository(d1: D1Database): RecheckRepository {
	const db = drizzle(d1);

	const { requestedAt: _, cursor: __, lastId: ___, ...columns } = getTableColumns(rechecks);
	const shown = {
		...columns,
		undoable: sql<boolean>`EXISTS (
			SELECT 1 FROM audit_log
			WHERE audit_log.operation = rechecks.operation AND audit_log.operation <> '' AND undone_at IS NULL
		)`.mapWith(Boolean),
	};

	return {
		async start(selection, { operation, actor, at }) {
			const limit = limits[selection];
			return (await startRecheck[selection].run(d1, { operation, actor, at, limit })) > 0;
		},

		async latest() {
			const [latest] = await db.select(shown).from(rechecks).orderBy(desc(rechecks.id)).limit(1);
			return latest ?? null;
		},

		async stop(at) {
			const stopped = await db
				.update(rechecks)
				.set({ state: "stopped", settledAt: at })
				.where(sql`state = 'running'`)
				.returning({ id: rechecks.id });
			return stopped.length > 0;
		},

		async next(limit) {
			const [recheck] = await db
				.select({ ...shown, cursor: rechecks.cursor, lastId: rechecks.lastId })
				.from(rechecks)
				.where(sql`state = 'running'`);
			if (recheck === undefined) return null;
			const { cursor, lastId, selection } = recheck;
			const next = await db
				.select({
					id: comments.id,
					postId: comments.postId,
					state: comments.state,
					name: comments.name,
					email: comments.email,
					website: comments.website,
					source: comments.source,
					html: comments.html,
					visitor: comments.visitor,
					network: comments.network,
					contentHash: comments.contentHash,
					findings: comments.findings,
					createdAt: comments.createdAt,
					editedAt: comments.editedAt,
					version: comments.version,
				})
				.from(comments)
				.where(
					sql`id IN (
						SELECT id FROM ${sql.raw(from[selection])} WHERE id > ${cursor} AND id <= ${lastId}
							AND ${sql.raw(eligible[selection])}
						ORDER BY id LIMIT ${limit}
					)`,
				)
				.orderBy(comments.id);
			return { recheck, comments: next };
		},

		async advance({ id, selection, checked: checkedBefore }, batch, judged, at) {
			const changes = JSON.stringify(
				judged.map(({ comment, judgement }) => ({
					id: comment.id,
					version: comment.version,
					state: judgement.state,
					// Never null: null could equal the stored findings, and the trigger takes a changed state with unchanged
					// findings for a person's decision.
					findings: JSON.stringify(judgement.findings),
				})),
			);
			const step = { changes, id, checkedBefore };
			const cursor = batch.comments.at(-1)?.id ?? null;
			const count = batch.comments.length;
			await d1.batch([
				logChanges[selection].bind(d1, { ...step, at }),
				applyChanges[selection].bind(d1, { ...step, at }),
				moveCursor.bind(d1, { cursor, count, at, id, checkedBefore, done: !batch.more }),
			]);
		},
	};
}

/** Returns the statements that stop the recheck of an operation, and log and revert its changes; run them in one batch. */
export function reversalStatements(
	d1: D1Database,
	operation: string,
	{ actor, reason, at, operation: newOperation }: AuditContext,
) {
	return [
		stopRecheck.bind(d1, { operation, at }),
		logReversal.bind(d1, { operation, actor, reason, at, newOperation }),
		applyReversal.bind(d1, { operation }),
	];
}

/** Makes one statement for each selection. */
function bySelection<S>(make: (selection: RecheckSelection) => S): Record<RecheckSelection, S> {
	return { waiting: make("waiting"), published: make("published") };
}
