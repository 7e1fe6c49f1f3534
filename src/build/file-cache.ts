import type { FoundFile } from "./folder.ts";

/** Results by file path, reused by the next build for files that did not change. */
export type FileCache<T> = Map<string, { stamp: string; result: T }>;

/** Computes a result for each file, in order, reusing cached results of unchanged files and dropping those of removed ones. */
export function mapFiles<T>(
	cache: FileCache<T>,
	files: readonly FoundFile[],
	compute: (file: FoundFile) => T,
	onDone: (done: number, of: number) => void = () => {},
): T[] {
	const removed = new Set(cache.keys());
	const results = files.map((file, at) => {
		onDone(at, files.length);
		removed.delete(file.path);
		const cached = cache.get(file.path);
		if (cached?.stamp === file.stamp) return cached.result;
		const result = compute(file);
		if (isSettled(file.modified, Date.now())) cache.set(file.path, { stamp: file.stamp, result });
		else cache.delete(file.path);
		return result;
	});
	for (const path of removed) cache.delete(path);
	return results;
}

/** Whether another modification at `now` would change a file's timestamp; file times are coarse. */
export function isSettled(modified: number, now: number): boolean {
	return now - modified > clockResolution;
}

/** Milliseconds. */
const clockResolution = 20;
