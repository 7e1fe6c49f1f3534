import type { D1Database } from "@cloudflare/workers-types";
import type { CommentState } from "../comments/comment.ts";
import { type EvidenceReader, maxNetworkCount, type Reputation } from "../moderation/evidence.ts";
import { settingsFrom } from "../moderation/settings.ts";
import type { ClassifierModel } from "../moderation/training.ts";
import { decodeWeights, noWeights } from "../moderation/weights.ts";

/** How many repeats and comments of the thread the rules see, and how many characters of each of the latter. */
const bounds = { repeats: 10, thread: 10, beginning: 300 } as const;

/** An upper bound for the comments since ?6, from the ids given since. Counting them is left for when it may be a flood. */
const mostRecent = `SELECT coalesce(1 + (SELECT max(id) FROM comments) - min(coalesce(published, held), coalesce(held, published)), 0)
		AS most FROM (SELECT
			(SELECT id FROM comments WHERE state = 'published' AND created_at > ?6 ORDER BY created_at LIMIT 1) AS published,
			(SELECT id FROM comments WHERE state = 'held' AND created_at > ?6 ORDER BY created_at LIMIT 1) AS held)`;

/**
 * Reads all evidence in one statement, each part with a bounded read of one index. For a recheck, `?10` excludes the comment
 * itself; repeats are then those written before it, or labelled spam by a person since.
 */
const statement = `SELECT
	EXISTS (SELECT 1 FROM comments WHERE visitor = ?1 AND visitor <> '' AND state = 'published'
		AND id IS NOT ?10) AS known,
	EXISTS (
		SELECT 1 FROM comments WHERE visitor = ?1 AND visitor <> '' AND state = 'published' AND created_at <= ?6
	) AS knownEarlier,
	(SELECT json_group_array(kind) FROM blocks
		WHERE (kind, value) IN (VALUES ('visitor', ?1), ('network', ?5), ('email', ?9))) AS blocked,
	(SELECT json_group_array(json_object('postId', post_id, 'state', state)) FROM (
		SELECT post_id, state FROM comments
		WHERE content_hash = ?2 AND content_hash IS NOT NULL AND (post_id <> ?3 OR state = 'spam')
			AND (?10 IS NULL OR id < ?10 OR id > ?10 AND EXISTS (
				SELECT 1 FROM training_examples WHERE comment_id = comments.id AND label = 'spam'
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
		WHERE network = ?5 AND network IS NOT NULL AND created_at > ?6 LIMIT ${maxNetworkCount}
	)) AS fromNetwork,
	(SELECT iif(most < ?7, most,
		(SELECT count(*) FROM (SELECT 1 FROM comments WHERE state = 'published' AND created_at > ?6 LIMIT ?7))
			+ (SELECT count(*) FROM (SELECT 1 FROM comments WHERE state = 'held' AND created_at > ?6 LIMIT ?7))
	) FROM (${mostRecent})) AS everywhere,
	(SELECT json_array(revision, weights, approved, spam) FROM classifier WHERE id = 1 AND revision <> ?8) AS trained,
	(SELECT body FROM settings WHERE id = 1) AS settings`;

type Row = {
	known: number;
	knownEarlier: number;
	blocked: string;
	repeats: string;
	hosts: string;
	thread: string;
	fromNetwork: number;
	everywhere: number;
	trained: string | null;
	settings: string | null;
};

/** Reads the evidence for the rules from D1. The classifier's weights are read only after they have changed. */
export function evidenceReader(d1: D1Database): EvidenceReader {
	let model: ClassifierModel = { revision: 0, weights: noWeights() };

	return async ({
		visitor,
		email,
		contentHash,
		postId,
		hosts,
		network,
		recentSince,
		countLimit: flood,
		exceptId: itself = null,
	}) => {
		const address = email?.toLowerCase() ?? null;
		const row = await d1
			.prepare(statement)
			.bind(
				visitor,
				contentHash,
				postId,
				JSON.stringify(hosts),
				network,
				recentSince,
				flood,
				model.revision,
				address,
				itself,
			)
			.first<Row>();
		if (row === null) throw new Error("a statement that always returns a row returned none");
		if (row.trained !== null) {
			const [revision, weights, approved, spam] = JSON.parse(row.trained) as [number, string, number, number];
			model = { revision, weights: decodeWeights(weights, { approved, spam }) };
		}
		const evidence = {
			known: row.known === 1,
			knownEarlier: row.knownEarlier === 1,
			blocked: JSON.parse(row.blocked),
			duplicates: JSON.parse(row.repeats) as { postId: string; state: CommentState }[],
			hosts: new Map<string, Reputation>(JSON.parse(row.hosts)),
			threadExcerpts: JSON.parse(row.thread),
			recentFromNetwork: row.fromNetwork,
			recentOnSite: row.everywhere,
			weights: model.weights,
		};
		return { evidence, settings: settingsFrom(row.settings === null ? null : JSON.parse(row.settings)) };
	};
}
