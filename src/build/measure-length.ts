import { lazy } from "../posts/lazy.ts";
import type { Length } from "../posts/length.ts";
import { cjk } from "../posts/markdown/cjk.ts";

/** Counts the characters and words of plain text, without punctuation. */
export function measureLength(text: string): Length {
	let characters = 0;
	const rest = text.replace(run, (wide) => {
		characters += wide.match(letter)?.length ?? 0;
		return " ";
	});
	let words = 0;
	for (const line of rest.split("\n")) words += plainLine.test(line) ? countPlain(line) : countSegments(line);
	return { characters, words };
}

function countPlain(line: string): number {
	return line.match(plainWord)?.length ?? 0;
}

function countSegments(line: string): number {
	let words = 0;
	for (const { isWordLike } of segmenter().segment(line)) if (isWordLike) words++;
	return words;
}

/** Letters of Latin, without combining accents. */
const latin = "A-Za-zªµºÀ-ÖØ-öø-ɏ";

/** A line whose words {@link plainWord} finds as UAX #29 does, several times as fast as `Intl.Segmenter`. */
const plainLine = /^(?!.*__)[\t\r -~\xA0-\xAC\xAE-ɏ‘’“”–—…]*$/;

/** A word of letters and digits, with what may be inside: an apostrophe between letters, a comma between digits. */
const plainWord = new RegExp(
	`_?[${latin}\\d][${latin}\\d_]*(?:(?:(?<=[${latin}])['’.:·](?=[${latin}])|(?<=\\d)[,;'’.](?=\\d))[${latin}\\d_]+)*`,
	"g",
);

const run = new RegExp(`${cjk.source}+`, "gv");
const letter = /[\p{L}\p{N}]/gu;

/** Created on first use, which not every blog has. */
const segmenter = lazy(() => new Intl.Segmenter("en", { granularity: "word" }));
