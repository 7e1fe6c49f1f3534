// SQL text: INSERT ... SELECT with joins, in one batch with the deletion of the events.
import type { D1Database } from "@cloudflare/workers-types";
import * as v from "valibot";
import type { Audience } from "../notifications/outbox.ts";
import { row, statement } from "./statement.ts";

/**
 * Milliseconds for which an event is worth a notification. Imported comments arrive old and cause none; neither does a
 * comment held for longer than settled outbox rows are kept.
 */
const eventLifetime = { added: 7 * 86_400_000, published: 80 * 86_400_000 };

/** Milliseconds after which a browser is no longer expected to solve its challenge. */
const challengeTimeout = 2 * 60_000;

/** Events ready to notify about. Skips comments whose author may still be solving the challenge that publishes them. */
const readyEvents = statement<{ since: number; now: number; limit: number }, { id: number }>(
	`SELECT id FROM comment_events WHERE NOT EXISTS (
		SELECT 1 FROM comments WHERE comments.id = comment_events.comment_id AND state = 'held' AND created_at > :since
			AND created_at <= :now
			AND findings ->> '$[0].rule' IN ('proof_of_work', 'turnstile')
	) ORDER BY id LIMIT :limit`,
	row({ id: v.number() }),
);

const deleteEvents = statement<{ events: string }>(
	"DELETE FROM comment_events WHERE id IN (SELECT value FROM json_each(:events))",
);

/** The condition that the owner wrote the comment or published it; a moderator's act is news to the owner. */
export const isByOwner = `c.by_author AND NOT EXISTS (
		SELECT 1 FROM members WHERE 'member:' || members.id = c.visitor AND role = 'moderator'
	) OR c.state = 'published' AND EXISTS (
		SELECT 1 FROM audit_log WHERE audit_log.comment_id = c.id AND audit_log.kind = 'decided' AND audit_log.state = 'published'
			AND NOT EXISTS (SELECT 1 FROM members WHERE members.name = audit_log.actor AND role = 'moderator')
	)`;

/** Adds one row for each of the owner's channels and each comment that is still published or still held. */
const enqueueForOwner = statement<{
	events: string;
	channels: string;
	states: string;
	interval: number;
	now: number;
}>(
	`INSERT INTO outbox (key, channel, event, comment_id, recipient, due_at, created_at)
	SELECT c.id || ':' || c.state || iif(c.version = 1, '', '.' || c.version) || ':' || channel.value || ':0', channel.value,
		iif(c.state = 'held', 'waiting', 'published'), c.id, 0,
		iif(channel.value = 'mail', max(:now, min(:now, coalesce(
			(SELECT max(settled_at) FROM outbox WHERE recipient = 0 AND channel = 'mail' AND state = 'sent'), 0)) + :interval),
			:now),
		:now
	FROM comment_events AS e JOIN comments AS c ON c.id = e.comment_id JOIN json_each(:channels) AS channel
	WHERE e.id IN (SELECT value FROM json_each(:events)) AND e.cause = 'added'
		AND c.state IN (SELECT value FROM json_each(:states))
		AND max(c.created_at, coalesce(c.edited_at, 0)) > :now - ${eventLifetime.added} AND NOT (${isByOwner})
	ON CONFLICT (key) DO NOTHING`,
);

/** Puts aside the events of published comments that somebody subscribes to. */
const queueForReaders = statement<{ events: string; now: number }>(
	`INSERT INTO reader_events (comment_id, cause, due_at, created_at)
	SELECT c.id, e.cause, :now, :now FROM comment_events AS e JOIN comments AS c ON c.id = e.comment_id
	WHERE e.id IN (SELECT value FROM json_each(:events)) AND c.state = 'published'
		AND c.created_at > :now - iif(e.cause = 'added', ${eventLifetime.added}, ${eventLifetime.published})
		AND EXISTS (
			SELECT 1 FROM subscriptions AS s
			WHERE s.post_id = c.post_id AND s.comment_id IN (0, c.parent_id, c.id) AND s.state = 'active'
		)
	ORDER BY e.id`,
);

/** Most events turned into outbox rows in one run. */
const batchSize = 200;

const ownerStates = { all: ["published", "held"], waiting: ["held"], none: [] } as const;

/**
 * Turns comment events into outbox rows of the owner, and puts aside those for readers, in one batch that also deletes the
 * events.
 */
export async function enqueueEvents(d1: D1Database, audience: Audience, now: number): Promise<void> {
	const ready = await readyEvents.all(d1, { since: now - challengeTimeout, now, limit: batchSize });
	if (ready.length === 0) return;
	const events = JSON.stringify(ready.map(({ id }) => id));
	const owner = {
		events,
		interval: audience.digestInterval,
		now,
		channels: JSON.stringify(audience.ownerChannels),
		states: JSON.stringify(ownerStates[audience.owner]),
	};
	await d1.batch([
		enqueueForOwner.bind(d1, owner),
		...(audience.readers ? [queueForReaders.bind(d1, { events, now })] : []),
		deleteEvents.bind(d1, { events }),
	]);
}
