import { readOrientation, writeOrientation } from "./exif.ts";

/** A file without its metadata, and the orientation in which browsers show it. */
export type StrippedPicture = { bytes: Buffer; orientation: number };

/**
 * Removes the metadata of a JPEG: Exif, XMP, IPTC, comments, thumbnails, and what follows the picture, such as a phone's
 * second picture or video. Keeps the pixels, colour profile and orientation. Null if the file is broken.
 */
export function stripJpeg(bytes: Buffer): StrippedPicture | null {
	const kept: Buffer[] = [];
	let orientation = 1;
	let at = 2;
	while (at < bytes.length) {
		// Decoders skip bytes between segments.
		const start = bytes.indexOf(0xff, at);
		if (start < 0) break;
		at = start;
		while (bytes[at] === 0xff) at++;
		const marker = bytes[at++] ?? end;
		if (marker === end) {
			kept.push(bytes.subarray(start, at));
			break;
		}
		if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) continue;
		if (at + 2 > bytes.length) return null;
		const data = bytes.subarray(at + 2, at + bytes.readUInt16BE(at));
		at += bytes.readUInt16BE(at);
		if (marker === 0xe1 && orientation === 1 && startsWith(data, "Exif\0\0"))
			orientation = readOrientation(data.subarray(6));
		if (marker === scan) at = findScanEnd(bytes, at);
		if (isKept(marker, data)) kept.push(bytes.subarray(start, at));
	}
	const head = [bytes.subarray(0, 2)];
	const isJfif = kept[0]?.[1] === 0xe0;
	if (isJfif) head.push(kept.shift() ?? Buffer.alloc(0));
	if (orientation > 1)
		head.push(segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), writeOrientation(orientation)])));
	return { bytes: Buffer.concat([...head, ...kept]), orientation };
}

const end = 0xd9;
const scan = 0xda;

/** Whether a segment belongs to the picture: of the application segments, JFIF, the colour profile and Adobe's transform. */
function isKept(marker: number, data: Buffer): boolean {
	if (marker === 0xe0) return startsWith(data, "JFIF\0");
	if (marker === 0xe2) return startsWith(data, "ICC_PROFILE\0");
	if (marker === 0xee) return startsWith(data, "Adobe");
	return !(marker >= 0xe0 && marker <= 0xef) && marker !== 0xfe;
}

/** Returns the position of the first marker after compressed data. */
function findScanEnd(bytes: Buffer, start: number): number {
	for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
		const next = bytes[at + 1] ?? end;
		if (next !== 0x00 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
	}
	return bytes.length;
}

function segment(marker: number, data: Buffer): Buffer {
	const head = Buffer.from([0xff, marker, 0, 0]);
	head.writeUInt16BE(data.length + 2, 2);
	return Buffer.concat([head, data]);
}

function startsWith(data: Buffer, text: string): boolean {
	return data.toString("latin1", 0, text.length) === text;
}
