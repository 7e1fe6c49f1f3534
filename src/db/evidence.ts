// SQL text: all evidence for one comment in one statement; the most frequent read of a POST.
import type { D1Database } from "@cloudflare/workers-types";
import * as v from "valibot";
import { reachedLimitAt } from "../comments/write-limits.ts";
import { blockKinds } from "../moderation/blocks.ts";
import { type EvidenceReader, maxNetworkCount } from "../moderation/evidence.ts";
import { settingsFrom } from "../moderation/settings.ts";
import type { ClassifierModel } from "../moderation/training.ts";
import { decodeWeights, noWeights } from "../moderation/weights.ts";
import { isPaused } from "./pauses.ts";
import { flag, json, row, statement } from "./statement.ts";
import { bindReached, reachedIn } from "./write-counts.ts";

/** Limits of the evidence: comments of the visitor, repeats, comments of the thread, and characters of each of the latter. */
const bounds = { own: 100, repeats: 10, thread: 10, beginning: 300 } as const;

const parseRow = row({
	known: flag,
	knownEarlier: flag,
	blocked: json(v.array(v.picklist(blockKinds))),
	repeats: json(v.array(v.object({ postId: v.string(), isMarkedSpam: flag }))),
	targets: json(v.array(v.tuple([v.string(), v.object({ approved: v.number(), spam: v.number() })]))),
	thread: json(v.array(v.string())),
	fromNetwork: v.number(),
	everywhere: v.number(),
	paused: flag,
	trained: v.nullable(json(v.tuple([v.number(), v.string(), v.number(), v.number()]))),
	settings: v.nullable(json(v.unknown())),
});

type EvidenceRow = ReturnType<typeof parseRow>;

/** The latest comments of the visitor; whoever has none in public among so many is not known. */
const ownComments = `SELECT id, state, created_at FROM comments WHERE visitor = :visitor AND visitor <> ''
	ORDER BY id DESC LIMIT ${bounds.own}`;

/** An upper bound for the comments since :since, from the ids given since. Counting them is left for when it may be a flood. */
const mostRecent = `SELECT coalesce(1 + (SELECT id FROM comments ORDER BY id DESC LIMIT 1) - min(coalesce(published, held), coalesce(held, published)), 0)
		AS most FROM (SELECT
			(SELECT id FROM comments WHERE state = 'published' AND created_at > :since AND created_at <= :now ORDER BY created_at LIMIT 1) AS published,
			(SELECT id FROM comments WHERE state = 'held' AND created_at > :since AND created_at <= :now ORDER BY created_at LIMIT 1) AS held)`;

/** The condition that a person marked a comment as spam; the rules' own verdict is no evidence for the next. */
const isMarkedSpam = `state = 'spam' AND EXISTS (
	SELECT 1 FROM training_examples WHERE comment_id = comments.id AND label = 'spam'
)`;

/**
 * The condition for comments that a text repeats: marked as spam, or written by others under other posts, and for a recheck
 * before it.
 */
const isRepeat = `(:self IS NULL OR id <> :self) AND (
	(${isMarkedSpam}) OR post_id <> :postId AND (visitor <> :visitor OR visitor = '') AND (:self IS NULL OR id < :self)
)`;

/**
 * Reads all evidence in one statement, each part with a bounded read of one index. For a recheck, `:self` excludes the comment
 * itself.
 */
const selectEvidence = statement<
	{
		visitor: string;
		contentHash: string | null;
		postId: string;
		targets: string;
		network: string | null;
		/** A JSON array: the network's digests under every key that is kept. */
		networks: string;
		since: number;
		now: number;
		limit: number;
		revision: number;
		email: string | null;
		self: number | null;
	},
	EvidenceRow
