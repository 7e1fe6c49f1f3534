/**
 * The importance of a term in an entry, as stored with each posting. Levels 0 to 4 are occurrences in the text, more for
 * more of them and for shorter texts; above are an author's name, a category, tag or series, and the title.
 */
export const levels = { text: 4, author: 5, term: 6, title: 7 } as const;

/** Factors of a term's score by level. */
export const levelWeights: readonly number[] = [0.42, 0.55, 0.66, 0.76, 0.86, 1, 1.5, 2.4];

/** Share of the greatest possible weight (BM25) from which each level above 0 counts. */
const steps = [0.5, 0.6, 0.7, 0.8] as const;

/** Tokens of a text of ordinary length. */
const ordinaryLength = 800;

/** Returns the level of a term by its occurrences in a text of so many tokens (BM25 with usual parameters). */
export function textLevel(count: number, length: number): number {
	const share = count / (count + 1.2 * (0.25 + (0.75 * length) / ordinaryLength));
	let level = 0;
	while (level < steps.length && share >= (steps[level] ?? 1)) level++;
	return level;
}
