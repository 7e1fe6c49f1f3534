/**
 * Where the next line that begins with a sign starts. What marked hands to `start` begins in the middle of a line: a
 * sign at its very beginning, taken for a line of its own, would cut a paragraph into single characters.
 */
export function lineStart(source: string, sign: RegExp): number | undefined {
	const at = source.search(new RegExp(`\\n${sign.source}`));
	return at < 0 ? undefined : at + 1;
}
