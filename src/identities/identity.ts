import type { NameKeys } from "../comments/names.ts";

/** Somebody who has shown that an address is theirs, and the name that nobody else may take. */
export type Identity = {
	/** The visitor that every browser of theirs is. */
	visitor: string;
	name: string;
	email: string;
	/** Epoch milliseconds. */
	since: number;
};

/** A link that was asked for, to show that an address is one's own. */
export type Request = {
	/** As `parseAddress` gives it. */
	email: string;
	/** Who asked, by signed cookie. */
	visitor: string;
	/** The name they typed; "" for none. */
	name: string;
	/** BCP 47 tag of the page they asked on. */
	lang: string;
};

/** A link that is yet to be used, and whom its address stands for already. */
export type Verification = Request & { id: number; identity: Identity | null };

/** A name with what it is told from others by. */
export type ClaimedName = { name: string; keys: NameKeys };

/** How long a link that shows an address to be one's own holds. */
export const verifyWithin = 30 * 60_000;

/** How long the press of a link that was doubled gets the answer of the first. */
export const doubledWithin = 10_000;

/** What the domain asks of the place links are kept in until they are used. Instants are epoch milliseconds. */
export type VerificationRepository = {
	/**
	 * Keeps a request and puts the mail with its link into the outbox: at most thrice a day for one address, and once in a
	 * minute for the same person. Beyond that it does nothing, and says nothing of it.
	 */
	ask(request: Request, now: number): Promise<void>;
	/** Forgets links that have lapsed, and that others were used. */
	prune(now: number): Promise<void>;
};

/** What a used link does. */
export type Use = {
	/** The verification that the link names. */
	id: number;
	/** The visitor of the browser that uses it; null for one not known. */
	browser: string | null;
	/** The name of an identity that is new. */
	claim: ClaimedName;
	/** The visitor that a new identity is. */
	visitor: string;
	/** The visitor whose comments, reactions and subscriptions join the identity; null for nobody's. */
	joining: string | null;
	/** Names under which the joining visitor wrote that are the identity's. */
	names: readonly string[];
	now: number;
};

/** What the domain asks of the place identities are kept in. */
export type IdentityRepository = {
	/** A link that was not used yet, or null. */
	find(id: number): Promise<Verification | null>;
	/** Whom a visitor is known to be, or null. */
	of(visitor: string): Promise<Identity | null>;
	/** The names a visitor has written under. */
	namesOf(visitor: string): Promise<readonly string[]>;
	/**
	 * Uses a link up, in one step with what comes of it: the identity is made where the address has none, and the joining
	 * visitor becomes it, unless that visitor is somebody's identity already. A name that belongs to another uses nothing
	 * up.
	 */
	use(use: Use): Promise<Identity | "taken" | "lapsed">;
	/**
	 * The identity that a link gave just now to the browser of a visitor, by the number it had before or has since; null
	 * for every other browser, and for one that was not known, which nothing tells from another.
	 */
	usedJustNow(id: number, browser: string, now: number): Promise<Identity | null>;
	/** Gives an identity another name, with its mark on what was written under `names`; false when it is another's. */
	rename(visitor: string, claim: ClaimedName, names: readonly string[]): Promise<boolean>;
	/** Ends an identity: the name is free, its marks and its address are gone, comments stay whose they are. */
	giveUp(visitor: string): Promise<void>;
};
