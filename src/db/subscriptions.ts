// SQL text: batches of INSERT ... SELECT statements, so that the limits hold for concurrent requests.
import type { D1Database } from "@cloudflare/workers-types";
import { and, inArray, lt, type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { SubscriptionRepository, SubscriptionRequest } from "../notifications/subscription.ts";
import type { Row } from "../tokens/row.ts";
import { isMailAllowed, type MailboxDigest, repeatWindow, since } from "./mail-limits.ts";
import { subscriptions } from "./schema.ts";
import { statement } from "./statement.ts";

const columns = {
	id: subscriptions.id,
	createdAt: subscriptions.createdAt,
	postId: subscriptions.postId,
	commentId: sql<number | null>`nullif(${subscriptions.commentId}, 0)`,
	state: subscriptions.state,
};

/** Subscriptions in D1. Their addresses have a table of their own; a trigger deletes an address with its last use. */
export function subscriptionRepository(d1: D1Database, mailboxDigest: MailboxDigest): SubscriptionRepository {
	const db = drizzle(d1);

	return {
		async request(request, now) {
			const mailbox = await mailboxDigest(request.email);
			await d1.batch([
				...storeSubscriptionRequest(d1, request, now),
				requestConfirmation(d1, request, mailbox, now),
			]);
		},

		async find(named) {
			return db.select(columns).from(subscriptions).where(rowsAre(named));
		},

		async confirm(named, visitor, now) {
			const [, [confirmed]] = await db.batch([
				// Only the first use writes, or the holder of one link could use up the day's writes.
				db
					.update(subscriptions)
					.set({ state: "active", confirmedAt: now, visitor })
					.where(and(rowsAre([named]), sql`state = 'pending'`)),
				db
					.select(columns)
					.from(subscriptions)
					.where(rowsAre([named])),
			]);
			return confirmed ?? null;
		},

		async end(named, everything) {
			const { addressId } = subscriptions;
			const addresses = db.select({ id: addressId }).from(subscriptions).where(rowsAre(named));
			await db.delete(subscriptions).where(everything ? inArray(addressId, addresses) : rowsAre(named));
		},

		async prune(before) {
			await db
				.delete(subscriptions)
				.where(and(sql`state = 'pending'`, lt(subscriptions.requestedAt, before)));
		},
	};
}

/** The condition for the subscriptions that a token names: one bound parameter, however many. */
function rowsAre(named: readonly Row[]): SQL {
	return sql`(${subscriptions.id}, ${subscriptions.createdAt}) IN (
		SELECT value ->> 'id', value ->> 'createdAt' FROM json_each(${JSON.stringify(named)})
	)`;
}

const insertAddress = statement<{ email: string }>(
	"INSERT INTO addresses (email) VALUES (:email) ON CONFLICT (email) DO NOTHING",
);

const insertSubscription = statement<{
	email: string;
	postId: string;
	commentId: number;
	visitor: string;
	now: number;
}>(
	`INSERT INTO subscriptions (address_id, post_id, comment_id, visitor, state, requested_at, created_at)
	SELECT a.id, :postId, :commentId, :visitor, iif(EXISTS (
		SELECT 1 FROM subscriptions WHERE address_id = a.id AND visitor = :visitor AND state = 'active'
	) OR EXISTS (SELECT 1 FROM identities WHERE address_id = a.id AND visitor = :visitor), 'active', 'pending'), :now, :now
	FROM addresses AS a WHERE a.email = :email
	ON CONFLICT (address_id, post_id, comment_id) DO UPDATE
		SET state = excluded.state, visitor = excluded.visitor, requested_at = excluded.requested_at
		WHERE state = 'pending'`,
);

const enqueueConfirmation = statement<{
	email: string;
	postId: string;
	commentId: number;
	now: number;
	mailbox: string;
}>(
	`INSERT INTO outbox (key, channel, event, recipient, subscription_id, mailbox, due_at, created_at)
	SELECT 'confirmation:' || s.id || ':' || CAST(:now / ${repeatWindow} AS INTEGER), 'mail', 'confirmation', a.id, s.id,
		:mailbox, :now, :now
	FROM subscriptions AS s JOIN addresses AS a ON a.id = s.address_id
	WHERE a.email = :email AND s.post_id = :postId AND s.comment_id = :commentId AND s.state = 'pending'
		AND NOT EXISTS (
			SELECT 1 FROM outbox
			WHERE key = 'receipt:' || s.comment_id AND subscription_id = s.id AND ${since(repeatWindow)}
		)
		AND ${isMailAllowed("confirmation")}
	ON CONFLICT (key) DO NOTHING`,
);

/** Returns the statements that store a subscription, pending unless the visitor has already confirmed this address. */
export function storeSubscriptionRequest(
	d1: D1Database,
	{ email, postId, commentId, visitor }: SubscriptionRequest,
	now: number,
) {
	return [
		insertAddress.bind(d1, { email }),
		insertSubscription.bind(d1, { email, postId, commentId: commentId ?? 0, visitor, now }),
	];
}

/** Returns the statement that queues a confirmation mail for a stored subscription, unless the comment's receipt asks. */
export function requestConfirmation(
	d1: D1Database,
	{ email, postId, commentId }: SubscriptionRequest,
	mailbox: string,
	now: number,
) {
	return enqueueConfirmation.bind(d1, { email, postId, commentId: commentId ?? 0, now, mailbox });
}
