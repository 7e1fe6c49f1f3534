import { lazy } from "./lazy.ts";
import { cjk } from "./markdown/cjk.ts";

/** The length of a text: Chinese, Japanese and Korean characters, and words in other scripts. */
export type Length = { characters: number; words: number };

/** Average silent reading speed of an adult. */
const perMinute = { characters: 500, words: 230 };

/** Counts the characters and words of plain text, without punctuation. */
export function measureLength(text: string): Length {
	let characters = 0;
	const rest = text.replace(run, (wide) => {
		characters += wide.match(letter)?.length ?? 0;
		return " ";
	});
	let words = 0;
	for (const { isWordLike } of segmenter().segment(rest)) if (isWordLike) words++;
	return { characters, words };
}

/** Returns the estimated reading time in whole minutes, at least one. */
export function readingMinutes({ characters, words }: Length): number {
	return Math.max(1, Math.round(characters / perMinute.characters + words / perMinute.words));
}

const run = new RegExp(`${cjk.source}+`, "gv");
const letter = /[\p{L}\p{N}]/gu;

/** Created on first use: only the build needs it, and creating it would delay startup by 3 ms. */
const segmenter = lazy(() => new Intl.Segmenter("en", { granularity: "word" }));
