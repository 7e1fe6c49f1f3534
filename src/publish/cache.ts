import type { Found } from "./folder.ts";

/** What was made of each file, kept between builds so that one edit does not cost reading everything again. */
export type Kept<T> = Map<string, { stamp: string; made: T }>;

/** What `make` makes of each file, in order; made again only of files that changed, and forgotten of files gone. */
export function makeEach<T>(kept: Kept<T>, files: readonly Found[], make: (file: Found) => T): T[] {
	const gone = new Set(kept.keys());
	const all = files.map((file) => {
		gone.delete(file.path);
		const before = kept.get(file.path);
		if (before?.stamp === file.stamp) return before.made;
		const made = make(file);
		// File times are coarse: a file written a moment ago may be written again without its time changing.
		if (Date.now() - file.modified > coarsestClock) kept.set(file.path, { stamp: file.stamp, made });
		else kept.delete(file.path);
		return made;
	});
	for (const path of gone) kept.delete(path);
	return all;
}

/** Milliseconds. */
const coarsestClock = 20;
