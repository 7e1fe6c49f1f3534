/**
 * Returns the start of the next line that begins with a marker. The source that marked passes to `start` begins within a
 * line: treating a marker at its very beginning as a new line would split a paragraph into single characters.
 */
export function findLineStart(source: string, marker: RegExp): number | undefined {
	const at = source.search(new RegExp(`\\n${marker.source}`));
	return at < 0 ? undefined : at + 1;
}
