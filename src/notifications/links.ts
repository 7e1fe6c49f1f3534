/** The claims of a signed link: one action and the rows it applies to, never an e-mail address. */
export type LinkClaims =
	| { action: "confirm"; subscription: number }
	| { action: "end"; subscriptions: readonly number[] }
	| { action: "verify"; verification: number };

/** Signs and verifies the tokens of links in mails. */
export type LinkSigner = {
	/** Returns a token that expires at `expiresAt` (epoch milliseconds), or never. */
	sign(claims: LinkClaims, expiresAt: number | null): Promise<string>;
	/** Returns the claims of a token, or null if it is forged, expired at `now` or malformed. */
	verify(token: string, now: number): Promise<LinkClaims | null>;
};

/** Paths of the links in mails. */
export const linkPaths = {
	confirm: (token: string) => `/subscriptions/${token}/confirmation`,
	end: (token: string) => `/subscriptions/${token}/end`,
	verify: (token: string) => `/verifications/${token}`,
};
