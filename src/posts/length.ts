import { cjk } from "./markdown/cjk.ts";
import { once } from "./once.ts";

/** How much there is to read: Chinese, Japanese and Korean characters, and words of everything else. */
export type Length = { characters: number; words: number };

/** What an adult reads in a minute of each, silently and with understanding. */
const perMinute = { characters: 500, words: 230 };

/** Counts the letters and words of plain text; punctuation is not counted. */
export function lengthOf(text: string): Length {
	let characters = 0;
	const rest = text.replace(run, (wide) => {
		characters += wide.match(letter)?.length ?? 0;
		return " ";
	});
	let words = 0;
	for (const { isWordLike } of segmenter().segment(rest)) if (isWordLike) words++;
	return { characters, words };
}

/** Whole minutes, at least one. */
export function readingMinutes({ characters, words }: Length): number {
	return Math.max(1, Math.round(characters / perMinute.characters + words / perMinute.words));
}

const run = new RegExp(`${cjk.source}+`, "gv");
const letter = /[\p{L}\p{N}]/gu;

/** Only a build counts, and making it costs a start 3 ms. */
const segmenter = once(() => new Intl.Segmenter("en", { granularity: "word" }));
