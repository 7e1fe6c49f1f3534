import * as v from "valibot";

/** A wish to hear of a thread, or of the replies to one comment of it. */
export type Wish = {
	/** As {@link parseAddress} gives it. */
	email: string;
	postId: string;
	/** Null for the whole thread. */
	commentId: number | null;
	/** Who wishes, by signed cookie. */
	visitor: string;
};

/** A subscription as the one who holds a link to it sees it. */
export type Subscription = {
	id: number;
	postId: string;
	commentId: number | null;
	state: "pending" | "active";
};

/** What the domain asks of the place subscriptions are kept in. Instants are epoch milliseconds. */
export type SubscriptionRepository = {
	/**
	 * Keeps a wish and puts a mail that asks for confirmation into the outbox, at most once in ten minutes for the same
	 * wish and thrice a day for one address. A visitor who has confirmed this address before, or whose it is known to be,
	 * is not asked again.
	 */
	ask(wish: Wish, now: number): Promise<void>;
	/** Those of the subscriptions that are still there. */
	find(ids: readonly number[]): Promise<readonly Subscription[]>;
	/**
	 * Makes a subscription active, and that of the visitor whose browser pressed: whoever asked may not have been who reads
	 * the mail. Null when it is not there any more. Confirming twice is confirming once.
	 */
	confirm(id: number, visitor: string, now: number): Promise<Subscription | null>;
	/** Ends and forgets subscriptions, or with `everything` all that their addresses have. */
	end(ids: readonly number[], everything: boolean): Promise<void>;
	/** Forgets what nobody has confirmed since an instant. */
	prune(before: number): Promise<void>;
};

/** How long a link that asks for confirmation holds. */
export const confirmWithin = 2 * 86_400_000;

/** Reads a typed address in the one form it is kept in, or null when it is none. */
export function parseAddress(typed: string): string | null {
	const address = typed.trim().toLowerCase();
	return address.length <= 254 && v.is(v.pipe(v.string(), v.rfcEmail()), address) ? address : null;
}
