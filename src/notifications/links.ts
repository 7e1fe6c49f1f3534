/** What the holder of a signed link may do; it names rows and never an address. */
export type Claim =
	| { may: "confirm"; subscription: number }
	| { may: "end"; subscriptions: readonly number[] }
	| { may: "verify"; verification: number };

/** Signs the links in mails and reads them back. */
export type ClaimSigner = {
	/** A token for an address; it lapses at an instant (epoch milliseconds), or never. */
	sign(claim: Claim, until: number | null): Promise<string>;
	/** What a token claims at an instant, or null when it is forged, lapsed or no token. */
	read(token: string, now: number): Promise<Claim | null>;
};

/** The addresses that mails lead to. */
export const linkPaths = {
	confirm: (token: string) => `/subscriptions/${token}/confirmation`,
	end: (token: string) => `/subscriptions/${token}/end`,
	verify: (token: string) => `/verifications/${token}`,
};
