/** The length of a text: Chinese, Japanese and Korean characters, and words in other scripts. */
export type Length = { characters: number; words: number };

/** Average silent reading speed of an adult. */
const perMinute = { characters: 500, words: 230 };

/** Returns the estimated reading time in whole minutes, at least one. */
export function readingMinutes({ characters, words }: Length): number {
	return Math.max(1, Math.round(characters / perMinute.characters + words / perMinute.words));
}
