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
const isByOwner = `c.by_author AND NOT EXISTS (
		SELECT 1 FROM members WHERE 'member:' || members.id = c.visitor AND role = 'moderator'
	) OR c.state = 'published' AND EXISTS (
		SELECT 1 FROM audit_log WHERE audit_log.comment_id = c.id AND audit_log.kind = 'decided' AND audit_log.state = 'published'
			AND NOT EXISTS (SELECT 1 FROM members WHERE members.name = audit_log.actor AND role = 'moderator')
	)`;

/** The condition that a subscription is of the comment's author, from whichever browser they wrote. */
const isOfAuthor = `(a.email = lower(coalesce(c.email, '')) OR s.visitor = c.visitor
	OR EXISTS (SELECT 1 FROM identities WHERE identities.address_id = a.id AND identities.visitor = c.visitor))`;

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

/**
 * The condition that the author of an approved comment is told. An address typed with a comment proves nothing, unless its
 * subscription came with the comment. A comment published by its challenge has no findings.
 */
const isApproval = `e.cause = 'published' AND c.findings IS NOT NULL AND (
		s.visitor = c.visitor AND c.visitor <> '' OR s.comment_id = c.id AND a.email = lower(coalesce(c.email, ''))
		OR EXISTS (SELECT 1 FROM identities WHERE identities.address_id = a.id AND identities.visitor = c.visitor)
	)`;

/**
 * Adds one row for each address subscribed to the thread or to the parent comment, except the owner's where it is told of all
 * comments anyway or wrote this one; and one for the author of an approved comment who subscribed to its thread or replies.
 */
const enqueueForReaders = statement<{
	events: string;
	interval: number;
	now: number;
	ownerEmail: string | null;
	isOwnerTold: boolean;
}>(
	`INSERT INTO outbox (key, channel, event, comment_id, recipient, subscription_id, due_at, created_at)
	SELECT iif(${isOfAuthor}, c.id || ':approved:' || c.version || ':', c.id || ':reply:') || s.address_id, 'mail',
		iif(${isOfAuthor}, 'approved', 'reply'), c.id, s.address_id, s.id,
		iif(${isOfAuthor}, :now, max(:now, min(:now, coalesce((
			SELECT max(settled_at) FROM outbox
			WHERE state = 'sent' AND channel = 'mail' AND recipient = s.address_id AND event = 'reply'
		), 0)) + :interval)),
		:now
	FROM comment_events AS e
	JOIN comments AS c ON c.id = e.comment_id
	JOIN subscriptions AS s
		ON s.post_id = c.post_id AND s.comment_id IN (0, c.parent_id, c.id) AND s.state = 'active'
	JOIN addresses AS a ON a.id = s.address_id
	WHERE e.id IN (SELECT value FROM json_each(:events)) AND c.state = 'published'
		AND c.created_at > :now - iif(e.cause = 'added', ${eventLifetime.added}, ${eventLifetime.published})
		AND iif(${isOfAuthor}, ${isApproval},
			s.comment_id <> c.id AND NOT (a.email IS :ownerEmail AND (:isOwnerTold OR ${isByOwner})))
	ORDER BY s.comment_id DESC
	ON CONFLICT (key) DO NOTHING`,
);

/** Most events turned into outbox rows in one run. */
const batchSize = 200;

const ownerStates = { all: ["published", "held"], waiting: ["held"], none: [] } as const;

/** Turns comment events into outbox rows in one batch, which also deletes the events. */
export async function enqueueEvents(d1: D1Database, audience: Audience, now: number): Promise<void> {
	const ready = await readyEvents.all(d1, { since: now - challengeTimeout, now, limit: batchSize });
	if (ready.length === 0) return;
	const events = JSON.stringify(ready.map(({ id }) => id));
	const shared = { events, interval: audience.digestInterval, now };
	const owner = {
		channels: JSON.stringify(audience.ownerChannels),
		states: JSON.stringify(ownerStates[audience.owner]),
	};
	const ownerEmail = audience.ownerEmail?.toLowerCase() ?? null;
	const isOwnerTold = audience.owner === "all" && audience.ownerChannels.includes("mail");
	await d1.batch([
		enqueueForOwner.bind(d1, { ...shared, ...owner }),
		...(audience.readers ? [enqueueForReaders.bind(d1, { ...shared, ownerEmail, isOwnerTold })] : []),
		deleteEvents.bind(d1, { events }),
	]);
}
