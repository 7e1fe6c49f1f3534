import type { D1Database } from "@cloudflare/workers-types";
import type { ReceiptRepository } from "../notifications/receipt.ts";
import { type MailboxOf, mayMail } from "./bounds.ts";
import { askToConfirm, keepWish } from "./subscriptions.ts";

/** Mails to those who commented with an address, in D1. The address is read from the comment when the mail is written. */
export function receiptRepository(d1: D1Database, mailboxOf: MailboxOf): ReceiptRepository {
	return {
		async send({ commentId, email, wish }, now) {
			const mailbox = await mailboxOf(email);
			const receipt = d1
				.prepare(
					`INSERT INTO outbox (key, channel, event, comment_id, subscription_id, recipient, mailbox, due_at, created_at)
					SELECT 'receipt:' || c.id, 'mail', 'receipt', c.id, (
						SELECT s.id FROM subscriptions AS s JOIN addresses AS a ON a.id = s.address_id
						WHERE a.email = ?2 AND s.post_id = c.post_id AND s.comment_id = c.id AND s.state = 'pending'
					), -1, ?3, ?4, ?4
					FROM comments AS c
					WHERE c.id = ?1 AND lower(c.email) = ?2 AND c.state <> 'spam' AND ${mayMail("receipt", "?3", "?4")}
					ON CONFLICT (key) DO NOTHING`,
				)
				.bind(commentId, email, mailbox, now);
			await d1.batch(
				wish === null
					? [receipt]
					: [...keepWish(d1, wish, now), receipt, askToConfirm(d1, wish, mailbox, now)],
			);
		},
	};
}
