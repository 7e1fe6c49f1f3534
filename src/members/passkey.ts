/** A public key somebody enrolled (WebAuthn). */
export type Passkey = {
	/** Credential id, base64url. */
	id: string;
	/** COSE public key, base64url. */
	publicKey: string;
	/** Signatures the authenticator says it has made; 0 for those that do not count. */
	counter: number;
	transports: readonly string[];
};

/** The site as authenticators know it: `origin` with scheme and port, `host` without. */
export type RelyingParty = { name: string; origin: string; host: string };

/** The WebAuthn ceremonies. Options are JSON for the browser; a response is what the browser made of them, as JSON. */
export type Passkeys = {
	enrolmentOptions(
		party: RelyingParty,
		name: string,
		challenge: string,
		known: readonly string[],
	): Promise<string>;
	signInOptions(party: RelyingParty, challenge: string): Promise<string>;
	/** The new passkey, or null when the response does not answer the challenge. */
	verifyEnrolment(party: RelyingParty, challenge: string, response: string): Promise<Passkey | null>;
	/** The counter the authenticator now stands at, or null when the response does not prove the passkey. */
	verifySignIn(
		party: RelyingParty,
		challenge: string,
		response: string,
		passkey: Passkey,
	): Promise<number | null>;
};

/** The credential id a response claims, or null when it is no such response. */
export function claimedPasskey(response: string): string | null {
	try {
		const { id } = JSON.parse(response);
		return typeof id === "string" && /^[\w-]{1,1400}$/.test(id) ? id : null;
	} catch {
		return null;
	}
}
