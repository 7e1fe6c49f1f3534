import type { D1Database } from "@cloudflare/workers-types";
import { desc, eq, getTableColumns, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { type RecheckRepository, type RecheckSelection, recheckLimit } from "../moderation/recheck.ts";
import { comments, rechecks } from "./schema.ts";

/** The condition for comments no person decided about: the audit log has only entries of the rules for them. */
const undecided = `NOT EXISTS (
	SELECT 1 FROM audit_log WHERE comment_id = comments.id AND kind NOT IN ('rechecked', 'challenge_passed')
)`;

/**
 * The condition for comments that may be rechecked. A comment held without findings, such as an anonymized one, waits for a
 * person. States are literals, as in the partial index.
 */
const eligible: Record<RecheckSelection, string> = {
	waiting: `comments.state = 'held' AND json_array_length(coalesce(comments.findings, '[]')) > 0
		AND NOT comments.by_author AND ${undecided}`,
	published: `comments.state = 'published' AND comments.source <> '' AND NOT comments.by_author AND ${undecided}`,
};

/** The table and index to read. Held comments are few and found by their index; published ones are read by id. */
const from: Record<RecheckSelection, string> = {
	waiting: "comments INDEXED BY comments_waiting",
	published: "comments NOT INDEXED",
};

const limits: Record<RecheckSelection, number> = { waiting: -1, published: recheckLimit };

/** Rechecks in D1. Each step's changes and the cursor after it are one batch. */
export function recheckRepository(d1: D1Database): RecheckRepository {
	const db = drizzle(d1);

	const { requestedAt: _, cursor: __, lastId: ___, ...columns } = getTableColumns(rechecks);
	const shown = {
		...columns,
		undoable: sql<boolean>`EXISTS (
			SELECT 1 FROM audit_log WHERE audit_log.operation = rechecks.operation AND undone_at IS NULL
		)`.mapWith(Boolean),
	};

	return {
		async start(selection, { operation, actor, at }) {
			const started = await d1
				.prepare(
					`INSERT OR IGNORE INTO rechecks (operation, selection, requested_by, requested_at, state, cursor, last_id, total)
					SELECT ?1, ?2, ?3, ?4, 'running', coalesce(min(id), 1) - 1, coalesce(max(id), 0), count(*) FROM (
						SELECT id FROM ${from[selection]} WHERE ${eligible[selection]} ORDER BY id DESC LIMIT ?5
					)`,
				)
				.bind(operation, selection, actor, at, limits[selection])
				.run();
			return started.meta.changes > 0;
		},

		async latest() {
			const [latest] = await db.select(shown).from(rechecks).orderBy(desc(rechecks.id)).limit(1);
			return latest ?? null;
		},

		async stop(at, operation) {
			const stopped = await d1
				.prepare(
					`UPDATE rechecks SET state = 'stopped', settled_at = ?1
					WHERE state = 'running' AND (?2 IS NULL OR operation = ?2)`,
				)
				.bind(at, operation ?? null)
				.run();
			return stopped.meta.changes > 0;
		},

		async next(limit) {
			const [recheck] = await db
				.select({ ...shown, cursor: rechecks.cursor, lastId: rechecks.lastId })
				.from(rechecks)
				.where(eq(rechecks.state, "running"));
			if (recheck === undefined) return null;
			const { cursor, lastId, selection } = recheck;
			const { id, postId, state, name, email, website, source, visitor, network, contentHash, findings } =
				comments;
			const { createdAt, editedAt } = comments;
			const next = await db
				.select({
					...{ id, postId, state, name, email, website, source, visitor, network, contentHash, findings },
					...{ createdAt, editedAt },
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

		async advance({ id, selection, checked: before }, batch, changes, at) {
			const changed = JSON.stringify(
				changes.map(({ comment, judgement }) => ({
					id: comment.id,
					editedAt: comment.editedAt,
					state: judgement.state,
					// Never null: null could equal the stored findings, and the trigger takes a changed state with unchanged
					// findings for a person's decision.
					findings: JSON.stringify(judgement.findings),
				})),
			);
			const change = `(SELECT value ->> 'id' AS id, value ->> 'editedAt' AS edited_at, value ->> 'state' AS state,
				value ->> 'findings' AS findings FROM json_each(?1)) AS change`;
			const isCurrent = `comments.id = change.id AND comments.edited_at IS change.edited_at
				AND ${eligible[selection]}
				AND EXISTS (SELECT 1 FROM rechecks WHERE id = ?2 AND state = 'running' AND checked = ?3)`;
			const done = batch.more ? 0 : 1;
			await d1.batch([
				d1
					.prepare(
						`INSERT INTO audit_log
						SELECT NULL, comments.id, change.state, rechecks.requested_by, '', ?4, rechecks.operation, 'rechecked',
							comments.post_id, json_object('state', comments.state, 'findings', json(comments.findings)),
							change.state, NULL
						FROM ${change}, comments, rechecks WHERE rechecks.id = ?2 AND ${isCurrent}`,
					)
					.bind(changed, id, before, at),
				d1
					.prepare(
						`UPDATE comments SET state = change.state, findings = change.findings FROM ${change} WHERE ${isCurrent}`,
					)
					.bind(changed, id, before),
				d1
					.prepare(
						`UPDATE rechecks SET cursor = coalesce(?1, cursor), checked = checked + ?2,
							changed = (SELECT count(*) FROM audit_log WHERE audit_log.operation = rechecks.operation),
							state = iif(?6, 'done', state), settled_at = iif(?6, ?3, NULL)
						WHERE id = ?4 AND state = 'running' AND checked = ?5`,
					)
					.bind(batch.comments.at(-1)?.id ?? null, batch.comments.length, at, id, before, done),
			]);
		},

		async revert(operation, context) {
			const isCurrent = `entry.operation = ?1 AND entry.kind = 'rechecked' AND entry.before IS NOT NULL
				AND comments.id = entry.comment_id AND comments.state = entry.after`;
			await d1.batch([
				d1
					.prepare(
						`INSERT INTO audit_log
						SELECT NULL, comments.id, entry.before ->> 'state', ?2, ?3, ?4, ?5, 'rechecked', comments.post_id,
							json_object('state', comments.state, 'findings', json(comments.findings)), entry.before ->> 'state', NULL
						FROM audit_log AS entry, comments WHERE ${isCurrent}`,
					)
					.bind(operation, context.actor, context.reason, context.at, context.operation),
				d1
					.prepare(
						`UPDATE comments SET state = entry.before ->> 'state', findings = json_extract(entry.before, '$.findings')
						FROM audit_log AS entry WHERE ${isCurrent}`,
					)
					.bind(operation),
			]);
		},
	};
}
