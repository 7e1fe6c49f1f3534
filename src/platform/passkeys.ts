import type { Log } from "../log.ts";
import type { Passkeys } from "../members/passkey.ts";

/** Implements the WebAuthn ceremonies with @simplewebauthn/server, imported on demand: it is as large as the rest of the Worker. */
export function webAuthnPasskeys(): Passkeys {
	const load = () => import("@simplewebauthn/server");
	const { toBase64, toBytes } = base64url;

	return {
		async registrationOptions(relyingParty, name, challenge, excludedIds) {
			const { generateRegistrationOptions } = await load();
			const options = await generateRegistrationOptions({
				rpName: relyingParty.name,
				rpID: relyingParty.host,
				userName: name,
				userDisplayName: name,
				challenge: toBytes(challenge),
				excludeCredentials: excludedIds.map((id) => ({ id })),
				authenticatorSelection: { residentKey: "required", userVerification: "required" },
			});
			return JSON.stringify(options);
		},

		async authenticationOptions(relyingParty, challenge) {
			const { generateAuthenticationOptions } = await load();
			const options = await generateAuthenticationOptions({
				rpID: relyingParty.host,
				challenge: toBytes(challenge),
				userVerification: "required",
			});
			return JSON.stringify(options);
		},

		async verifyRegistration(relyingParty, challenge, response, log) {
			const { verifyRegistrationResponse } = await load();
			const verified = await verifyRegistrationResponse({
				response: JSON.parse(response),
				expectedChallenge: challenge,
				expectedOrigin: relyingParty.origin,
				expectedRPID: relyingParty.host,
			}).catch(logRefusal(log));
			if (!verified?.verified) return null;
			const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
			return { id, publicKey: toBase64(publicKey), counter, transports };
		},

		async verifyAuthentication(relyingParty, challenge, response, passkey, log) {
			const { id, publicKey, counter, transports } = passkey;
			const { verifyAuthenticationResponse } = await load();
			const verified = await verifyAuthenticationResponse({
				response: JSON.parse(response),
				expectedChallenge: challenge,
				expectedOrigin: relyingParty.origin,
				expectedRPID: relyingParty.host,
				credential: { id, publicKey: toBytes(publicKey), counter, transports: [...transports] },
			}).catch(logRefusal(log));
			return verified?.verified ? verified.authenticationInfo.newCounter : null;
		},
	};
}

/** Returns a handler that logs why a response failed to verify, which the library reports by throwing. */
const logRefusal = (log: Log) => (error: unknown) => {
	log("passkey refused", { error });
	return null;
};

const base64url = {
	toBase64: (bytes: Uint8Array) =>
		btoa(String.fromCharCode(...bytes))
			.replaceAll("+", "-")
			.replaceAll("/", "_")
			.replace(/=+$/, ""),
	toBytes: (text: string) =>
		Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0)),
};
