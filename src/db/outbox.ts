import type { D1Database } from "@cloudflare/workers-types";
import { verifyWithin } from "../identities/identity.ts";
import type { ChannelName } from "../notifications/channel.ts";
import type { AskedLink, ToldComment } from "../notifications/notice.ts";
import type { Audience, Delivery, Outbox, OutboxEvent, Settlement } from "../notifications/outbox.ts";

/** Comments brought in from elsewhere arrive old, and are no news; neither is what was held for longer than rows are kept. */
const newsFor = { added: 7 * 86_400_000, published: 80 * 86_400_000 };

/** Milliseconds in which a browser that is asked for a step has taken it, if it ever will. */
const stepUpTakes = 2 * 60_000;

/** What can be told: a comment whose browser is still at it will be public in a moment, or else will wait. */
const settledNews = `SELECT id FROM news WHERE NOT EXISTS (
	SELECT 1 FROM comments WHERE comments.id = news.comment_id AND state = 'held' AND created_at > ?
		AND findings ->> '$[0].rule' IN ('proof', 'turnstile')
) ORDER BY id LIMIT ?`;

/** Comments turned into outbox rows in one run. */
const atOnce = 200;

/** Rows that may share a message. */
const gathered = "channel = 'mail' AND event IN ('published', 'waiting', 'reply')";

type Row = {
	id: number;
	event: OutboxEvent;
	attempts: number;
	recipient: number;
	subscription_id: number | null;
	email: string | null;
	asked_post_id: string | null;
	asked_comment_id: number | null;
	asked_state: string | null;
	verification_id: number | null;
	link_lang: string | null;
	link_asked_at: number | null;
	message: string;
	comment_id: number | null;
	post_id: string | null;
	state: string | null;
	name: string | null;
	source: string | null;
	lang: string | null;
	created_at: number | null;
	parent_name: string | null;
};

/** Notices in D1, from the change that causes them to the settled row. */
export function outboxRepository(d1: D1Database): Outbox {
	return {
		async address(audience, now) {
			const [{ results: found } = { results: [] }] = await d1.batch<{ id: number }>([
				d1.prepare(settledNews).bind(now - stepUpTakes, atOnce),
			]);
			if (found.length === 0) return;
			const ids = JSON.stringify(found.map(({ id }) => id));
			await d1.batch([
				tellOwner(d1, ids, audience, now),
				...(audience.readers ? [tellReaders(d1, ids, audience, now)] : []),
				d1.prepare("DELETE FROM news WHERE id IN (SELECT value FROM json_each(?))").bind(ids),
			]);
		},

		async lease(channel, limit, now, until) {
			const lease = crypto.randomUUID();
			const [, leased] = await d1.batch<Row>([
				leaseRows(d1, channel, lease, limit, now, until),
				d1.prepare(`${rowsToSend} WHERE o.lease = ? AND o.state = 'due' ORDER BY o.id`).bind(lease),
			]);
			return deliveriesOf(leased?.results ?? [], lease);
		},

		async settle(delivery, settlement) {
			await settle(d1, delivery, settlement).run();
		},

		async dead(limit) {
			const { results } = await d1
				.prepare(
					`SELECT id, channel, comment_id AS commentId, attempts, why, settled_at AS at
					FROM outbox WHERE state = 'dead' ORDER BY id DESC LIMIT ?`,
				)
				.bind(limit)
				.all<{
					id: number;
					channel: ChannelName;
					commentId: number | null;
					attempts: number;
					why: string;
					at: number;
				}>();
			return results;
		},

		async prune(before) {
			await d1.prepare("DELETE FROM outbox WHERE state <> 'due' AND settled_at < ?").bind(before).run();
		},
	};
}

/** One row a channel for each comment that is still new or still waiting. */
function tellOwner(d1: D1Database, ids: string, audience: Audience, now: number) {
	const states = { all: ["published", "held"], waiting: ["held"], none: [] }[audience.owner];
	return d1
		.prepare(
			`INSERT INTO outbox (key, channel, event, comment_id, recipient, due_at, created_at)
			SELECT c.id || ':' || c.state || ':' || channel.value || ':0', channel.value,
				iif(c.state = 'held', 'waiting', 'published'), c.id, 0,
				iif(channel.value = 'mail', max(?1, coalesce(
					(SELECT max(settled_at) FROM outbox WHERE recipient = 0 AND channel = 'mail' AND state = 'sent') + ?2, 0)), ?1),
				?1
			FROM news AS n JOIN comments AS c ON c.id = n.comment_id JOIN json_each(?3) AS channel
			WHERE n.id IN (SELECT value FROM json_each(?4)) AND n.cause = 'added'
				AND c.state IN (SELECT value FROM json_each(?5)) AND c.created_at > ?6
			ON CONFLICT (key) DO NOTHING`,
		)
		.bind(
			now,
			audience.digestAfter,
			JSON.stringify(audience.ownerChannels),
			ids,
			JSON.stringify(states),
			now - newsFor.added,
		);
}

/** One row for each address that follows the thread or the comment replied to, but for the one who wrote it. */
function tellReaders(d1: D1Database, ids: string, audience: Audience, now: number) {
	return d1
		.prepare(
			`INSERT INTO outbox (key, channel, event, comment_id, recipient, subscription_id, due_at, created_at)
			SELECT c.id || ':reply:' || s.address_id, 'mail', 'reply', c.id, s.address_id, s.id,
				max(?1, coalesce((
					SELECT max(settled_at) FROM outbox
					WHERE recipient = s.address_id AND event = 'reply' AND state = 'sent'
				) + ?2, 0)),
				?1
			FROM news AS n
			JOIN comments AS c ON c.id = n.comment_id
			JOIN subscriptions AS s
				ON s.post_id = c.post_id AND s.comment_id IN (0, c.parent_id) AND s.state = 'active'
			JOIN addresses AS a ON a.id = s.address_id
			WHERE n.id IN (SELECT value FROM json_each(?3)) AND c.state = 'published'
				AND c.created_at > iif(n.cause = 'added', ?4, ?5)
				AND a.email <> lower(coalesce(c.email, '')) AND s.visitor <> c.visitor
			ORDER BY s.comment_id DESC
			ON CONFLICT (key) DO NOTHING`,
		)
		.bind(now, audience.digestAfter, ids, now - newsFor.added, now - newsFor.published);
}

