import { readFileSync } from "node:fs";
import { errorReason, type FieldError } from "./problems.ts";

/** Reads a UTF-8 file, normalizing line ends to `\n` and removing a byte order mark. */
export function readTextFile(path: string): { text: string } | FieldError {
	let bytes: Buffer;
	try {
		bytes = readFileSync(path);
	} catch (error) {
		return { line: 1, message: `cannot be read (${errorReason(error)}).` };
	}
	const text = decode(bytes);
	if (text !== null) return { text: text.replace(/\r\n?/g, "\n") };
	return { line: findInvalidLine(bytes), message: "is not UTF-8; save the file as UTF-8." };
}

function decode(bytes: Buffer): string | null {
	try {
		return decoder.decode(bytes);
	} catch (error) {
		if (error instanceof TypeError) return null;
		throw error;
	}
}

/** Returns the first line that is not UTF-8, decoding each line separately: no other character contains a line feed. */
function findInvalidLine(bytes: Buffer): number {
	let line = 1;
	for (let start = 0; start < bytes.length; line++) {
		const end = bytes.indexOf(0x0a, start);
		const stop = end < 0 ? bytes.length : end;
		if (decode(bytes.subarray(start, stop)) === null) return line;
		start = stop + 1;
	}
	return 1;
}

const decoder = new TextDecoder("utf-8", { fatal: true });
