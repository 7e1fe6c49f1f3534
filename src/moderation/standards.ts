import type { Moderation, Site } from "../posts/site.ts";

/** What the owner has set for the rules to go by. */
export type Standards = {
	/** Who waits by policy. */
	policy: Moderation;
	/** Words no comment is published with, as typed. */
	words: readonly string[];
	/** Most links a comment may have before it waits. */
	linkLimit: number;
	/** Comments to the whole site within {@link recently} at which all wait. */
	floodLimit: number;
	/** The same at which newcomers' browsers are asked for a proof of work. */
	proofLimit: number;
	/** Whether newcomers are asked to pass Turnstile. */
	turnstile: boolean;
};

/** The standards written in `site.yaml`. */
export function standardsOf({ comments }: Site, turnstile = false): Standards {
	const { moderation, blockedWords, linkLimit, floodLimit, proofLimit } = comments;
	return { policy: moderation, words: blockedWords, linkLimit, floodLimit, proofLimit, turnstile };
}

/** Milliseconds that count as just now, for bursts and floods. */
export const recently = 10 * 60_000;

/**
 * Text as words are looked for in it: full and half width alike (NFKC), katakana as hiragana, lower case, and without
 * what is slipped in to hide a word: invisible characters, and spaces where Japanese has none.
 */
export function fold(text: string): string {
	return text
		.normalize("NFKC")
		.toLowerCase()
		.replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
		.replace(/\p{Cf}|\u034f|\u115f|\u1160|\u3164/gu, "")
		.replace(/(?<=[\p{sc=Han}\p{sc=Hira}ー])\s+(?=[\p{sc=Han}\p{sc=Hira}ー])/gu, "");
}
