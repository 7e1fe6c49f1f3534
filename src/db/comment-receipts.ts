// SQL text: one batch of INSERT ... SELECT statements, so that the limits hold for concurrent requests.
import type { D1Database } from "@cloudflare/workers-types";
import type { CommentReceiptRepository } from "../notifications/comment-receipt.ts";
import { isMailAllowed, type MailboxDigest } from "./mail-limits.ts";
import { statement } from "./statement.ts";
import { requestConfirmation, storeSubscriptionRequest } from "./subscriptions.ts";

const enqueueReceipt = statement<{ commentId: number; email: string; mailbox: string; now: number }>(
	`INSERT INTO outbox (key, channel, event, comment_id, subscription_id, recipient, mailbox, due_at, created_at)
	SELECT 'receipt:' || c.id, 'mail', 'receipt', c.id, (
		SELECT s.id FROM subscriptions AS s JOIN addresses AS a ON a.id = s.address_id
		WHERE a.email = :email AND s.post_id = c.post_id AND s.comment_id = c.id AND s.state = 'pending'
	), -1, :mailbox, :now, :now
	FROM comments AS c
	WHERE c.id = :commentId AND lower(c.email) = :email AND c.state <> 'spam' AND ${isMailAllowed("receipt")}
	ON CONFLICT (key) DO NOTHING`,
);

/** Queues receipts for commenters who left an e-mail address. The address is read from the comment at sending. */
export function commentReceiptRepository(
	d1: D1Database,
	mailboxDigest: MailboxDigest,
): CommentReceiptRepository {
	return {
		async send({ commentId, email, subscription }, now) {
			const mailbox = await mailboxDigest(email);
			const receipt = enqueueReceipt.bind(d1, { commentId, email, mailbox, now });
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
