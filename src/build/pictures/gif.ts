/** Removes comments and application data from a GIF, except its repetition. Null if it is broken. */
export function stripGif(bytes: Buffer): { bytes: Buffer; animated: boolean } | null {
	const kept: Buffer[] = [];
	let frames = 0;
	let at = 13 + paletteSize(bytes[10]);
	kept.push(bytes.subarray(0, at));
	while (at < bytes.length) {
		const start = at;
		const kind = bytes[at];
		if (kind === trailer) break;
		if (kind === image) {
			frames++;
			at = skipBlocks(bytes, at + 11 + paletteSize(bytes[at + 9]));
		} else if (kind === extension) {
			at = skipBlocks(bytes, at + 2);
		} else return null;
		if (kind === image || isKept(bytes, start)) kept.push(bytes.subarray(start, at));
	}
	return { bytes: Buffer.concat([...kept, Buffer.from([trailer])]), animated: frames > 1 };
}

const image = 0x2c;
const extension = 0x21;
const trailer = 0x3b;

function isKept(bytes: Buffer, start: number): boolean {
	const label = bytes[start + 1];
	if (label === 0xff)
		return /^(?:NETSCAPE2\.0|ANIMEXTS1\.0)$/.test(bytes.toString("latin1", start + 3, start + 14));
	return label !== 0xfe;
}

function paletteSize(flags = 0): number {
	return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/** Returns the position after a run of data blocks, which ends with an empty one. */
function skipBlocks(bytes: Buffer, start: number): number {
	let at = start;
	for (let size = bytes[at] ?? 0; size > 0; size = bytes[at] ?? 0) at += size + 1;
	return at + 1;
}
