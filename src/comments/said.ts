/** Fewest characters that two people do not write alike by chance; "Thank you!" is everybody's. */
const fewest = 24;

/**
 * Digest (SHA-256, hexadecimal) of what a text says however it is cased, spaced and widened, by which the same words
 * are found under another post or another name; null for a text too short to tell anything.
 */
export async function digestOfSaid(text: string): Promise<string | null> {
	const said = text
		.normalize("NFKC")
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, "");
	if ([...said].length < fewest) return null;
	const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(said));
	return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
