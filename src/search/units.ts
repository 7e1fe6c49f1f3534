import { fold } from "./fold.ts";
import { hashTerm } from "./hash.ts";
import type { Phrase } from "./query.ts";
import { mayBeMisspelt } from "./spelling.ts";
import { stem } from "./stem.ts";
import { bareWord, characters, tokens } from "./tokens.ts";

/** A word of a query, or a run of characters without spaces, with the terms by which the index knows it. */
export type Unit = {
	/** Folded. */
	text: string;
	/** The stem of a word, and of those it may be a misspelling of; none of a run. */
	stems: string[];
	/** The parts of a run without particles, of which a text may have each where it has not the whole. */
	parts: readonly string[];
	isQuoted: boolean;
	/** Whether it is looked up with one letter changed, too. */
	mayBeMisspelt: boolean;
	/** In the order in which they are looked up. */
	terms: readonly UnitTerm[];
};

/** A term of a unit. An entry without a required one does not have the unit; the others rank it. */
export type UnitTerm = { hash: number; required: boolean };

/** A phrase of a query with its words and runs. */
export type UnitPhrase = { units: readonly Unit[]; text: string; quoted: boolean };

/** Returns the words and runs of a phrase. */
export function unitsOf({ text, quoted }: Phrase): Unit[] {
	const folded = fold(text);
	return Array.from(tokens(folded), ({ kind, text: token, start, end }): Unit => {
		if (kind === "word") {
			const word = bareWord(token);
			const own = stem(word);
			const terms = [{ hash: hashTerm(own), required: true }];
			return {
				text: word,
				stems: [own],
				parts: [],
				isQuoted: quoted,
				mayBeMisspelt: !quoted && mayBeMisspelt(word),
				terms,
			};
		}
		// Katakana is folded to hiragana, but is no particle.
		const typed = folded.length === text.length ? text.slice(start, end) : token;
		const pieces = quoted ? [{ start: 0, end: token.length }] : splitAtParticles(typed);
		return {
			text: token,
			stems: [],
			parts: pieces.map((piece) => token.slice(piece.start, piece.end)),
			isQuoted: quoted,
			mayBeMisspelt: false,
			terms: runTerms(token, typed, pieces, quoted),
		};
	});
}

type Piece = { start: number; end: number };

/** Japanese particles between two words that are not written in hiragana: 猫と犬, 雲の料金. */
const particle =
	/(?<=[^\p{sc=Hira}])(?:という|における|での|への|から|まで|より|など|の|と|や|は|が|を|に|で|も|へ)(?=[^\p{sc=Hira}])/gu;

function splitAtParticles(run: string): Piece[] {
	const pieces: Piece[] = [];
	let start = 0;
	for (const { index, 0: found } of run.matchAll(particle)) {
		pieces.push({ start, end: index });
		start = index + found.length;
	}
	return [...pieces, { start, end: run.length }];
}

/**
 * Returns the terms of a run. Of a quotation all bigrams are required. Of a piece those without hiragana are, or if there are
 * none those with some, or else all: hiragana beside kanji are mostly endings. The last syllable of a Korean word may be one.
 */
function runTerms(run: string, typed: string, pieces: readonly Piece[], quoted: boolean): UnitTerm[] {
	const required = new Map<string, number>();
	for (const { start, end } of pieces) {
		const folded = characters(run.slice(start, end));
		const letters = characters(typed.slice(start, end));
		const ranks = folded.slice(1).map((_, at) => hiraganaIn(letters.slice(at, at + 2)));
		const least = quoted ? 2 : Math.min(...ranks);
		const last = !quoted && ranks.length > 1 && /^\p{sc=Hang}+$/u.test(run) ? ranks.length - 1 : ranks.length;
		for (const [at, rank] of ranks.slice(0, last).entries())
			if (rank <= least) required.set(`${folded[at]}${folded[at + 1]}`, at % 2);
		if (folded.length === 1) required.set(folded.join(""), 0);
	}
	const all = characters(run);
	const others = all
		.slice(1)
		.map((character, at) => `${all[at]}${character}`)
		.filter((term) => !required.has(term));
	return [
		...[...required]
			.sort(([, a], [, b]) => a - b)
			.map(([term]) => ({ hash: hashTerm(term), required: true })),
		...[...new Set(others)].map((term) => ({ hash: hashTerm(term), required: false })),
	];
}

/** Returns how many of two letters are hiragana. */
function hiraganaIn(letters: readonly string[]): number {
	return letters.filter((letter) => /^\p{sc=Hira}/u.test(letter)).length;
}