/**
 * Takes the earliest rows that are due. Mails take along whatever else waits for the same person, which makes one mail
 * of it; rows that were tried together stay together, so that a repeated attempt is the same message.
 */
function leaseRows(
	d1: D1Database,
	channel: ChannelName,
	lease: string,
	limit: number,
	now: number,
	until: number,
) {
	return d1
		.prepare(
			`WITH top AS (
				SELECT id, message, recipient, ${gathered} AS gathered FROM outbox
				WHERE state = 'due' AND channel = ?1 AND due_at <= ?2 ORDER BY due_at LIMIT ?3
			)
			UPDATE outbox SET attempts = attempts + 1, due_at = ?4, lease = ?5,
				message = coalesce(message, iif(${gathered}, ?5 || ':' || recipient, key))
			WHERE state = 'due' AND channel = ?1 AND (
				id IN (SELECT id FROM top)
				OR message IN (SELECT message FROM top)
				OR (message IS NULL AND ${gathered} AND recipient IN (SELECT recipient FROM top WHERE message IS NULL AND gathered))
			)`,
		)
		.bind(channel, now, limit, until, lease);
}

const rowsToSend = `
	SELECT o.id, o.event, o.attempts, o.message, o.recipient, o.comment_id, o.subscription_id,
		iif(o.event = 'receipt', lower(c.email), a.email) AS email,
		s.post_id AS asked_post_id, s.comment_id AS asked_comment_id, s.state AS asked_state,
		v.id AS verification_id, v.lang AS link_lang, v.created_at AS link_asked_at,
		c.post_id, c.state, c.name, c.source, c.lang, c.created_at, parent.name AS parent_name
	FROM outbox AS o
	LEFT JOIN comments AS c ON c.id = o.comment_id
	LEFT JOIN comments AS parent ON parent.id = c.parent_id
	LEFT JOIN subscriptions AS s ON s.id = o.subscription_id
	LEFT JOIN verifications AS v ON v.id = o.verification_id AND v.used_at IS NULL
	LEFT JOIN addresses AS a ON a.id = o.recipient AND a.id IN (s.address_id, v.address_id)`;

function deliveriesOf(rows: readonly Row[], lease: string): Delivery[] {
	return [...Map.groupBy(rows, ({ message }) => message)].map(([key, together]) => ({
		key,
		lease,
		rows: together.map(({ id }) => id),
		attempt: Math.max(...together.map(({ attempts }) => attempts)),
		reader: readerOf(together),
		items: together.flatMap((row) => {
			const comment = toldComment(row);
			return comment === null || row.event === "confirmation" || row.event === "verification"
				? []
				: [{ event: row.event, comment }];
		}),
	}));
}

function readerOf(rows: readonly Row[]): Delivery["reader"] {
	if (rows.every(({ recipient }) => recipient === 0)) return null;
	const heard = rows.filter(({ email }) => email !== null);
	const asked = heard.find(
		({ event, asked_state: state }) =>
			event === "confirmation" || (event === "receipt" && state === "pending"),
	);
	return {
		email: heard[0]?.email ?? "",
		subscriptions: [...new Set(heard.flatMap(({ subscription_id: id }) => id ?? []))],
		asked:
			asked === undefined
				? null
				: {
						subscription: asked.subscription_id ?? 0,
						postId: asked.asked_post_id ?? "",
						commentId: asked.asked_comment_id || null,
					},
		link: linkOf(heard),
	};
}

function linkOf([row]: readonly Row[]): AskedLink | null {
	const { verification_id: verification, link_lang: lang, link_asked_at: askedAt } = row ?? {};
	return verification == null
		? null
		: { verification, lang: lang ?? "", until: (askedAt ?? 0) + verifyWithin };
}

/** The comment as it is now, or null when what was to be told of it has ceased to be so. */
function toldComment(row: Row): ToldComment | null {
	// Who has stopped hearing since has no address any more.
	if (row.recipient !== 0 && row.email === null) return null;
	const { comment_id: id, event, state } = row;
	// Who wrote it hears of it waiting or not, but not once it is taken for spam or gone.
	const stands = event === "receipt" ? ["published", "held"] : [event === "waiting" ? "held" : "published"];
	if (id === null || state === null || !stands.includes(state)) return null;
	return {
		id,
		postId: row.post_id ?? "",
		parentName: row.parent_name,
		name: row.name ?? "",
		source: row.source ?? "",
		waiting: state === "held",
		lang: row.lang,
		createdAt: row.created_at ?? 0,
	};
}

function settle(d1: D1Database, { rows, lease }: Delivery, settlement: Settlement) {
	const { state, at } = settlement;
	return d1
		.prepare(
			`UPDATE outbox SET state = ?1, why = ?2, lease = NULL,
				due_at = iif(?1 = 'due', ?3, due_at), settled_at = iif(?1 = 'due', NULL, ?3)
			WHERE id IN (SELECT value FROM json_each(?4)) AND lease = ?5`,
		)
		.bind(state, "why" in settlement ? settlement.why : null, at, JSON.stringify(rows), lease);
}
