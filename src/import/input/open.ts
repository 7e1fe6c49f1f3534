import { statSync } from "node:fs";
import { basename } from "node:path";
import { walk } from "../../build/folder.ts";
import { displayPath } from "../../build/problems.ts";
import { ImportError } from "../error.ts";
import { detectFormat, formats } from "../formats.ts";
import type { Format, Sample } from "../reader.ts";
import { detectEncoding } from "./encoding.ts";
import { diskFile, headOf, type SourceFile } from "./source-file.ts";
import { isTar, openTar } from "./tar.ts";
import { openZip } from "./zip.ts";

/** The files of an export: those with a format, and the others, among which are pictures. */
export type OpenExport = {
	/** `parts` are the files that belong to one of a format of folders. */
	exports: { file: SourceFile; format: Format; parts: readonly SourceFile[] }[];
	others: SourceFile[];
	close(): void;
};

/** Bytes that formats are recognized by. */
const sampleSize = 64 * 1024;

/**
 * Opens a file, zip or folder and recognizes the formats of the files in it by their content; `format` is the name of the one
 * the owner named, or null.
 */
export async function openExport(path: string, format: string | null): Promise<OpenExport> {
	const name = displayPath(path);
	const stats = statSync(path, { throwIfNoEntry: false });
	if (stats === undefined) throw new ImportError(`${name} does not exist; write the path of the export.`);
	const found = stats.isDirectory()
		? walk(path).files.map((file) => diskFile(file.path, displayPath(file.path), file.name))
		: [diskFile(path, name, basename(path))];
	const opened: OpenExport = { exports: [], others: [], close: () => {} };
	const named = formats.find((each) => each.name === format) ?? null;
	await sortAll(found, named, opened);
	if (opened.exports.length > 0) return opened;
	opened.close();
	const known = formats.map(({ title }) => title).join(", ");
	throw new ImportError(
		`${name} is in no format that can be imported (${known}); check that it is the export itself, or name its format with --format.`,
	);
}

async function sortAll(
	files: readonly SourceFile[],
	named: Format | null,
	opened: OpenExport,
): Promise<void> {
	const claimed = new Set<SourceFile>();
	for (const format of formats) {
		const { main } = format;
		if (main === undefined || (named !== null && named !== format)) continue;
		for (const file of files) {
			if (basename(file.path) !== main || claimed.has(file)) continue;
			if (!format.detect(await sampleOf(file, await headOf(file, sampleSize)))) continue;
			const folder = file.path.slice(0, -main.length);
			const parts = files.filter(({ path }) => path.startsWith(folder));
			for (const part of parts) claimed.add(part);
			opened.exports.push({ file, format, parts });
		}
	}
	for (const file of files) if (!claimed.has(file)) await sort(file, named, opened);
}

async function sort(file: SourceFile, named: Format | null, opened: OpenExport): Promise<void> {
	const bytes = await headOf(file, sampleSize);
	if (isZip(bytes) && file.disk !== null) {
		const zip = await openZip(file.disk, file.name);
		const { close } = opened;
		opened.close = () => {
			zip.close();
			close();
		};
		await sortAll(zip.files, named, opened);
		return;
	}
	if (isTar(bytes)) {
		const tar = await openTar(file);
		const { close } = opened;
		opened.close = () => {
			tar.close();
			close();
		};
		await sortAll(tar.files, named, opened);
		return;
	}
	const sample = await sampleOf(file, bytes);
	const detected = detectFormat(sample);
	const format = named ?? detected;
	// A named format is for the files that are in no other, unless there is one file only.
	if (format === null || (named !== null && detected !== null && detected !== named))
		opened.others.push(file);
	else if (named !== null && detected === null && isBinary(bytes)) opened.others.push(file);
	else opened.exports.push({ file, format, parts: [] });
}

async function sampleOf({ name }: SourceFile, bytes: Uint8Array): Promise<Sample> {
	return { name, bytes, text: await decodeHead(bytes) };
}

async function decodeHead(bytes: Uint8Array): Promise<string> {
	// The sample may end within a character, which must not count against an encoding.
	const whole =
		bytes.length < sampleSize ? bytes : bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1 || bytes.length);
	const { encoding } = await detectEncoding(single(whole));
	return new TextDecoder(encoding).decode(whole);
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	yield bytes;
}

function isZip(bytes: Uint8Array): boolean {
	return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 0x03 || bytes[2] === 0x05);
}

/** Whether bytes are a picture or another file that no text format could be. */
function isBinary(bytes: Uint8Array): boolean {
	return bytes.includes(0) && Buffer.from(bytes.subarray(0, 15)).toString("latin1") !== "SQLite format 3";
}
