import type { Passkeys } from "../members/passkey.ts";

/** The ceremonies by @simplewebauthn/server, loaded when somebody signs in: it is as heavy as the rest of the Worker. */
export function passkeysByWebAuthn(): Passkeys {
	const load = () => import("@simplewebauthn/server");
	const { toBase64, toBytes } = base64url;

	return {
		async enrolmentOptions(party, name, challenge, known) {
			const { generateRegistrationOptions } = await load();
			const options = await generateRegistrationOptions({
				rpName: party.name,
				rpID: party.host,
				userName: name,
				userDisplayName: name,
				challenge: toBytes(challenge),
				excludeCredentials: known.map((id) => ({ id })),
				authenticatorSelection: { residentKey: "required", userVerification: "required" },
			});
			return JSON.stringify(options);
		},

		async signInOptions(party, challenge) {
			const { generateAuthenticationOptions } = await load();
			const options = await generateAuthenticationOptions({
				rpID: party.host,
				challenge: toBytes(challenge),
				userVerification: "required",
			});
			return JSON.stringify(options);
		},

		async verifyEnrolment(party, challenge, response) {
			const { verifyRegistrationResponse } = await load();
			const verified = await verifyRegistrationResponse({
				response: JSON.parse(response),
				expectedChallenge: challenge,
				expectedOrigin: party.origin,
				expectedRPID: party.host,
			}).catch(unproven);
			if (!verified?.verified) return null;
			const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
			return { id, publicKey: toBase64(publicKey), counter, transports };
		},

		async verifySignIn(party, challenge, response, { id, publicKey, counter, transports }) {
			const { verifyAuthenticationResponse } = await load();
			const verified = await verifyAuthenticationResponse({
				response: JSON.parse(response),
				expectedChallenge: challenge,
				expectedOrigin: party.origin,
				expectedRPID: party.host,
				credential: { id, publicKey: toBytes(publicKey), counter, transports: [...transports] },
			}).catch(unproven);
			return verified?.verified ? verified.authenticationInfo.newCounter : null;
		},
	};
}

/** The library throws for whatever a response fails to prove; operators may want to know what it was. */
function unproven(error: unknown): null {
	console.warn(JSON.stringify({ passkey: String(error) }));
	return null;
}

const base64url = {
	toBase64: (bytes: Uint8Array) =>
		btoa(String.fromCharCode(...bytes))
			.replaceAll("+", "-")
			.replaceAll("/", "_")
			.replace(/=+$/, ""),
	toBytes: (text: string) =>
		Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0)),
};
