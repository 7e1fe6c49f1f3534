import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** A passkey in software: makes what a browser would send, so that tests can also send what a browser would not. */
export type Authenticator = {
	id: string;
	/** Answers enrolment options (JSON) as `navigator.credentials.create` would at this origin. */
	enrol(options: string, origin: string): string;
	/** Answers sign-in options (JSON) as `navigator.credentials.get` would. */
	signIn(options: string, origin: string, flags?: { verified: boolean }): string;
};

/** A new ES256 passkey that verifies its user. */
export function softAuthenticator(): Authenticator {
	const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
	const id = randomBytes(32);

	const clientData = (type: string, options: string, origin: string) =>
		Buffer.from(
			JSON.stringify({ type, challenge: JSON.parse(options).challenge, origin, crossOrigin: false }),
		);

	const authenticatorData = (origin: string, flags: number, rest = Buffer.alloc(0)) => {
		const host = createHash("sha256").update(new URL(origin).hostname).digest();
		return Buffer.concat([host, Buffer.from([flags]), neverCounts, rest]);
	};

	const credential = (response: Record<string, unknown>) =>
		JSON.stringify({
			id: id.toString("base64url"),
			rawId: id.toString("base64url"),
			type: "public-key",
			clientExtensionResults: {},
			response,
		});

	return {
		id: id.toString("base64url"),

		enrol(options, origin) {
			const length = Buffer.alloc(2);
			length.writeUInt16BE(id.length);
			const attested = Buffer.concat([Buffer.alloc(16), length, id, coseKey(publicKey)]);
			const data = authenticatorData(origin, present | verifiedFlag | attestedFlag, attested);
			return credential({
				clientDataJSON: clientData("webauthn.create", options, origin).toString("base64url"),
				attestationObject: attestation(data).toString("base64url"),
				transports: ["internal"],
			});
		},

		signIn(options, origin, { verified } = { verified: true }) {
			const client = clientData("webauthn.get", options, origin);
			const data = authenticatorData(origin, present | (verified ? verifiedFlag : 0));
			const signed = Buffer.concat([data, createHash("sha256").update(client).digest()]);
			return credential({
				clientDataJSON: client.toString("base64url"),
				authenticatorData: data.toString("base64url"),
				signature: sign("sha256", signed, privateKey).toString("base64url"),
			});
		},
	};
}

/** As passkeys that live on several devices do, so that nothing rests on the counter. */
const neverCounts = Buffer.alloc(4);
const [present, verifiedFlag, attestedFlag] = [0x01, 0x04, 0x40];

/** `{1: 2, 3: -7, -1: 1, -2: x, -3: y}` in CBOR: an ES256 key as COSE writes it (RFC 9053). */
function coseKey(key: KeyObject): Buffer {
	const { x = "", y = "" } = key.export({ format: "jwk" });
	return Buffer.concat([
		Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]),
		Buffer.from(x, "base64url"),
		Buffer.from([0x22, 0x58, 0x20]),
		Buffer.from(y, "base64url"),
	]);
}

/** `{fmt: "none", attStmt: {}, authData}` in CBOR. */
function attestation(data: Buffer): Buffer {
	const text = (value: string) => Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)]);
	return Buffer.concat([
		Buffer.from([0xa3]),
		text("fmt"),
		text("none"),
		text("attStmt"),
		Buffer.from([0xa0]),
		text("authData"),
		Buffer.from([0x58, data.length]),
		data,
	]);
}
