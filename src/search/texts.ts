/** Entries whose texts are in one file. */
export const textsPerChunk = 16;

/** Most characters of a text that are kept for excerpts and quotations. */
const maxText = 100_000;

/** Writes the texts of up to sixteen entries: the length of each in bytes (32 bits), and the bytes in UTF-8. */
export function writeTexts(texts: readonly string[]): Uint8Array {
	const encoded = texts.map((text) => new TextEncoder().encode(text.slice(0, maxText).toWellFormed()));
	const table = 4 * textsPerChunk;
	const file = new Uint8Array(encoded.reduce((sum, { length }) => sum + length, table));
	const view = new DataView(file.buffer);
	let offset = table;
	for (const [at, bytes] of encoded.entries()) {
		view.setUint32(4 * at, bytes.length);
		file.set(bytes, offset);
		offset += bytes.length;
	}
	return file;
}

/** Reads the text of an entry from its file. */
export function readText(chunk: Uint8Array, entry: number): string {
	const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
	const own = entry % textsPerChunk;
	let start = 4 * textsPerChunk;
	for (let at = 0; at < own; at++) start += view.getUint32(4 * at);
	return new TextDecoder().decode(chunk.subarray(start, start + view.getUint32(4 * own)));
}
