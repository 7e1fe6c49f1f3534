import { type FoldedText, foldWithPlaces } from "./fold.ts";
import { stem } from "./stem.ts";
import { bareWord, tokens } from "./tokens.ts";
import type { Unit, UnitPhrase } from "./units.ts";

/** A part of a title or text, and whether it is what was searched for. */
export type Fragment = { text: string; isHit: boolean };

/** An excerpt, and how near each other what was searched for is: 2 for side by side, 1 for near, 0 for apart. */
export type Excerpt = { fragments: readonly Fragment[]; closeness: 0 | 1 | 2 };

/** A place of a word, run or quotation in a text, or of a part of a run, by offsets. */
type Hit = { start: number; end: number; unit: number };

/** Columns of an excerpt; a kanji or kana takes two. */
const width = 170;

/** Returns a text with every place of the phrases marked. */
export function markHits(text: string, phrases: readonly UnitPhrase[]): Fragment[] {
	return mark(text, 0, text.length, findHits(text, phrases));
}

/** Returns the part of a text that has most of the phrases, marked; null if it has none. */
export function makeExcerpt(text: string, phrases: readonly UnitPhrase[]): Excerpt | null {
	const hits = findHits(text, phrases);
	const best = bestWindow(hits);
	if (best === null) return null;
	const { start, end } = widen(text, best);
	const parts = mark(text, start, end, hits);
	const fragments = [
		...(start > 0 ? [{ text: "…", isHit: false }] : []),
		...parts,
		...(end < text.length ? [{ text: "…", isHit: false }] : []),
	];
	return { fragments, closeness: closenessOf(best, phrases) };
}

/** Characters between what is near each other. */
const nearby = 40;

function closenessOf(window: Window, phrases: readonly UnitPhrase[]): Excerpt["closeness"] {
	const lengths = phrases.flatMap(({ units, text, quoted }) =>
		quoted ? [text.length] : units.map((unit) => unit.text.length),
	);
	if (window.units < lengths.length || window.hasParts) return 0;
	const between = window.end - window.start - lengths.reduce((sum, length) => sum + length, 0);
	if (between <= 3 * lengths.length) return 2;
	return between <= nearby ? 1 : 0;
}

/** Whether a text has a quotation. */
export function hasQuotation(text: string, { units }: UnitPhrase): boolean {
	return quotationHits(foldWithPlaces(text), units, 0).length > 0;
}

/** Returns the places of a quotation: its words as they are, one after the other, with any space and punctuation between. */
function quotationHits({ folded, toOriginal }: FoldedText, units: readonly Unit[], unit: number): Hit[] {
	const words = units.map(({ text }) => escapePattern(text)).join("[^\\p{L}\\p{N}]*");
	const [isWord, endsInWord] = [units[0], units.at(-1)].map((each) => (each?.stems.length ?? 0) > 0);
	const pattern = `${isWord ? "(?<![\\p{L}\\p{N}])" : ""}${words}${endsInWord ? "(?![\\p{L}\\p{N}])" : ""}`;
	return Array.from(folded.matchAll(new RegExp(pattern, "gu")), ({ index, 0: found }) => ({
		start: toOriginal(index),
		end: toOriginal(index + found.length),
		unit,
	}));
}

/** Returns the letters with which every word of a stem begins. */
function beginning(own: string): string {
	const letters = Array.from(own);
	return letters.slice(0, Math.max(1, letters.length - 2)).join("");
}

function escapePattern(text: string): string {
	return text.replace(/[\^$\\.*+?()[\]{}|/]/g, "\\$&");
}

/** Returns the places of the phrases, in order and without overlaps. */
function findHits(text: string, phrases: readonly UnitPhrase[]): Hit[] {
	const folded = foldWithPlaces(text);
	let unit = 0;
	const hits = phrases.flatMap(({ units, quoted }) => {
		if (quoted) return quotationHits(folded, units, unit++);
		return units.flatMap((each) =>
			each.stems.length > 0 ? wordHits(folded, each.stems, unit++) : runHits(folded, each, unit++),
		);
	});
	let end = 0;
	return hits
		.sort((a, b) => a.start - b.start || b.end - a.end)
		.filter((hit) => {
			const isApart = hit.start >= end;
			if (isApart) end = hit.end;
			return isApart;
		});
}

