import * as v from "valibot";
import { toAsciiEmail } from "../text/hosts.ts";
import type { Row } from "../tokens/row.ts";

/** A request to be notified about a thread, or about the replies to one comment. */
export type SubscriptionRequest = {
	/** As {@link parseAddress} gives it. */
	email: string;
	postId: string;
	/** Null for the whole thread. */
	commentId: number | null;
	/** The requesting visitor, from the signed cookie. */
	visitor: string;
};

/** The states of a subscription. */
export const subscriptionStates = ["pending", "active"] as const;

/** A subscription as shown to the holder of its link. */
export type Subscription = {
	id: number;
	createdAt: number;
	postId: string;
	commentId: number | null;
	state: (typeof subscriptionStates)[number];
};

/** Stores subscriptions. Times are epoch milliseconds. */
export type SubscriptionRepository = {
	/**
	 * Stores a request and enqueues a confirmation mail: at most one in ten minutes for the same request, and three a day
	 * for one address. Skips confirmation if the visitor has confirmed this address before, or has verified it.
	 */
	request(request: SubscriptionRequest, now: number): Promise<void>;
	/** Returns the subscriptions that still exist. */
	find(named: readonly Row[]): Promise<readonly Subscription[]>;
	/**
	 * Activates a subscription and assigns it to the confirming visitor, since the one who requested it may not be the one
	 * who reads the mail. Returns null if it no longer exists. Idempotent.
	 */
	confirm(named: Row, visitor: string, now: number): Promise<Subscription | null>;
	/** Deletes subscriptions, or with `everything` all subscriptions of their addresses. */
	end(named: readonly Row[], everything: boolean): Promise<void>;
	/** Deletes requests made before a time and never confirmed. */
	prune(before: number): Promise<void>;
};

/** Milliseconds for which a confirmation link is valid. */
export const confirmationLifetime = 2 * 86_400_000;

/**
 * Returns the mailbox an address most likely leads to, for counting only: without `+tag` and dots before the @, which many
 * providers ignore, and in lower case.
 */
export function mailboxOf(email: string): string {
	const at = email.lastIndexOf("@");
	const local = email.slice(0, at).replace(/\+.*/, "").replaceAll(".", "");
	return (local + email.slice(at)).toLowerCase();
}

/** Most characters of an e-mail address (RFC 5321); twice as many are read, with the spaces around it. */
const maxAddressLength = 254;

/** Parses and normalizes an e-mail address as it is stored, or returns null if it is invalid. */
export function parseAddress(typed: string): string | null {
	if (typed.length > 2 * maxAddressLength) return null;
	const address = toAsciiEmail(typed.trim()).toLowerCase();
	return address.length <= maxAddressLength && v.is(v.pipe(v.string(), v.rfcEmail()), address)
		? address
		: null;
}
