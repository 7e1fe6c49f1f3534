import type { VerificationRepository } from "../identities/identity.ts";
import type { ClaimSigner } from "./links.ts";
import type { ReceiptRepository } from "./receipt.ts";
import type { SubscriptionRepository } from "./subscription.ts";

/** What it takes for readers to hear back by mail. */
export type Hearing = {
	subscriptions: SubscriptionRepository;
	receipts: ReceiptRepository;
	verifications: VerificationRepository;
	claims: ClaimSigner;
};
