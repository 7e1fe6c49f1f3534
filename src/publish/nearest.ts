/** The candidate a mistyped word most likely meant, or null when none is close. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
	const typed = fold(word);
	let best: string | null = null;
	let fewest = Number.POSITIVE_INFINITY;
	for (const candidate of candidates) {
		const meant = fold(candidate);
		const allowed = Math.max(1, Math.floor(Math.max(typed.length, meant.length) / 3));
		if (Math.abs(typed.length - meant.length) > allowed) continue;
		const edits = distance(typed, meant);
		if (edits <= allowed && edits < fewest) {
			best = candidate;
			fewest = edits;
		}
	}
	return best;
}

/** `did you mean "tags"?` when something is close, else the whole list to choose from. */
export function suggest(word: string, candidates: readonly string[]): string {
	const meant = nearest(word, candidates);
	return meant === null ? `write one of ${candidates.join(", ")}.` : `did you mean "${meant}"?`;
}

function fold(word: string): string {
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
