import type { D1Database } from "@cloudflare/workers-types";
import { desc, eq, getTableColumns, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { latestRejudged, type Rejudgeable, type RejudgingRepository } from "../moderation/rejudging.ts";
import { comments, rejudgings } from "./schema.ts";

/** Whom nobody has decided about: no line of the log names the comment but the rules' own. */
const undecided = `NOT EXISTS (
	SELECT 1 FROM decisions WHERE comment_id = comments.id AND kind NOT IN ('rejudged', 'proved')
)`;

/**
 * What may be judged again. A comment that waits for no reason that is known, such as an anonymised one, waits for a person.
 * States are literals, as in the index of those that wait.
 */
const eligible: Record<Rejudgeable, string> = {
	waiting: `comments.state = 'held' AND json_array_length(coalesce(comments.findings, '[]')) > 0
		AND NOT comments.by_author AND ${undecided}`,
	published: `comments.state = 'published' AND comments.source <> '' AND NOT comments.by_author AND ${undecided}`,
};

/** Those that wait are few among all, and found by their index; published ones are walked by id, newest last. */
const from: Record<Rejudgeable, string> = {
	waiting: "comments INDEXED BY comments_waiting",
	published: "comments NOT INDEXED",
};

const most: Record<Rejudgeable, number> = { waiting: -1, published: latestRejudged };

/** Judging again in D1; each piece and the cursor after it are one batch. */
export function rejudgingRepository(d1: D1Database): RejudgingRepository {
	const db = drizzle(d1);

	const { askedAt: _, after: __, last: ___, ...columns } = getTableColumns(rejudgings);
	const shown = {
		...columns,
		undoable: sql<boolean>`EXISTS (
			SELECT 1 FROM decisions WHERE decisions.act = rejudgings.act AND undone_at IS NULL
		)`.mapWith(Boolean),
	};

	return {
		async begin(which, { act, madeBy, at }) {
			const begun = await d1
				.prepare(
					`INSERT OR IGNORE INTO rejudgings (act, which, asked_by, asked_at, state, after, last, total)
					SELECT ?1, ?2, ?3, ?4, 'running', coalesce(min(id), 1) - 1, coalesce(max(id), 0), count(*) FROM (
						SELECT id FROM ${from[which]} WHERE ${eligible[which]} ORDER BY id DESC LIMIT ?5
					)`,
				)
				.bind(act, which, madeBy, at, most[which])
				.run();
			return begun.meta.changes > 0;
		},

		async latest() {
			const [latest] = await db.select(shown).from(rejudgings).orderBy(desc(rejudgings.id)).limit(1);
			return latest ?? null;
		},

		async stop(at, act) {
			const stopped = await d1
				.prepare(
					`UPDATE rejudgings SET state = 'stopped', settled_at = ?1
					WHERE state = 'running' AND (?2 IS NULL OR act = ?2)`,
				)
				.bind(at, act ?? null)
				.run();
			return stopped.meta.changes > 0;
		},

		async next(limit) {
			const [rejudging] = await db
				.select({ ...shown, after: rejudgings.after, last: rejudgings.last })
				.from(rejudgings)
				.where(eq(rejudgings.state, "running"));
			if (rejudging === undefined) return null;
			const { after, last, which } = rejudging;
			const { id, postId, state, name, email, website, source, visitor, network, said, findings } = comments;
			const { createdAt, editedAt } = comments;
			const found = await db
				.select({
					...{ id, postId, state, name, email, website, source, visitor, network, said, findings },
					...{ createdAt, editedAt },
				})
				.from(comments)
				.where(
					sql`id IN (
						SELECT id FROM ${sql.raw(from[which])} WHERE id > ${after} AND id <= ${last}
							AND ${sql.raw(eligible[which])}
						ORDER BY id LIMIT ${limit}
					)`,
				)
				.orderBy(comments.id);
			return { rejudging, comments: found };
		},

		async advance({ id, which, looked: before }, looked, changes, at) {
			const changed = JSON.stringify(
				changes.map(({ comment, judgement }) => ({
					id: comment.id,
					editedAt: comment.editedAt,
					state: judgement.state,
					// Never null, as what a person leaves may be: a changed state whose findings stay is taken for a person's.
					findings: JSON.stringify(judgement.findings),
				})),
			);
			const change = `(SELECT value ->> 'id' AS id, value ->> 'editedAt' AS edited_at, value ->> 'state' AS state,
				value ->> 'findings' AS findings FROM json_each(?1)) AS change`;
			const standing = `comments.id = change.id AND comments.edited_at IS change.edited_at
				AND ${eligible[which]}
				AND EXISTS (SELECT 1 FROM rejudgings WHERE id = ?2 AND state = 'running' AND looked = ?3)`;
			const done = looked.more ? 0 : 1;
			await d1.batch([
				d1
					.prepare(
						`INSERT INTO decisions
						SELECT NULL, comments.id, change.state, rejudgings.asked_by, '', ?4, rejudgings.act, 'rejudged',
							comments.post_id, json_object('state', comments.state, 'findings', json(comments.findings)),
							change.state, NULL
						FROM ${change}, comments, rejudgings WHERE rejudgings.id = ?2 AND ${standing}`,
					)
					.bind(changed, id, before, at),
				d1
					.prepare(
						`UPDATE comments SET state = change.state, findings = change.findings FROM ${change} WHERE ${standing}`,
					)
					.bind(changed, id, before),
				d1
					.prepare(
						`UPDATE rejudgings SET after = coalesce(?1, after), looked = looked + ?2,
							changed = (SELECT count(*) FROM decisions WHERE decisions.act = rejudgings.act),
							state = iif(?6, 'done', state), settled_at = iif(?6, ?3, NULL)
						WHERE id = ?4 AND state = 'running' AND looked = ?5`,
					)
					.bind(looked.comments.at(-1)?.id ?? null, looked.comments.length, at, id, before, done),
			]);
		},

		async takeBack(act, doing) {
			const standing = `told.act = ?1 AND told.kind = 'rejudged' AND told.before IS NOT NULL
				AND comments.id = told.comment_id AND comments.state = told.after`;
			await d1.batch([
				d1
					.prepare(
						`INSERT INTO decisions
						SELECT NULL, comments.id, told.before ->> 'state', ?2, ?3, ?4, ?5, 'rejudged', comments.post_id,
							json_object('state', comments.state, 'findings', json(comments.findings)), told.before ->> 'state', NULL
						FROM decisions AS told, comments WHERE ${standing}`,
					)
					.bind(act, doing.madeBy, doing.reason, doing.at, doing.act),
				d1
					.prepare(
						`UPDATE comments SET state = told.before ->> 'state', findings = json_extract(told.before, '$.findings')
						FROM decisions AS told WHERE ${standing}`,
					)
					.bind(act),
			]);
		},
	};
}
