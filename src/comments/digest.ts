/** Computes 128 bits of HMAC-SHA-256 in hexadecimal, which reveal nothing of the text without the key. */
export async function keyedDigest(text: string, key: string): Promise<string> {
	const encoder = new TextEncoder();
	const algorithm = { name: "HMAC", hash: "SHA-256" };
	const hmac = await crypto.subtle.importKey("raw", encoder.encode(key), algorithm, false, ["sign"]);
	const digest = await crypto.subtle.sign("HMAC", hmac, encoder.encode(text));
	return Array.from(new Uint8Array(digest).slice(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join(
		"",
	);
}
