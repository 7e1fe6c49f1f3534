import { hashTerm } from "./hash.ts";
import { levelWeights } from "./levels.ts";
import type { FoundTerms } from "./lookup.ts";
import type { Unit, UnitPhrase } from "./units.ts";

/** The scores of entries by their numbers; 0 for an entry that does not match. */
type Scores = {
	scores: Float32Array;
	/** Words that an entry has only in another spelling. */
	misspelt: Uint8Array;
	/** Whether the entries have only a part of a run, because none has all of it. */
	isPartial: boolean;
};

/** An entry that matches a query. */
export type Match = {
	entry: number;
	score: number;
	misspelt: number;
	/** Groups of the query that it matches. */
	groups: number;
};

/** Matches entries with the groups of a query, in the order of their numbers. */
export function matchEntries(
	groups: readonly (readonly UnitPhrase[])[],
	excluded: readonly UnitPhrase[],
	found: FoundTerms,
	end: number,
): { matches: Match[]; isPartial: boolean } {
	let isPartial = false;
	const total = new Float32Array(end);
	const misspelt = new Uint8Array(end);
	const counts = new Uint8Array(end);
	for (const phrases of groups) {
		const best = bestOf(
			phrases.flatMap(({ units }) => scorePhrase(units, found, end) ?? []),
			end,
		);
		isPartial ||= best.isPartial;
		for (let entry = 0; entry < end; entry++) {
			const score = best.scores[entry] ?? 0;
			if (score === 0) continue;
			total[entry] = (total[entry] ?? 0) + score;
			misspelt[entry] = (misspelt[entry] ?? 0) + (best.misspelt[entry] ?? 0);
			counts[entry] = (counts[entry] ?? 0) + 1;
		}
	}
	for (const { units, quoted } of excluded) {
		// A quotation is looked for in the texts.
		const scores = quoted && units.length > 1 ? null : scorePhrase(units, found, end);
		if (scores === null) continue;
		for (let entry = 0; entry < end; entry++) if ((scores.scores[entry] ?? 0) > 0) counts[entry] = 0;
	}
	const matches: Match[] = [];
	for (let entry = 0; entry < end; entry++) {
		const matched = counts[entry] ?? 0;
		if (matched > 0)
			matches.push({ entry, score: total[entry] ?? 0, misspelt: misspelt[entry] ?? 0, groups: matched });
	}
	return { matches, isPartial };
}

/** Sorts matches: more groups first, then fewer misspelt words, then the better score, then the newer entry. */
export function sortMatches(matches: readonly Match[]): Match[] {
	return matches.toSorted(
		(a, b) => b.groups - a.groups || a.misspelt - b.misspelt || b.score - a.score || b.entry - a.entry,
	);
}

/** Takes the better score of alternatives; one without misspelt words is better. */
function bestOf(alternatives: readonly Scores[], end: number): Scores {
	const [only] = alternatives;
	if (only !== undefined && alternatives.length === 1) return only;
	const best = noScores(end);
	best.isPartial = alternatives.length > 0 && alternatives.every(({ isPartial }) => isPartial);
	for (const { scores, misspelt, isPartial } of alternatives) {
		if (isPartial && !best.isPartial) continue;
		for (let entry = 0; entry < end; entry++) {
			const [score = 0, known = 0] = [scores[entry], best.scores[entry]];
			const [wrong = 0, knownWrong = 0] = [misspelt[entry], best.misspelt[entry]];
			if (score === 0 || (known > 0 && (wrong > knownWrong || (wrong === knownWrong && score <= known))))
				continue;
			best.scores[entry] = score;
			best.misspelt[entry] = wrong;
		}
	}
	return best;
}

/** Scores the entries that have all units of a phrase; null if none of them could be looked up. */
function scorePhrase(units: readonly Unit[], found: FoundTerms, end: number): Scores | null {
	let result: Scores | null = null;
	for (const unit of units) {
		const scored = unit.stems.length > 0 ? scoreWord(unit, found, end) : scoreRun(unit, found, end);
		if (scored === null) continue;
		if (result === null) {
			result = scored;
			continue;
		}
		result.isPartial ||= scored.isPartial;
		for (let entry = 0; entry < end; entry++) {
			const [own = 0, other = 0] = [result.scores[entry], scored.scores[entry]];
			result.scores[entry] = own > 0 && other > 0 ? own + other : 0;
			result.misspelt[entry] = (result.misspelt[entry] ?? 0) + (scored.misspelt[entry] ?? 0);
		}
	}
	return result;
}

/** Scores a word, and below it its other spellings. */
function scoreWord({ terms, stems }: Unit, found: FoundTerms, end: number): Scores | null {
	const hash = terms[0]?.hash ?? 0;
	if (!found.has(hash)) return null;
	const result = noScores(end);
	addScores(result.scores, found, hash, end);
	for (const each of stems.slice(1)) {
		const scores = new Float32Array(end);
		addScores(scores, found, hashTerm(each), end);
		for (let entry = 0; entry < end; entry++) {
			if ((scores[entry] ?? 0) === 0 || (result.scores[entry] ?? 0) > 0) continue;
			result.scores[entry] = scores[entry] ?? 0;
			result.misspelt[entry] = 1;
		}
	}
	return result;
}

/**
 * Scores a run: an entry has all its required terms that were looked up, or if none has, the most of them and at least half.
 * Of a quotation it has all.
 */
function scoreRun({ terms, isQuoted }: Unit, found: FoundTerms, end: number): Scores | null {
	const known = terms.filter(({ hash }) => found.has(hash));
	const required = known.filter((term) => term.required);
	if (required.length === 0) return null;
	const result = noScores(end);
	const counts = new Uint8Array(end);
	for (const { hash } of required) {
		addScores(result.scores, found, hash, end);
		for (const entry of found.get(hash)?.entries ?? []) counts[entry] = (counts[entry] ?? 0) + 1;
	}
	for (const term of known) if (!term.required) addScores(result.scores, found, term.hash, end);
	const most = counts.reduce((a, b) => Math.max(a, b), 0);
	const enough = isQuoted || most * 2 < required.length ? required.length : most;
	result.isPartial = enough < required.length;
	for (let entry = 0; entry < end; entry++)
		result.scores[entry] =
			counts[entry] === enough ? (result.scores[entry] ?? 0) / Math.sqrt(terms.length) : 0;
	return result;
}

function noScores(end: number): Scores {
	return { scores: new Float32Array(end), misspelt: new Uint8Array(end), isPartial: false };
}

/** Adds a term's scores: its weight in the entry, and how rare it is (BM25). */
function addScores(scores: Float32Array, found: FoundTerms, hash: number, end: number): void {
	const postings = found.get(hash);
	if (postings == null) return;
	const { entries, levels } = postings;
	const rarity = Math.log(1 + (end - entries.length + 0.5) / (entries.length + 0.5));
	for (let at = 0; at < entries.length; at++) {
		const entry = entries[at] ?? 0;
		scores[entry] = (scores[entry] ?? 0) + rarity * (levelWeights[levels[at] ?? 0] ?? 0);
	}
}
