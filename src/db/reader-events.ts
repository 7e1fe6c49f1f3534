// SQL text: INSERT ... SELECT with joins, in one batch with the counts that limit it.
import type { D1Database } from "@cloudflare/workers-types";
import * as v from "valibot";
import type { Audience } from "../notifications/outbox.ts";
import { isByOwner } from "./comment-events.ts";
import { row, statement } from "./statement.ts";

/** Subscriptions considered in one batch. */
const batchSize = 50;

/** The part of the day's notices that the comments on one post may cause, so that no post keeps all others waiting. */
const postShare = 1 / 2;

/** Milliseconds after which an event that still waits for the limits notifies nobody. */
const longestWait = 7 * 86_400_000;

const day = 86_400_000;

const countOf = (post: string) =>
	`coalesce((SELECT count FROM notice_counts WHERE day = :day AND post_id = ${post}), 0)`;

const parseEvent = row({
	id: v.number(),
	commentId: v.number(),
	parentId: v.nullable(v.number()),
	postId: v.string(),
	cursor: v.number(),
	createdAt: v.number(),
	onSite: v.number(),
	onPost: v.number(),
});

/** Selects the next two due events, with how many notices their posts and the site have caused today. */
const nextEvents = statement<{ day: number; now: number }, ReturnType<typeof parseEvent>>(
	`SELECT e.id, e.comment_id AS commentId, c.parent_id AS parentId, c.post_id AS postId, e.cursor, e.created_at AS createdAt,
		${countOf("''")} AS onSite, ${countOf("c.post_id")} AS onPost
	FROM reader_events AS e JOIN comments AS c ON c.id = e.comment_id
	WHERE e.due_at <= :now ORDER BY e.due_at, e.id LIMIT 2`,
	parseEvent,
);

/** Selects the next subscriptions to the thread, to the comment's parent and to the comment itself, each by one index. */
const nextSubscriptions = statement<
	{ postId: string; commentId: number; parentId: number | null; cursor: number; limit: number },
	{ id: number }
>(
	`SELECT id FROM (${["0", ":parentId", ":commentId"]
		.map(
			(target) => `SELECT * FROM (
				SELECT id FROM subscriptions
				WHERE post_id = :postId AND comment_id = ${target} AND state = 'active' AND id > :cursor ORDER BY id LIMIT :limit
			)`,
		)
		.join(" UNION ALL ")}) ORDER BY id LIMIT :limit`,
	row({ id: v.number() }),
);

/** The condition that a subscription is of the comment's author, from whichever browser they wrote. */
const isOfAuthor = `(a.email = lower(coalesce(c.email, '')) OR s.visitor = c.visitor
	OR EXISTS (SELECT 1 FROM identities WHERE identities.address_id = a.id AND identities.visitor = c.visitor))`;

/**
 * The condition that the author of an approved comment is told. An address typed with a comment proves nothing, unless its
 * subscription came with the comment. A comment published by its challenge has no findings.
 */
const isApproval = `e.cause = 'published' AND c.findings IS NOT NULL AND (
		s.visitor = c.visitor AND c.visitor <> '' OR s.comment_id = c.id AND a.email = lower(coalesce(c.email, ''))
		OR EXISTS (SELECT 1 FROM identities WHERE identities.address_id = a.id AND identities.visitor = c.visitor)
	)`;

const key = `iif(${isOfAuthor}, c.id || ':approved:' || c.version || ':', c.id || ':reply:') || s.address_id`;

/**
 * The notices of an event to the given subscribers, unless another run has considered them: one for each address, except the
 * owner's where it is told of all comments anyway or wrote this one; and one for the author of an approved comment.
 */
const notices = `FROM reader_events AS e
	JOIN comments AS c ON c.id = e.comment_id
	JOIN subscriptions AS s ON s.id IN (SELECT value FROM json_each(:subscriptions)) AND s.state = 'active'
	JOIN addresses AS a ON a.id = s.address_id
	WHERE e.id = :event AND e.cursor = :cursor AND c.state = 'published'
		AND iif(${isOfAuthor}, ${isApproval},
			s.comment_id <> c.id AND NOT (a.email IS :ownerEmail AND (:isOwnerTold OR ${isByOwner})))`;

type Step = {
	event: number;
	cursor: number;
	subscriptions: string;
	ownerEmail: string | null;
	isOwnerTold: boolean;
};

