import type { VerificationRepository } from "../identities/identity.ts";
import type { CommentReceiptRepository } from "./comment-receipt.ts";
import type { SubscriptionRepository } from "./subscription.ts";

/** The repositories behind mails to readers. */
export type ReaderNotifications = {
	subscriptions: SubscriptionRepository;
	receipts: CommentReceiptRepository;
	verifications: VerificationRepository;
};
