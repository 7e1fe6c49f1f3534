import type { Draft } from "../comments/draft.ts";
import type { Moderation, Site } from "../posts/site.ts";
import { stripIgnorable } from "../text/visible.ts";

/** The moderation policy the rules apply. */
export type Policy = {
	/** The commenters whose comments are held: everybody's, first-time commenters' or nobody's. */
	policy: Moderation;
	/** Words that hold a comment, folded once for all comments judged by this policy. */
	blockedWords: readonly BlockedWord[];
	/** Most links a comment may have without being held. */
	linkLimit: number;
	/** Comments to the whole site within {@link recentWindow} at which all are held. */
	floodLimit: number;
	/** The same at which first-time commenters' browsers are asked for a proof of work. */
	proofLimit: number;
	/** Whether first-time commenters are asked to pass Turnstile. */
	turnstile: boolean;
};

/** A blocked word as typed, and folded for matching. */
export type BlockedWord = { word: string; folded: string };

export const foldWords = (words: readonly string[]): readonly BlockedWord[] =>
	words.map((word) => ({ word, folded: fold(word) }));

/** Returns the policy written in `site.yaml`. */
export function policyOf({ comments }: Site, turnstile = false): Policy {
	const { moderation, blockedWords, linkLimit, floodLimit, proofLimit } = comments;
	return {
		policy: moderation,
		blockedWords: foldWords(blockedWords),
		linkLimit,
		floodLimit,
		proofLimit,
		turnstile,
	};
}

/** Milliseconds for which a comment counts as recent, for bursts and floods. */
export const recentWindow = 10 * 60_000;

/** Folds all text of a comment in which a blocked word may be, once for all words. */
export function foldDraft({ name, email, website, text }: Draft, links: readonly string[]): string {
	return fold([name, email ?? "", website ?? "", text, ...links].join("\n"));
}

/**
 * Folds text for matching words: NFKC (full and half width alike), lower case, katakana as hiragana, without characters
 * inserted to hide a word: invisible ones, and spaces inside Japanese.
 */
export function fold(text: string): string {
	return stripIgnorable(text.normalize("NFKC"))
		.toLowerCase()
		.replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
		.replace(/(?<=[\p{sc=Han}\p{sc=Hira}ー])\s+(?=[\p{sc=Han}\p{sc=Hira}ー])/gu, "");
}
