import { stripIgnorable } from "../text/visible.ts";

/** Shortest text that is hashed; people often write the same shorter one, such as "Thank you!". */
const minCharacters = 24;

/**
 * Computes the SHA-256 (hexadecimal) of a text regardless of case, spacing, punctuation and width. It finds the same text
 * under other posts and names. Null for a text too short to be distinctive.
 */
export async function contentHash(text: string): Promise<string | null> {
	const words = hashedWords(text);
	if (words === null) return null;
	const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(words));
	return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Returns what of a text is hashed; null for a text too short to be distinctive. */
export function hashedWords(text: string): string | null {
	const words = stripIgnorable(text.normalize("NFKC"))
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, "");
	return [...words].length < minCharacters ? null : words;
}
