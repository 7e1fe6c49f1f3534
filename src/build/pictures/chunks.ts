import { crc32 } from "node:zlib";
import { readOrientation, writeOrientation } from "./exif.ts";
import type { StrippedPicture } from "./jpeg.ts";

type Chunk = { type: string; data: Buffer; whole: Buffer };

/** Removes the metadata of a PNG: texts, Exif except its orientation, times and unknown chunks. Keeps its animation. */
export function stripPng(bytes: Buffer): (StrippedPicture & { animated: boolean }) | null {
	const chunks = readPng(bytes);
	if (chunks === null) return null;
	const exif = chunks.find(({ type }) => type === "eXIf");
	const orientation = exif === undefined ? 1 : readOrientation(exif.data);
	const kept = chunks
		.filter(({ type }) => /^[A-Z]/.test(type) || pngChunks.has(type))
		.map(({ whole }) => whole);
	if (orientation > 1) kept.splice(1, 0, pngChunk("eXIf", writeOrientation(orientation)));
	return {
		bytes: Buffer.concat([bytes.subarray(0, 8), ...kept]),
		orientation,
		animated: chunks.some(({ type }) => type === "acTL"),
	};
}

/** Removes the metadata of a WebP, with the orientation, on which browsers disagree. Keeps its animation. */
export function stripWebp(bytes: Buffer): (StrippedPicture & { animated: boolean }) | null {
	const chunks = readRiff(bytes);
	if (chunks === null) return null;
	const exif = chunks.find(({ type }) => type === "EXIF")?.data;
	const tiff = exif?.toString("latin1", 0, 6) === "Exif\0\0" ? exif.subarray(6) : exif;
	const kept = chunks
		.filter(({ type }) => webpChunks.has(type))
		.map(({ type, whole }) => {
			if (type !== "VP8X") return whole;
			const copy = Buffer.from(whole);
			copy[8] = (copy[8] ?? 0) & ~0x0c;
			return copy;
		});
	const body = Buffer.concat(kept);
	const head = Buffer.from(bytes.subarray(0, 12));
	head.writeUInt32LE(body.length + 4, 4);
	return {
		bytes: Buffer.concat([head, body]),
		orientation: tiff === undefined ? 1 : readOrientation(tiff),
		animated: chunks.some(({ type }) => type === "ANMF"),
	};
}

/** Chunks of a PNG's picture that are not critical; the names of critical ones begin with a capital. */
const pngChunks = new Set(
	"acTL fcTL fdAT tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD hIST pHYs sPLT".split(" "),
);
const webpChunks = new Set(["VP8 ", "VP8L", "VP8X", "ANIM", "ANMF", "ALPH", "ICCP"]);

function readPng(bytes: Buffer): Chunk[] | null {
	const chunks: Chunk[] = [];
	for (let at = 8; at + 12 <= bytes.length; ) {
		const size = bytes.readUInt32BE(at);
		const type = bytes.toString("latin1", at + 4, at + 8);
		const whole = bytes.subarray(at, at + size + 12);
		if (whole.length < size + 12) return null;
		chunks.push({ type, data: whole.subarray(8, 8 + size), whole });
		if (type === "IEND") return chunks;
		at += size + 12;
	}
	return null;
}

function readRiff(bytes: Buffer): Chunk[] | null {
	const end = Math.min(bytes.length, bytes.readUInt32LE(4) + 8);
	const chunks: Chunk[] = [];
	for (let at = 12; at + 8 <= end; ) {
		const size = bytes.readUInt32LE(at + 4);
		const padded = size + (size % 2);
		if (at + 8 + size > bytes.length) return null;
		const whole = bytes.subarray(at, at + 8 + padded);
		chunks.push({ type: bytes.toString("latin1", at, at + 4), data: whole.subarray(8, 8 + size), whole });
		at += 8 + padded;
	}
	return chunks;
}

function pngChunk(type: string, data: Buffer): Buffer {
	const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
	const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
	size.writeUInt32BE(data.length);
	sum.writeUInt32BE(crc32(named));
	return Buffer.concat([size, named, sum]);
}
