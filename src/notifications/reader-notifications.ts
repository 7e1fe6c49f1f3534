import type { VerificationRepository } from "../identities/identity.ts";
import type { CommentReceiptRepository } from "./comment-receipt.ts";
import type { LinkSigner } from "./links.ts";
import type { SubscriptionRepository } from "./subscription.ts";

/** The repositories and the link signer behind mails to readers. */
export type ReaderNotifications = {
	subscriptions: SubscriptionRepository;
	receipts: CommentReceiptRepository;
	verifications: VerificationRepository;
	links: LinkSigner;
};
