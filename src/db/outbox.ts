// SQL text: leasing and settling are one statement each, so that two senders never share a row.
import type { D1Database } from "@cloudflare/workers-types";
import { and, desc, inArray, lt, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import * as v from "valibot";
import { channelNames } from "../notifications/channel.ts";
import type { Outbox } from "../notifications/outbox.ts";
import { enqueueEvents } from "./comment-events.ts";
import { deliveriesOf, leasedRows } from "./deliveries.ts";
import { boundReaderWaits, enqueueForReaders, pruneNoticeCounts } from "./reader-events.ts";
import { outbox } from "./schema.ts";
import { prepareQuery, row, statement } from "./statement.ts";

/** The condition for rows that may share a message. */
const digested = "channel = 'mail' AND event IN ('published', 'waiting', 'reply')";

/** The condition for rows of a channel that wait, in the terms of the index. */
const waiting = (channel: string) => `settled_at IS NULL AND state = 'due' AND channel = '${channel}'`;

/** Most due rows that are counted of a channel: more than one run sends. */
const countLimit = 50;

const countDue = statement<{ now: number }, { channel: (typeof channelNames)[number]; count: number }>(
	channelNames
		.map(
			(channel) => `SELECT '${channel}' AS channel, (SELECT count(*) FROM (
				SELECT 1 FROM outbox WHERE ${waiting(channel)} AND due_at <= :now LIMIT ${countLimit}
			)) AS count`,
		)
		.join(" UNION ALL "),
	row({ channel: v.picklist(channelNames), count: v.number() }),
);

/** Most rows that one lease adds to the mails it sends, and rows looked at for them. */
const digestLimits = { rows: 500, lookedAt: 1000 } as const;

/**
 * Leases the earliest due rows of each channel. A mail also takes other rows that wait for its recipient, which makes one
 * mail of them; rows that were tried together stay together, so that a repeated attempt is the same message.
 */
const leaseRows = statement<
	Record<(typeof channelNames)[number], number> & { lease: string; now: number; until: number },
	{ id: number }
>(
	`WITH top AS (
		${channelNames
			.map(
				(channel) => `SELECT * FROM (
					SELECT id, message, recipient, ${digested} AS digested FROM outbox
					WHERE ${waiting(channel)} AND due_at <= :now ORDER BY due_at LIMIT :${channel}
				)`,
			)
			.join(" UNION ALL ")}
	), together AS (
		SELECT id FROM (
			SELECT id, message, recipient, ${digested} AS digested FROM outbox
			WHERE ${waiting("mail")} ORDER BY due_at LIMIT ${digestLimits.lookedAt}
		) WHERE message IN (SELECT message FROM top)
			OR (message IS NULL AND digested AND recipient IN (SELECT recipient FROM top WHERE message IS NULL AND digested))
		LIMIT ${digestLimits.rows}
	)
	UPDATE outbox SET due_at = :until, lease = :lease,
		message = coalesce(message, iif(${digested}, :lease || ':' || recipient, key))
	WHERE id IN (SELECT id FROM top UNION SELECT id FROM together) AND +state = 'due'
	RETURNING id`,
	row({ id: v.number() }),
);

const changeRows = statement<{ changes: string; lease: string }, { state: string }>(
	`UPDATE outbox SET state = change.state, attempts = attempts + (change.state = 'sending'),
		failure = CASE change.state WHEN 'sending' THEN outbox.failure WHEN 'due' THEN coalesce(change.failure, outbox.failure)
			ELSE change.failure END,
		lease = iif(change.state = 'sending', lease, NULL),
		due_at = iif(change.state IN ('due', 'sending'), change.at, due_at),
		settled_at = iif(change.state IN ('due', 'sending'), NULL, change.at)
	FROM (
		SELECT delivery_row.value AS id, delivery.value ->> 'state' AS state, delivery.value ->> 'at' AS at,
			delivery.value ->> 'failure' AS failure
		FROM json_each(:changes) AS delivery, json_each(delivery.value -> 'rows') AS delivery_row
	) AS change
	WHERE outbox.id = change.id AND outbox.lease = :lease RETURNING state`,
	row({ state: v.string() }),
);

/** The failure of a notice whose sender stopped before it stored the result. */
const interrupted = "the Worker stopped while sending; it may have arrived";

const recoverInterrupted = statement<{ idempotent: string; now: number }>(
	`UPDATE outbox SET state = iif(channel IN (SELECT value FROM json_each(:idempotent)), 'due', 'dead'),
		failure = '${interrupted}', lease = NULL,
		settled_at = iif(channel IN (SELECT value FROM json_each(:idempotent)), NULL, :now)
	WHERE settled_at IS NULL AND state = 'sending'
		AND channel IN (${channelNames.map((channel) => `'${channel}'`).join(", ")}) AND due_at <= :now`,
);

/** Rows of each channel, those due last, that are looked at for waits that are too long. */
const waitsLookedAt = 20;

const shortenWaits = statement<{ now: number; waits: string; lease: number }>(
	`WITH latest AS (
		${channelNames
			.map(
				(channel) => `SELECT * FROM (
					SELECT id, attempts, lease FROM outbox
					WHERE ${waiting(channel)} AND due_at > :now ORDER BY due_at DESC LIMIT ${waitsLookedAt}
				)`,
			)
			.join(" UNION ALL ")}
		UNION ALL SELECT * FROM (
			SELECT id, attempts, lease FROM outbox
			WHERE settled_at IS NULL AND state = 'sending'
				AND channel IN (${channelNames.map((channel) => `'${channel}'`).join(", ")}) AND due_at > :now
			LIMIT ${waitsLookedAt}
		)
	), bounded AS (
		SELECT id, :now + iif(lease IS NULL, :waits ->> min(attempts, json_array_length(:waits) - 1), :lease) AS until FROM latest
	)
	UPDATE outbox SET due_at = bounded.until FROM bounded WHERE outbox.id = bounded.id AND outbox.due_at > bounded.until`,
);

/** The outbox in D1. */
export function outboxRepository(d1: D1Database): Outbox {
	const db = drizzle(d1);
	const { id, channel, commentId, attempts, failure, createdAt, settledAt } = outbox;

	return {
		enqueue: (audience, now) => enqueueEvents(d1, audience, now),

		enqueueForReaders: (audience, now, mayGoOn) => enqueueForReaders(d1, audience, now, mayGoOn),

		async recover(idempotent, now) {
			await recoverInterrupted.run(d1, { idempotent: JSON.stringify(idempotent), now });
		},

		async shortenWaits({ waits, lease }, now) {
			await d1.batch([
				shortenWaits.bind(d1, { now, waits: JSON.stringify(waits), lease }),
				boundReaderWaits(d1, now),
			]);
		},

		due: (now) => countDue.all(d1, { now }),

		async lease({ mail = 0, webhook = 0, slack = 0, discord = 0 }, now, until) {
			const lease = crypto.randomUUID();
			const leased = await leaseRows.all(d1, { ...{ mail, webhook, slack, discord }, lease, now, until });
			if (leased.length === 0) return [];
			const rows = JSON.stringify(leased.map((leasedRow) => leasedRow.id));
			return deliveriesOf(await leasedRows.all(d1, { rows, lease }), lease);
		},

		async change(lease, changes) {
			const changed = await changeRows.all(d1, { changes: JSON.stringify(changes), lease });
			return changed.filter(({ state }) => state === "sending").length;
		},

		async failed(limit) {
			const nextAt = sql<number | null>`iif(settled_at IS NULL, due_at, NULL)`;
			const rows = await db
				.select({ id, channel, commentId, attempts, failure, nextAt, createdAt })
				.from(outbox)
				.where(sql`failure IS NOT NULL`)
				.orderBy(desc(id))
				.limit(limit);
			return rows.map((found) => ({ ...found, failure: found.failure ?? "" }));
		},

		async retry({ id: only, limit, now }) {
			const failed = db
				.select({ id })
				.from(outbox)
				.where(
					and(
						sql`failure IS NOT NULL AND state IN ('due', 'dead') AND (lease IS NULL OR due_at <= ${now})`,
						only === null ? undefined : sql`id = ${only}`,
					),
				)
				.orderBy(id)
				.limit(limit);
			const due = await db
				.update(outbox)
				.set({ state: "due", dueAt: now, attempts: 0, failure: null, lease: null, settledAt: null })
				.where(inArray(id, failed))
				.returning({ id });
			return due.length;
		},

		async prune(before, limit, now) {
			const settled = db
				.select({ id })
				.from(outbox)
				.where(and(sql`settled_at IS NOT NULL`, lt(settledAt, before)))
				.orderBy(settledAt)
				.limit(limit);
			await d1.batch([
				prepareQuery(d1, db.delete(outbox).where(inArray(id, settled))),
				pruneNoticeCounts(d1, now),
			]);
		},
	};
}
