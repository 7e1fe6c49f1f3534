import type { NameSkeletons } from "../comments/names.ts";
import type { Row } from "../tokens/row.ts";

/** A commenter with a verified e-mail address, and the display name reserved for them. */
export type Identity = {
	/** Visitor id shared by all their browsers. */
	visitor: string;
	name: string;
	email: string;
	/** Epoch milliseconds. */
	since: number;
};

/** A request for a link that verifies an e-mail address. */
export type VerificationRequest = {
	/** As `parseAddress` gives it. */
	email: string;
	/** The requesting visitor, from the signed cookie. */
	visitor: string;
	/** The name they typed; "" for none. */
	name: string;
	/** BCP 47 language tag of the page with the form. */
	lang: string;
};

/** An unused verification link, and the identity its address already has. */
export type Verification = VerificationRequest & Row & { identity: Identity | null };

/** A display name with the skeletons by which it is compared (UTS #39). */
export type ClaimedName = { name: string; skeletons: NameSkeletons };

/** Milliseconds for which a verification link is valid. */
export const verificationLifetime = 30 * 60_000;

/** Milliseconds for which a double submit gets the response to the first. */
export const doubleSubmitWindow = 10_000;

/** Stores requested verification links. Times are epoch milliseconds. */
export type VerificationRepository = {
	/**
	 * Stores a request and enqueues the mail with its link: at most three a day for one address and one a minute for the
	 * same visitor. Silently does nothing beyond that.
	 */
	request(request: VerificationRequest, now: number): Promise<void>;
	/** Deletes expired links, and the records of used ones. */
	prune(now: number): Promise<void>;
};

/** The use of a verification link. */
export type Confirmation = {
	/** The verification that the link names. */
	verification: Row;
	/** Visitor id of the browser that uses it; null for an unknown browser. */
	browser: string | null;
	/** Display name of a new identity. */
	claim: ClaimedName;
	/** Visitor id of a new identity. */
	visitor: string;
	/** The visitor whose comments, reactions and subscriptions move to the identity; null for none. */
	mergedVisitor: string | null;
	/** Names used by the merged visitor that match the identity's. */
	names: readonly string[];
	now: number;
};

/** Stores identities. */
export type IdentityRepository = {
	/** Finds an unused verification, or null. */
	find(named: Row): Promise<Verification | null>;
	/** Returns a visitor's identity, or null. */
	of(visitor: string): Promise<Identity | null>;
	/** Returns the names a visitor has commented under. */
	namesOf(visitor: string): Promise<readonly string[]>;
	/**
	 * Consumes a link and applies it in one transaction: creates the identity if the address has none, and merges the visitor
	 * unless that already has an identity. If the name is taken, the link stays valid.
	 */
	confirm(confirmation: Confirmation): Promise<Identity | "taken" | "expired">;
	/**
	 * Returns the identity a link has just given to a browser, by its visitor id before or after; null for every other
	 * browser, and for one that had no visitor id, since nothing identifies it.
	 */
	wasUsedRecently(named: Row, browser: string, now: number): Promise<Identity | null>;
	/** Changes an identity's name and marks the comments under `names` as verified; false if the name is taken. */
	rename(visitor: string, claim: ClaimedName, names: readonly string[]): Promise<boolean>;
	/** Deletes an identity with its address and verified marks, which frees the name; comments keep their visitor. */
	remove(visitor: string): Promise<void>;
};
