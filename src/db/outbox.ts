import type { D1Database } from "@cloudflare/workers-types";
import type { ChannelName } from "../notifications/channel.ts";
import type { Delivery, Outbox, Settlement } from "../notifications/outbox.ts";
import { enqueueEvents } from "./comment-events.ts";
import { type DeliveryRow, deliveriesOf, deliveryRows } from "./deliveries.ts";

/** The condition for rows that may share a message. */
const digested = "channel = 'mail' AND event IN ('published', 'waiting', 'reply')";

/** The outbox in D1. */
export function outboxRepository(d1: D1Database): Outbox {
	return {
		enqueue: (audience, now) => enqueueEvents(d1, audience, now),

		async lease(channel, limit, now, until) {
			const lease = crypto.randomUUID();
			const [, leased] = await d1.batch<DeliveryRow>([
				leaseRows(d1, channel, lease, limit, now, until),
				d1.prepare(`${deliveryRows} WHERE o.lease = ? AND o.state = 'due' ORDER BY o.id`).bind(lease),
			]);
			return deliveriesOf(leased?.results ?? [], lease);
		},

		async settle(delivery, settlement) {
			await settle(d1, delivery, settlement).run();
		},

		async dead(limit) {
			const { results } = await d1
				.prepare(
					`SELECT id, channel, comment_id AS commentId, attempts, failure, settled_at AS at
					FROM outbox WHERE state = 'dead' ORDER BY id DESC LIMIT ?`,
				)
				.bind(limit)
				.all<{
					id: number;
					channel: ChannelName;
					commentId: number | null;
					attempts: number;
					failure: string;
					at: number;
				}>();
			return results;
		},

		async prune(before) {
			await d1.prepare("DELETE FROM outbox WHERE state <> 'due' AND settled_at < ?").bind(before).run();
		},
	};
}

/**
 * Leases the earliest due rows. A mail also takes all other rows that wait for its recipient, which makes one mail of them;
 * rows that were tried together stay together, so that a repeated attempt is the same message.
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
				SELECT id, message, recipient, ${digested} AS digested FROM outbox
				WHERE state = 'due' AND channel = ?1 AND due_at <= ?2 ORDER BY due_at LIMIT ?3
			)
			UPDATE outbox SET attempts = attempts + 1, due_at = ?4, lease = ?5,
				message = coalesce(message, iif(${digested}, ?5 || ':' || recipient, key))
			WHERE state = 'due' AND channel = ?1 AND (
				id IN (SELECT id FROM top)
				OR message IN (SELECT message FROM top)
				OR (message IS NULL AND ${digested} AND recipient IN (SELECT recipient FROM top WHERE message IS NULL AND digested))
			)`,
		)
		.bind(channel, now, limit, until, lease);
}

function settle(d1: D1Database, { rows, lease }: Delivery, settlement: Settlement) {
	const { state, at } = settlement;
	return d1
		.prepare(
			`UPDATE outbox SET state = ?1, failure = ?2, lease = NULL,
				due_at = iif(?1 = 'due', ?3, due_at), settled_at = iif(?1 = 'due', NULL, ?3)
			WHERE id IN (SELECT value FROM json_each(?4)) AND lease = ?5`,
		)
		.bind(state, "failure" in settlement ? settlement.failure : null, at, JSON.stringify(rows), lease);
}