const countNotices = statement<Step & { day: number; postId: string }>(
	`INSERT INTO notice_counts (day, post_id, count)
	SELECT :day, target.value, added.count
	FROM (SELECT count(DISTINCT ${key}) AS count ${notices} AND NOT EXISTS (SELECT 1 FROM outbox WHERE key = ${key})) AS added,
		json_each(json_array('', :postId)) AS target
	WHERE added.count > 0
	ON CONFLICT (day, post_id) DO UPDATE SET count = count + excluded.count`,
);

const enqueueNotices = statement<Step & { interval: number; now: number }>(
	`INSERT INTO outbox (key, channel, event, comment_id, recipient, subscription_id, due_at, created_at)
	SELECT ${key}, 'mail', iif(${isOfAuthor}, 'approved', 'reply'), c.id, s.address_id, s.id,
		iif(${isOfAuthor}, :now, max(:now, min(:now, coalesce((
			SELECT max(settled_at) FROM outbox
			WHERE state = 'sent' AND channel = 'mail' AND recipient = s.address_id AND event = 'reply'
		), 0)) + :interval)),
		:now
	${notices}
	ORDER BY s.comment_id DESC
	ON CONFLICT (key) DO NOTHING`,
);

const continueAfter = statement<{ event: number; cursor: number; last: number }>(
	"UPDATE reader_events SET cursor = :last WHERE id = :event AND cursor = :cursor",
);

const endEvent = statement<{ event: number; cursor: number }>(
	"DELETE FROM reader_events WHERE id = :event AND cursor = :cursor",
);

const postpone = statement<{ event: number; until: number }>(
	"UPDATE reader_events SET due_at = :until WHERE id = :event",
);

/**
 * Adds the next notices to subscribers that the day's limit allows. Returns whether more can be added now. `mayGoOn` is asked
 * before anything but the first statement.
 */
export async function enqueueForReaders(
	d1: D1Database,
	{ ownerEmail, owner, ownerChannels, digestInterval: interval, noticesPerDay }: Audience,
	now: number,
	mayGoOn: () => boolean,
): Promise<boolean> {
	const today = now - (now % day);
	const [event, following] = await nextEvents.all(d1, { day: today, now });
	if (event === undefined || event.onSite >= noticesPerDay || !mayGoOn()) return false;
	const { id, cursor, postId, commentId, parentId } = event;
	if (now - event.createdAt > longestWait) {
		await endEvent.run(d1, { event: id, cursor });
		return following !== undefined;
	}
	const left = Math.min(noticesPerDay - event.onSite, Math.ceil(noticesPerDay * postShare) - event.onPost);
	if (left <= 0) {
		await postpone.run(d1, { event: id, until: today + day });
		return following !== undefined;
	}
	const limit = Math.min(batchSize, left);
	// One more than is considered tells whether it is the last batch.
	const found = await nextSubscriptions.all(d1, { postId, commentId, parentId, cursor, limit: limit + 1 });
	const considered = found.slice(0, limit).map((subscription) => subscription.id);
	const step = {
		event: id,
		cursor,
		subscriptions: JSON.stringify(considered),
		ownerEmail: ownerEmail?.toLowerCase() ?? null,
		isOwnerTold: owner === "all" && ownerChannels.includes("mail"),
	};
	const isLast = found.length <= limit;
	await d1.batch([
		countNotices.bind(d1, { ...step, day: today, postId }),
		enqueueNotices.bind(d1, { ...step, interval, now }),
		isLast
			? endEvent.bind(d1, { event: id, cursor })
			: continueAfter.bind(d1, { event: id, cursor, last: considered.at(-1) ?? cursor }),
	]);
	return !isLast || following !== undefined;
}

const shortenReaderWaits = statement<{ now: number; longest: number }>(
	"UPDATE reader_events SET due_at = :now WHERE due_at > :now + :longest",
);

/** Returns the statement that makes events due whose wait is longer than a day, because the clock was set back. */
export const boundReaderWaits = (d1: D1Database, now: number) =>
	shortenReaderWaits.bind(d1, { now, longest: day });

const deleteCounts = statement<{ day: number }>("DELETE FROM notice_counts WHERE day < :day");

/** Returns the statement that deletes the counts of earlier days. */
export const pruneNoticeCounts = (d1: D1Database, now: number) =>
	deleteCounts.bind(d1, { day: now - (now % day) });
