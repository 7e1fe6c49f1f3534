import type { Log } from "../log.ts";

/** A registered WebAuthn credential. */
export type Passkey = {
	/** Credential id, base64url. */
	id: string;
	/** COSE public key, base64url. */
	publicKey: string;
	/** The authenticator's signature counter; 0 if it has none. */
	counter: number;
	transports: readonly string[];
};

/** The WebAuthn relying party, which is this site: `origin` with scheme and port, `host` without. */
export type RelyingParty = { name: string; origin: string; host: string };

/** The WebAuthn ceremonies, registration and authentication. Options and responses are JSON, as the browser API has them. */
export type Passkeys = {
	registrationOptions(
		relyingParty: RelyingParty,
		name: string,
		challenge: string,
		excludedIds: readonly string[],
	): Promise<string>;
	authenticationOptions(relyingParty: RelyingParty, challenge: string): Promise<string>;
	/** Returns the new passkey, or null if the response is not valid for the challenge. */
	verifyRegistration(
		relyingParty: RelyingParty,
		challenge: string,
		response: string,
		log: Log,
	): Promise<Passkey | null>;
	/** Returns the authenticator's new signature counter, or null if the response is not valid for the passkey. */
	verifyAuthentication(
		relyingParty: RelyingParty,
		challenge: string,
		response: string,
		passkey: Passkey,
		log: Log,
	): Promise<number | null>;
};

/** Characters of the longest response that is read; those with a chain of certificates have some thousand. */
const maxResponseLength = 32_768;

/** Returns the credential id a response claims, or null if it is malformed or too long to be one. */
export function credentialIdIn(response: string): string | null {
	if (response.length > maxResponseLength) return null;
	try {
		const { id } = JSON.parse(response);
		return typeof id === "string" && /^[\w-]{1,1400}$/.test(id) ? id : null;
	} catch {
		return null;
	}
}