>(
	`SELECT
	EXISTS (SELECT 1 FROM (${ownComments}) WHERE state = 'published' AND id IS NOT :self) AS known,
	EXISTS (SELECT 1 FROM (${ownComments}) WHERE state = 'published' AND created_at <= :since) AS knownEarlier,
	(SELECT json_group_array(kind) FROM blocks
		WHERE (kind = 'visitor' AND value = :visitor) OR (kind = 'network' AND value IN (SELECT value FROM json_each(:networks)))
			OR (kind = 'email' AND value = :email)) AS blocked,
	(SELECT json_group_array(json_object('postId', post_id, 'isMarkedSpam', is_marked_spam)) FROM (
		SELECT post_id, ${isMarkedSpam} AS is_marked_spam FROM comments
		WHERE content_hash = :contentHash AND content_hash IS NOT NULL AND ${isRepeat}
		ORDER BY id DESC LIMIT ${bounds.repeats}
	)) AS repeats,
	(SELECT json_group_array(json_array(target, json_object('approved', approved, 'spam', spam))) FROM link_targets
		WHERE target IN (SELECT value FROM json_each(:targets))) AS targets,
	(SELECT json_group_array(beginning) FROM (
		SELECT substr(source, 1, ${bounds.beginning}) AS beginning FROM comments
		WHERE post_id = :postId AND state = 'published' AND id IS NOT :self ORDER BY published_at DESC LIMIT ${bounds.thread}
	)) AS thread,
	(SELECT count(*) FROM (
		SELECT 1 FROM comments
		WHERE network = :network AND network IS NOT NULL AND created_at > :since AND created_at <= :now LIMIT ${maxNetworkCount}
	)) AS fromNetwork,
	(SELECT iif(most < :limit, most,
		(SELECT count(*) FROM (SELECT 1 FROM comments WHERE state = 'published' AND created_at > :since AND created_at <= :now LIMIT :limit))
			+ (SELECT count(*) FROM (SELECT 1 FROM comments WHERE state = 'held' AND created_at > :since AND created_at <= :now LIMIT :limit))
	) FROM (${mostRecent})) AS everywhere,
	${isPaused(":now")} AS paused,
	(SELECT json_array(revision, weights, approved, spam) FROM classifier WHERE id = 1 AND revision <> :revision) AS trained,
	(SELECT body FROM settings WHERE id = 1) AS settings`,
	parseRow,
);

/** Reads the evidence for the rules from D1. The classifier's weights are read only after they have changed. */
export function evidenceReader(d1: D1Database): EvidenceReader {
	let model: ClassifierModel = { revision: 0, weights: noWeights() };

	return async ({
		visitor,
		email,
		contentHash,
		postId,
		linkTargets,
		network,
		earlierNetworks = [],
		recentSince,
		now,
		countLimit,
		exceptId = null,
		write,
	}) => {
		const select = selectEvidence.bind(d1, {
			visitor,
			contentHash,
			postId,
			targets: JSON.stringify(linkTargets),
			network,
			networks: JSON.stringify(network === null ? [] : [network, ...earlierNetworks]),
			since: recentSince,
			now,
			limit: countLimit,
			revision: model.revision,
			email: email?.toLowerCase() ?? null,
			self: exceptId,
		});
		const limits = write === undefined ? [] : [bindReached(d1, write)];
		const [selected, ofLimits] = await d1.batch([select, ...limits]);
		const limit = write === undefined ? null : reachedIn(ofLimits);
		const reached = limit === null ? null : reachedLimitAt(now, limit);
		const [found] = selectEvidence.rows(selected);
		if (found === undefined) throw new Error("a statement that always returns a row returned none");
		if (found.trained !== null) {
			const [revision, weights, approved, spam] = found.trained;
			model = { revision, weights: decodeWeights(weights, { approved, spam }) };
		}
		const evidence = {
			known: found.known,
			knownEarlier: found.knownEarlier,
			blocked: found.blocked,
			duplicates: found.repeats,
			linkTargets: new Map(found.targets),
			threadExcerpts: found.thread,
			recentFromNetwork: found.fromNetwork,
			recentOnSite: found.everywhere,
			paused: found.paused,
			weights: model.weights,
		};
		return { evidence, settings: settingsFrom(found.settings), reached };
	};
}
