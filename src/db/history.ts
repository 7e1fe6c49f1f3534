import type { D1Database } from "@cloudflare/workers-types";
import type { CommentState } from "../comments/comment.ts";
import { type HistoryReader, mostFromNetwork, type Reputation } from "../moderation/history.ts";
import type { Learnt } from "../moderation/learning.ts";
import { settingsFrom } from "../moderation/settings.ts";
import { decodeWeights, noWeights } from "../moderation/weights.ts";

/** How many repeats and how much of the thread the rules look at. */
const bounds = { repeats: 10, thread: 10, beginning: 300 } as const;

/** How many comments can have come since ?6, by the ids given since: counting them one by one is left for when it may be a flood. */
const mostRecent = `SELECT coalesce(1 + (SELECT max(id) FROM comments) - min(coalesce(published, held), coalesce(held, published)), 0)
		AS most FROM (SELECT
			(SELECT id FROM comments WHERE state = 'published' AND created_at > ?6 ORDER BY created_at LIMIT 1) AS published,
			(SELECT id FROM comments WHERE state = 'held' AND created_at > ?6 ORDER BY created_at LIMIT 1) AS held)`;

/**
 * The past in D1, in one statement: each part of it is a bounded look at one index. For a comment judged again (`?10`) it
 * is what the others say: of the same words those said before, or called spam by a person since.
 */
const statement = `SELECT
	EXISTS (SELECT 1 FROM comments WHERE visitor = ?1 AND visitor <> '' AND state = 'published'
		AND id IS NOT ?10) AS known,
	EXISTS (
		SELECT 1 FROM comments WHERE visitor = ?1 AND visitor <> '' AND state = 'published' AND created_at <= ?6
	) AS knownBefore,
	(SELECT json_group_array(kind) FROM blocks
		WHERE (kind, value) IN (VALUES ('visitor', ?1), ('network', ?5), ('email', ?9))) AS blocked,
	(SELECT json_group_array(json_object('postId', post_id, 'state', state)) FROM (
		SELECT post_id, state FROM comments
		WHERE said = ?2 AND said IS NOT NULL AND (post_id <> ?3 OR state = 'spam')
			AND (?10 IS NULL OR id < ?10 OR id > ?10 AND EXISTS (
				SELECT 1 FROM lessons WHERE comment_id = comments.id AND lesson = 'spam'
			))
		ORDER BY id DESC LIMIT ${bounds.repeats}
	)) AS repeats,
	(SELECT json_group_array(json_array(host, json_object('approved', approved, 'spam', spam))) FROM link_hosts
		WHERE host IN (SELECT value FROM json_each(?4))) AS hosts,
	(SELECT json_group_array(beginning) FROM (
		SELECT substr(source, 1, ${bounds.beginning}) AS beginning FROM comments
		WHERE post_id = ?3 AND state = 'published' AND id IS NOT ?10 ORDER BY created_at DESC LIMIT ${bounds.thread}
	)) AS thread,
	(SELECT count(*) FROM (
		SELECT 1 FROM comments
		WHERE network = ?5 AND network IS NOT NULL AND created_at > ?6 LIMIT ${mostFromNetwork}
	)) AS fromNetwork,
	(SELECT iif(most < ?7, most,
		(SELECT count(*) FROM (SELECT 1 FROM comments WHERE state = 'published' AND created_at > ?6 LIMIT ?7))
			+ (SELECT count(*) FROM (SELECT 1 FROM comments WHERE state = 'held' AND created_at > ?6 LIMIT ?7))
	) FROM (${mostRecent})) AS everywhere,
	(SELECT json_array(revision, weights, approved, spam) FROM classifier WHERE id = 1 AND revision <> ?8) AS learnt,
	(SELECT body FROM settings WHERE id = 1) AS settings`;

type Row = {
	known: number;
	knownBefore: number;
	blocked: string;
	repeats: string;
	hosts: string;
	thread: string;
	fromNetwork: number;
	everywhere: number;
	learnt: string | null;
	settings: string | null;
};

/** Reads what the rules need of the past from D1; the classifier's weights only when they have changed. */
export function historyReader(d1: D1Database): HistoryReader {
	let learnt: Learnt = { revision: 0, weights: noWeights() };

	return async ({ visitor, email, said, postId, hosts, network, recentSince, flood, itself = null }) => {
		const address = email?.toLowerCase() ?? null;
		const row = await d1
			.prepare(statement)
			.bind(
				visitor,
				said,
				postId,
				JSON.stringify(hosts),
				network,
				recentSince,
				flood,
				learnt.revision,
				address,
				itself,
			)
			.first<Row>();
		if (row === null) throw new Error("a statement that always has a row had none");
		if (row.learnt !== null) {
			const [revision, weights, approved, spam] = JSON.parse(row.learnt) as [number, string, number, number];
			learnt = { revision, weights: decodeWeights(weights, { approved, spam }) };
		}
		const history = {
			known: row.known === 1,
			knownBefore: row.knownBefore === 1,
			blocked: JSON.parse(row.blocked),
			repeats: JSON.parse(row.repeats) as { postId: string; state: CommentState }[],
			hosts: new Map<string, Reputation>(JSON.parse(row.hosts)),
			thread: JSON.parse(row.thread),
			fromNetwork: row.fromNetwork,
			everywhere: row.everywhere,
			weights: learnt.weights,
		};
		return { history, settings: settingsFrom(row.settings === null ? null : JSON.parse(row.settings)) };
	};
}
