import type { D1Database } from "@cloudflare/workers-types";
import type { Subscription, SubscriptionRepository } from "../notifications/subscription.ts";

const day = 86_400_000;

/** Mails that ask for confirmation: to one address in a day, and from the whole site in ten minutes. */
const bounds = { address: 3, site: 30 };

/** The same wish within this time is the same mail. */
const repeatWindow = 10 * 60_000;

const columns = "id, post_id AS postId, nullif(comment_id, 0) AS commentId, state";

/** Subscriptions in D1; the addresses they are for are in a table of their own, and go with the last of them. */
export function subscriptionRepository(d1: D1Database): SubscriptionRepository {
	return {
		async ask({ email, postId, commentId, visitor }, now) {
			await d1.batch([
				d1.prepare("INSERT INTO addresses (email) VALUES (?) ON CONFLICT (email) DO NOTHING").bind(email),
				d1
					.prepare(
						`INSERT INTO subscriptions (address_id, post_id, comment_id, visitor, state, asked_at)
						SELECT a.id, ?2, ?3, ?4, iif(EXISTS (
							SELECT 1 FROM subscriptions WHERE address_id = a.id AND visitor = ?4 AND state = 'active'
						), 'active', 'pending'), ?5
						FROM addresses AS a WHERE a.email = ?1
						ON CONFLICT (address_id, post_id, comment_id) DO UPDATE
							SET state = excluded.state, visitor = excluded.visitor, asked_at = excluded.asked_at
							WHERE state = 'pending'`,
					)
					.bind(email, postId, commentId ?? 0, visitor, now),
				d1
					.prepare(
						`INSERT INTO outbox (key, channel, event, recipient, subscription_id, due_at, created_at)
						SELECT 'confirmation:' || s.id || ':' || CAST(?4 / ?5 AS INTEGER), 'mail', 'confirmation', a.id, s.id, ?4, ?4
						FROM subscriptions AS s JOIN addresses AS a ON a.id = s.address_id
						WHERE a.email = ?1 AND s.post_id = ?2 AND s.comment_id = ?3 AND s.state = 'pending'
							AND (SELECT count(*) FROM outbox WHERE event = 'confirmation' AND recipient = a.id
								AND created_at > ?4 - ${day}) < ${bounds.address}
							AND (SELECT count(*) FROM outbox WHERE event = 'confirmation' AND created_at > ?4 - ?5) < ${bounds.site}
						ON CONFLICT (key) DO NOTHING`,
					)
					.bind(email, postId, commentId ?? 0, now, repeatWindow),
			]);
		},

		async find(ids) {
			const { results } = await d1
				.prepare(`SELECT ${columns} FROM subscriptions WHERE id IN (SELECT value FROM json_each(?))`)
				.bind(JSON.stringify(ids))
				.all<Subscription>();
			return results;
		},

		async confirm(id, now) {
			return d1
				.prepare(
					`UPDATE subscriptions SET state = 'active', confirmed_at = coalesce(confirmed_at, ?2)
					WHERE id = ?1 RETURNING ${columns}`,
				)
				.bind(id, now)
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
				.prepare("DELETE FROM subscriptions WHERE state = 'pending' AND asked_at < ?")
				.bind(before)
				.run();
		},
	};
}
