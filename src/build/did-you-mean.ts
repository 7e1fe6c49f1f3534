/** Returns the candidate closest to a mistyped word, or null when none is close. */
export function closestMatch(word: string, candidates: Iterable<string>): string | null {
	const typed = normalize(word);
	let best: string | null = null;
	let fewest = Number.POSITIVE_INFINITY;
	for (const candidate of candidates) {
		const normalized = normalize(candidate);
		const allowed = Math.max(1, Math.floor(Math.max(typed.length, normalized.length) / 3));
		if (Math.abs(typed.length - normalized.length) > allowed) continue;
		const edits = distance(typed, normalized);
		if (edits <= allowed && edits < fewest) {
			best = candidate;
			fewest = edits;
		}
	}
	return best;
}

/** Returns `did you mean "tags"?` if a candidate is close, otherwise a list of all candidates. */
export function didYouMean(word: string, candidates: readonly string[]): string {
	const match = closestMatch(word, candidates);
	return match === null ? `write one of ${candidates.join(", ")}.` : `did you mean "${match}"?`;
}

function normalize(word: string): string {
	return word
		.normalize("NFC")
		.toLowerCase()
		.replace(/[\s_-]/g, "");
}

/** Optimal string alignment: insertions, deletions, replacements and swaps of neighbours each count one. */
function distance(a: string, b: string): number {
	let before: number[] = [];
	let above = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let row = 1; row <= a.length; row++) {
		const current = [row];
		for (let column = 1; column <= b.length; column++) {
			const same = a[row - 1] === b[column - 1];
			let edits = Math.min(
				at(above, column) + 1,
				at(current, column - 1) + 1,
				at(above, column - 1) + (same ? 0 : 1),
			);
			if (a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
				edits = Math.min(edits, at(before, column - 2) + 1);
			}
			current.push(edits);
		}
		before = above;
		above = current;
	}
	return at(above, b.length);
}

function at(row: readonly number[], column: number): number {
	return row[column] ?? Number.POSITIVE_INFINITY;
}