function wordHits({ folded, toOriginal }: FoldedText, stems: readonly string[], unit: number): Hit[] {
	const beginnings = stems.map((each) => escapePattern(beginning(each))).join("|");
	const words = new RegExp(`(?<![\\p{L}\\p{N}])(?:${beginnings})[\\p{L}\\p{N}\\p{M}'’+#]*`, "gu");
	const hits: Hit[] = [];
	for (const match of folded.matchAll(words)) {
		const [token] = tokens(match[0]);
		if (token?.kind !== "word" || !stems.includes(stem(bareWord(token.text)))) continue;
		const start = match.index + token.start;
		hits.push({ start: toOriginal(start), end: toOriginal(start + token.text.length), unit });
	}
	return hits;
}

/** Returns the places of a run, or else of its parts. */
function runHits({ folded, toOriginal }: FoldedText, { text, parts }: Unit, unit: number): Hit[] {
	const placesOf = (run: string) => {
		const hits: Hit[] = [];
		for (let at = folded.indexOf(run); at >= 0; at = folded.indexOf(run, at + run.length))
			hits.push({ start: toOriginal(at), end: toOriginal(at + run.length), unit });
		return hits;
	};
	const whole = placesOf(text);
	if (whole.length > 0) return whole;
	return parts.flatMap((part, at) => placesOf(part).map((hit) => ({ ...hit, unit: unit + (at + 1) / 1000 })));
}

/** A place with several hits, the number of different ones, and whether some are of parts of a run. */
type Window = { start: number; end: number; units: number; hasParts: boolean };

/** Returns the place with the most different hits within the width of an excerpt, the shortest one. */
function bestWindow(hits: readonly Hit[]): Window | null {
	let best: Window | null = null;
	for (const [at, first] of hits.entries()) {
		const units = new Set<number>();
		let end = first.end;
		for (const hit of hits.slice(at, at + 12)) {
			if (hit.end - first.start > width / 2) break;
			if (!units.has(hit.unit)) end = hit.end;
			units.add(hit.unit);
		}
		const length = end - first.start;
		if (
			best !== null &&
			(units.size < best.units || (units.size === best.units && length >= best.end - best.start))
		)
			continue;
		best = { start: first.start, end, units: units.size, hasParts: [...units].some((unit) => unit % 1 > 0) };
	}
	return best;
}

/** Widens a place to an excerpt, which begins at a sentence if one begins near, and otherwise between words. */
function widen(text: string, { start, end }: Window): { start: number; end: number } {
	const left = width - columns(text.slice(start, end));
	let from = start;
	for (let used = 0; from > 0 && used < left / 3; from--) used += columns(text.charAt(from - 1));
	const before = text.slice(from, start);
	const sentence = /^[\s\S]*[。．！？!?]["”’」』)）]*\s*|^[\s\S]*[.]\s+|^[\s\S]*\n\s*/.exec(before)?.[0]
		.length;
	if (from > 0 && sentence !== undefined) from += sentence;
	else if (from > 0) from += /^[\p{L}\p{N}\p{M}]*\s*/u.exec(spaced(before))?.[0].length ?? 0;
	let to = end;
	for (let used = columns(text.slice(from, end)); to < text.length && used < width; to++)
		used += columns(text.charAt(to));
	const after = text.slice(end, to);
	if (to < text.length) to -= /\s*[\p{L}\p{N}\p{M}]*$/u.exec(spaced(after))?.[0].length ?? 0;
	return { start: wellFormed(text, from), end: wellFormed(text, Math.max(to, end)) };
}

/** Returns a text in which kanji and kana are spaces: an excerpt may begin and end between any of them. */
function spaced(text: string): string {
	return text.replace(/[\u1100-\u11FF\u2E80-\uD7FF\uF900-\uFAFF]/g, ";");
}

/** Returns an offset that is not within a character of two units. */
function wellFormed(text: string, offset: number): number {
	const isInside =
		/[\uDC00-\uDFFF]/.test(text.charAt(offset)) && /[\uD800-\uDBFF]/.test(text.charAt(offset - 1));
	return isInside ? offset - 1 : offset;
}

function columns(text: string): number {
	let count = 0;
	for (let at = 0; at < text.length; at++) count += text.charCodeAt(at) >= 0x1100 ? 2 : 1;
	return count;
}

/** Cuts a part of a text into fragments. Line ends become spaces. */
function mark(text: string, start: number, end: number, hits: readonly Hit[]): Fragment[] {
	const fragments: Fragment[] = [];
	const add = (from: number, to: number, isHit: boolean) => {
		if (to > from) fragments.push({ text: text.slice(from, to).replace(/\s+/g, " "), isHit });
	};
	let at = start;
	for (const hit of hits) {
		if (hit.start < at || hit.end > end) continue;
		add(at, hit.start, false);
		add(hit.start, hit.end, true);
		at = hit.end;
	}
	add(at, end, false);
	return fragments;
}
