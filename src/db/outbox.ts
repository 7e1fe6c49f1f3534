// SQL text: leasing and settling are one statement each, so that two senders never share a row.
import type { D1Database } from "@cloudflare/workers-types";
import { and, desc, lt, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Outbox } from "../notifications/outbox.ts";
import { enqueueEvents } from "./comment-events.ts";
import { deliveriesOf, leasedRows } from "./deliveries.ts";
import { outbox } from "./schema.ts";
import { statement } from "./statement.ts";

/** The condition for rows that may share a message. */
const digested = "channel = 'mail' AND event IN ('published', 'waiting', 'reply')";

/**
 * Leases the earliest due rows. A mail also takes all other rows that wait for its recipient, which makes one mail of them;
 * rows that were tried together stay together, so that a repeated attempt is the same message.
 */
const leaseRows = statement<{ channel: string; lease: string; limit: number; now: number; until: number }>(
	`WITH top AS (
		SELECT id, message, recipient, ${digested} AS digested FROM outbox
		WHERE state = 'due' AND channel = :channel AND due_at <= :now ORDER BY due_at LIMIT :limit
	)
	UPDATE outbox SET attempts = attempts + 1, due_at = :until, lease = :lease,
		message = coalesce(message, iif(${digested}, :lease || ':' || recipient, key))
	WHERE state = 'due' AND channel = :channel AND (
		id IN (SELECT id FROM top)
		OR message IN (SELECT message FROM top)
		OR (message IS NULL AND ${digested} AND recipient IN (SELECT recipient FROM top WHERE message IS NULL AND digested))
	)`,
);

const settleRows = statement<{
	rows: string;
	lease: string;
	state: string;
	failure: string | null;
	at: number;
}>(
	`UPDATE outbox SET state = :state, failure = :failure, lease = NULL,
		due_at = iif(:state = 'due', :at, due_at), settled_at = iif(:state = 'due', NULL, :at)
	WHERE id IN (SELECT value FROM json_each(:rows)) AND lease = :lease`,
);

/** The outbox in D1. */
export function outboxRepository(d1: D1Database): Outbox {
	const db = drizzle(d1);

	return {
		enqueue: (audience, now) => enqueueEvents(d1, audience, now),

		async lease(channel, limit, now, until) {
			const lease = crypto.randomUUID();
			const [, leased] = await d1.batch([
				leaseRows.bind(d1, { channel, lease, limit, now, until }),
				leasedRows.bind(d1, { lease }),
			]);
			return deliveriesOf(leasedRows.rows(leased), lease);
		},

		async settle({ rows, lease }, settlement) {
			const { state, at } = settlement;
			const failure = "failure" in settlement ? settlement.failure : null;
			await settleRows.run(d1, { rows: JSON.stringify(rows), lease, state, failure, at });
		},

		async dead(limit) {
			const { id, channel, commentId, attempts, failure, settledAt } = outbox;
			const rows = await db
				.select({ id, channel, commentId, attempts, failure, at: settledAt })
				.from(outbox)
				.where(sql`state = 'dead'`)
				.orderBy(desc(id))
				.limit(limit);
			return rows.map((row) => ({ ...row, failure: row.failure ?? "", at: row.at ?? 0 }));
		},

		async prune(before) {
			await db.delete(outbox).where(and(sql`state <> 'due'`, lt(outbox.settledAt, before)));
		},
	};
}
