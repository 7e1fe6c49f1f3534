import type { D1Database } from "@cloudflare/workers-types";
import type { Audience } from "../notifications/outbox.ts";

/**
 * Milliseconds for which an event is worth a notification. Imported comments arrive old and cause none; neither does a
 * comment held for longer than settled outbox rows are kept.
 */
const eventLifetime = { added: 7 * 86_400_000, published: 80 * 86_400_000 };

/** Milliseconds after which a browser is no longer expected to solve its challenge. */
const challengeTimeout = 2 * 60_000;

/** Events ready to notify about. Skips comments whose author may still be solving the challenge that publishes them. */
const readyEvents = `SELECT id FROM comment_events WHERE NOT EXISTS (
	SELECT 1 FROM comments WHERE comments.id = comment_events.comment_id AND state = 'held' AND created_at > ?
		AND findings ->> '$[0].rule' IN ('proof_of_work', 'turnstile')
) ORDER BY id LIMIT ?`;

/** Most events turned into outbox rows in one run. */
const batchSize = 200;

/** Turns comment events into outbox rows in one batch, which also deletes the events. */
export async function enqueueEvents(d1: D1Database, audience: Audience, now: number): Promise<void> {
	const [{ results: events } = { results: [] }] = await d1.batch<{ id: number }>([
		d1.prepare(readyEvents).bind(now - challengeTimeout, batchSize),
	]);
	if (events.length === 0) return;
	const ids = JSON.stringify(events.map(({ id }) => id));
	await d1.batch([
		enqueueForOwner(d1, ids, audience, now),
		...(audience.readers ? [enqueueForReaders(d1, ids, audience, now)] : []),
		d1.prepare("DELETE FROM comment_events WHERE id IN (SELECT value FROM json_each(?))").bind(ids),
	]);
}

/** Adds one row for each of the owner's channels and each comment that is still published or still held. */
function enqueueForOwner(d1: D1Database, ids: string, audience: Audience, now: number) {
	const states = { all: ["published", "held"], waiting: ["held"], none: [] }[audience.owner];
	return d1
		.prepare(
			`INSERT INTO outbox (key, channel, event, comment_id, recipient, due_at, created_at)
			SELECT c.id || ':' || c.state || ':' || channel.value || ':0', channel.value,
				iif(c.state = 'held', 'waiting', 'published'), c.id, 0,
				iif(channel.value = 'mail', max(?1, coalesce(
					(SELECT max(settled_at) FROM outbox WHERE recipient = 0 AND channel = 'mail' AND state = 'sent') + ?2, 0)), ?1),
				?1
			FROM comment_events AS e JOIN comments AS c ON c.id = e.comment_id JOIN json_each(?3) AS channel
			WHERE e.id IN (SELECT value FROM json_each(?4)) AND e.cause = 'added'
				AND c.state IN (SELECT value FROM json_each(?5)) AND c.created_at > ?6
			ON CONFLICT (key) DO NOTHING`,
		)
		.bind(
			now,
			audience.digestInterval,
			JSON.stringify(audience.ownerChannels),
			ids,
			JSON.stringify(states),
			now - eventLifetime.added,
		);
}

/** Adds one row for each address subscribed to the thread or to the parent comment, except the author's own. */
function enqueueForReaders(d1: D1Database, ids: string, audience: Audience, now: number) {
	return d1
		.prepare(
			`INSERT INTO outbox (key, channel, event, comment_id, recipient, subscription_id, due_at, created_at)
			SELECT c.id || ':reply:' || s.address_id, 'mail', 'reply', c.id, s.address_id, s.id,
				max(?1, coalesce((
					SELECT max(settled_at) FROM outbox
					WHERE recipient = s.address_id AND event = 'reply' AND state = 'sent'
				) + ?2, 0)),
				?1
			FROM comment_events AS e
			JOIN comments AS c ON c.id = e.comment_id
			JOIN subscriptions AS s
				ON s.post_id = c.post_id AND s.comment_id IN (0, c.parent_id) AND s.state = 'active'
			JOIN addresses AS a ON a.id = s.address_id
			WHERE e.id IN (SELECT value FROM json_each(?3)) AND c.state = 'published'
				AND c.created_at > iif(e.cause = 'added', ?4, ?5)
				AND a.email <> lower(coalesce(c.email, '')) AND s.visitor <> c.visitor
			ORDER BY s.comment_id DESC
			ON CONFLICT (key) DO NOTHING`,
		)
		.bind(now, audience.digestInterval, ids, now - eventLifetime.added, now - eventLifetime.published);
}
