import type { ClaimSigner } from "./links.ts";
import type { SubscriptionRepository } from "./subscription.ts";

/** What it takes for readers to hear back by mail. */
export type Hearing = { subscriptions: SubscriptionRepository; claims: ClaimSigner };
