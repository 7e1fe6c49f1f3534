import type { D1Database } from "@cloudflare/workers-types";
import type {
	Subscription,
	SubscriptionRepository,
	SubscriptionRequest,
} from "../notifications/subscription.ts";
import { isMailAllowed, type MailboxDigest, repeatWindow } from "./mail-limits.ts";

const columns = "id, post_id AS postId, nullif(comment_id, 0) AS commentId, state";

/** Subscriptions in D1. Their addresses have a table of their own; a trigger deletes an address with its last use. */
export function subscriptionRepository(d1: D1Database, mailboxDigest: MailboxDigest): SubscriptionRepository {
	return {
		async request(request, now) {
			const mailbox = await mailboxDigest(request.email);
			await d1.batch([
				...storeSubscriptionRequest(d1, request, now),
				requestConfirmation(d1, request, mailbox, now),
			]);
		},

		async find(ids) {
			const { results } = await d1
				.prepare(`SELECT ${columns} FROM subscriptions WHERE id IN (SELECT value FROM json_each(?))`)
				.bind(JSON.stringify(ids))
				.all<Subscription>();
			return results;
		},

		async confirm(id, visitor, now) {
			return d1
				.prepare(
					`UPDATE subscriptions SET state = 'active', confirmed_at = coalesce(confirmed_at, ?2), visitor = ?3
					WHERE id = ?1 RETURNING ${columns}`,
				)
				.bind(id, now, visitor)
				.first<Subscription>();
		},

		async end(ids, everything) {
			const which = everything
				? "address_id IN (SELECT address_id FROM subscriptions WHERE id IN (SELECT value FROM json_each(?)))"
				: "id IN (SELECT value FROM json_each(?))";
			await d1.prepare(`DELETE FROM subscriptions WHERE ${which}`).bind(JSON.stringify(ids)).run();
		},

		async prune(before) {
			await d1
				.prepare("DELETE FROM subscriptions WHERE state = 'pending' AND requested_at < ?")
				.bind(before)
				.run();
		},
	};
}

/** Returns the statements that store a subscription, pending unless the visitor has already confirmed this address. */
export function storeSubscriptionRequest(
	d1: D1Database,
	{ email, postId, commentId, visitor }: SubscriptionRequest,
	now: number,
) {
	return [
		d1.prepare("INSERT INTO addresses (email) VALUES (?) ON CONFLICT (email) DO NOTHING").bind(email),
		d1
			.prepare(
				`INSERT INTO subscriptions (address_id, post_id, comment_id, visitor, state, requested_at)
				SELECT a.id, ?2, ?3, ?4, iif(EXISTS (
					SELECT 1 FROM subscriptions WHERE address_id = a.id AND visitor = ?4 AND state = 'active'
				) OR EXISTS (SELECT 1 FROM identities WHERE address_id = a.id AND visitor = ?4), 'active', 'pending'), ?5
				FROM addresses AS a WHERE a.email = ?1
				ON CONFLICT (address_id, post_id, comment_id) DO UPDATE
					SET state = excluded.state, visitor = excluded.visitor, requested_at = excluded.requested_at
					WHERE state = 'pending'`,
			)
			.bind(email, postId, commentId ?? 0, visitor, now),
	];
}

/** Returns the statement that queues a confirmation mail for a stored subscription, unless the comment's receipt asks. */
export function requestConfirmation(
	d1: D1Database,
	{ email, postId, commentId }: SubscriptionRequest,
	mailbox: string,
	now: number,
) {
	return d1
		.prepare(
			`INSERT INTO outbox (key, channel, event, recipient, subscription_id, mailbox, due_at, created_at)
			SELECT 'confirmation:' || s.id || ':' || CAST(?4 / ?5 AS INTEGER), 'mail', 'confirmation', a.id, s.id, ?6, ?4, ?4
			FROM subscriptions AS s JOIN addresses AS a ON a.id = s.address_id
			WHERE a.email = ?1 AND s.post_id = ?2 AND s.comment_id = ?3 AND s.state = 'pending'
				AND NOT EXISTS (
					SELECT 1 FROM outbox WHERE key = 'receipt:' || s.comment_id AND subscription_id = s.id AND created_at > ?4 - ?5
				)
				AND ${isMailAllowed("confirmation", "?6", "?4")}
			ON CONFLICT (key) DO NOTHING`,
		)
		.bind(email, postId, commentId ?? 0, now, repeatWindow, mailbox);
}
