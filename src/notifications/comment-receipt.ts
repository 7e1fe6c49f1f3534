import type { SubscriptionRequest } from "./subscription.ts";

/** A comment submitted with an e-mail address, to be confirmed to its author by mail. */
export type CommentReceipt = {
	commentId: number;
	/** As `parseAddress` gives it. */
	email: string;
	/** The subscription requested in the same form; null for none. */
	subscription: SubscriptionRequest | null;
};

/** Enqueues the mails to comment authors. */
export type CommentReceiptRepository = {
	/**
	 * Enqueues the mail with the comment's edit link, once a comment and three times a day for one address. The mail also
	 * asks to confirm the subscription; where it cannot be sent, a confirmation mail is requested as usual.
	 */
	send(receipt: CommentReceipt, now: number): Promise<void>;
};
