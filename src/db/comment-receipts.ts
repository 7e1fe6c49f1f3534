import type { D1Database } from "@cloudflare/workers-types";
import type { CommentReceiptRepository } from "../notifications/comment-receipt.ts";
import { isMailAllowed, type MailboxDigest } from "./mail-limits.ts";
import { requestConfirmation, storeSubscriptionRequest } from "./subscriptions.ts";

/** Queues receipts for commenters who left an e-mail address. The address is read from the comment at sending. */
export function commentReceiptRepository(
	d1: D1Database,
	mailboxDigest: MailboxDigest,
): CommentReceiptRepository {
	return {
		async send({ commentId, email, subscription }, now) {
			const mailbox = await mailboxDigest(email);
			const receipt = d1
				.prepare(
					`INSERT INTO outbox (key, channel, event, comment_id, subscription_id, recipient, mailbox, due_at, created_at)
					SELECT 'receipt:' || c.id, 'mail', 'receipt', c.id, (
						SELECT s.id FROM subscriptions AS s JOIN addresses AS a ON a.id = s.address_id
						WHERE a.email = ?2 AND s.post_id = c.post_id AND s.comment_id = c.id AND s.state = 'pending'
					), -1, ?3, ?4, ?4
					FROM comments AS c
					WHERE c.id = ?1 AND lower(c.email) = ?2 AND c.state <> 'spam' AND ${isMailAllowed("receipt", "?3", "?4")}
					ON CONFLICT (key) DO NOTHING`,
				)
				.bind(commentId, email, mailbox, now);
			await d1.batch(
				subscription === null
					? [receipt]
					: [
							...storeSubscriptionRequest(d1, subscription, now),
							receipt,
							requestConfirmation(d1, subscription, mailbox, now),
						],
			);
		},
	};
}
