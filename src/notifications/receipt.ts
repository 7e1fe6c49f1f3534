import type { Wish } from "./subscription.ts";

/** A comment that was left with an address. */
export type Receipt = {
	commentId: number;
	/** As `parseAddress` gives it. */
	email: string;
	/** What they asked to hear of in the same form; null for nothing. */
	wish: Wish | null;
};

/** What the domain asks of the place mails to commenters wait in. */
export type ReceiptRepository = {
	/**
	 * Puts the mail that says how the comment is changed into the outbox, once for a comment and thrice a day for one
	 * address. It asks for confirmation of the wish as well, and where it cannot be sent that is asked for as ever.
	 */
	send(receipt: Receipt, now: number): Promise<void>;
};
