/** A box of an ISO media file (AVIF, HEIC, MP4, MOV): its type, and the range of its content. */
type Box = { type: string; start: number; end: number };

/** Lists the boxes in a range. */
export function readBoxes(bytes: Buffer, start = 0, end = bytes.length): Box[] {
	const boxes: Box[] = [];
	for (let at = start; at + 8 <= end; ) {
		const short = bytes.readUInt32BE(at);
		const type = bytes.toString("latin1", at + 4, at + 8);
		const isLong = short === 1 && at + 16 <= end;
		const size = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? end - at : short;
		const head = isLong ? 16 : 8;
		if (size < head || at + size > end) break;
		boxes.push({ type, start: at + head, end: at + size });
		at += size;
	}
	return boxes;
}

/** Finds all boxes at a path of types, such as `meta/iprp/ipco`. */
export function findBoxes(bytes: Buffer, path: string): Box[] {
	let found: Box[] = [{ type: "", start: 0, end: bytes.length }];
	for (const type of path.split("/")) {
		found = found
			.flatMap((box) => readBoxes(bytes, contentStart(bytes, box), box.end))
			.filter((box) => box.type === type);
	}
	return found;
}

/**
 * Removes the metadata of pictures (Exif and XMP items) and of videos (user data). Every byte stays in its place: the
 * boxes are renamed to ones that readers skip, and their contents are zeros.
 */
export function stripBoxes(bytes: Buffer): Buffer {
	const copy = Buffer.from(bytes);
	for (const { type, at, ranges } of metadataItems(bytes)) {
		if (type !== "Exif" && type !== "mime") continue;
		copy.write("free", at, "latin1");
		for (const { start, end } of ranges) copy.fill(0, start, end);
	}
	for (const path of ["uuid", "moov/uuid", "moov/udta", "moov/meta", "moov/trak/udta", "moov/trak/meta"]) {
		for (const { start, end } of findBoxes(bytes, path)) {
			copy.write("free", start - 4, "latin1");
			copy.fill(0, start, end);
		}
	}
	return copy.equals(bytes) ? bytes : copy;
}

/** Returns the size in which browsers show an AVIF, turned by its rotation; that of its track if it is a sequence. */
export function boxedSize(bytes: Buffer): { width: number; height: number } | null {
	const sizes = findBoxes(bytes, "meta/iprp/ipco/ispe").map(({ start }) => ({
		width: bytes.readUInt32BE(start + 4),
		height: bytes.readUInt32BE(start + 8),
	}));
	const tracks = findBoxes(bytes, "moov/trak/tkhd").map(({ end }) => ({
		width: bytes.readUInt16BE(end - 8),
		height: bytes.readUInt16BE(end - 4),
	}));
	const [largest] = (sizes.length > 0 ? sizes : tracks).sort(
		(a, b) => b.width * b.height - a.width * a.height,
	);
	if (largest === undefined) return null;
	const turned = findBoxes(bytes, "meta/iprp/ipco/irot").some(({ start }) => (bytes[start] ?? 0) % 2 === 1);
	return turned && sizes.length > 0 ? { width: largest.height, height: largest.width } : largest;
}

/** The items of a picture file: their types, the positions of these, and the ranges of their data. */
function metadataItems(
	bytes: Buffer,
): { type: string; at: number; ranges: { start: number; end: number }[] }[] {
	const [location] = findBoxes(bytes, "meta/iloc");
	const [data] = findBoxes(bytes, "meta/idat");
	const [list] = findBoxes(bytes, "meta/iinf");
	if (location === undefined || list === undefined) return [];
	const ranges = readLocations(bytes, location, data);
	const countSize = bytes[list.start] === 0 ? 2 : 4;
	return readBoxes(bytes, list.start + 4 + countSize, list.end).flatMap(({ type, start }) => {
		const version = bytes[start] ?? 0;
		if (type !== "infe" || version < 2) return [];
		const idSize = version === 2 ? 2 : 4;
		const at = start + 4 + idSize + 2;
		const id = bytes.readUIntBE(start + 4, idSize);
		return [{ type: bytes.toString("latin1", at, at + 4), at, ranges: ranges.get(id) ?? [] }];
	});
}

function readLocations(bytes: Buffer, box: Box, data: Box | undefined) {
	const version = bytes[box.start] ?? 0;
	const sizes = bytes.readUInt16BE(box.start + 4);
	const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
	const indexSize = version === 0 ? 0 : sizes & 15;
	const idSize = version < 2 ? 2 : 4;
	let at = box.start + 6;
	const read = (size: number) => {
		const value =
			size === 8 ? Number(bytes.readBigUInt64BE(at)) : size === 0 ? 0 : bytes.readUIntBE(at, size);
		at += size;
		return value;
	};
	const items = new Map<number, { start: number; end: number }[]>();
	// A damaged file: ranges of no bytes each would be read without end.
	if (offsetSize + lengthSize === 0) return items;
	for (let left = read(idSize); left > 0; left--) {
		const id = read(idSize);
		const method = version === 0 ? 0 : read(2) & 15;
		read(2);
		const base = read(baseSize) + (method === 1 ? (data?.start ?? 0) : 0);
		const ranges = Array.from({ length: read(2) }, () => {
			read(indexSize);
			const start = base + read(offsetSize);
			return { start, end: Math.min(start + read(lengthSize), bytes.length) };
		});
		items.set(id, ranges);
	}
	return items;
}

/** Returns where the boxes within a box begin: `meta` has a version first, except in QuickTime files. */
function contentStart(bytes: Buffer, { type, start, end }: Box): number {
	const isFull = type === "meta" && bytes.toString("latin1", start + 8, Math.min(start + 12, end)) === "hdlr";
	return isFull ? start + 4 : start;
}
