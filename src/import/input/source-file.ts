import { createReadStream } from "node:fs";
import { type Decoding, detectEncoding } from "./encoding.ts";
import { ungzip } from "./gzip.ts";

/** A file to import, wherever it lies: on disk, in a zip, compressed. */
export type SourceFile = {
	/** The name for messages, such as `export.zip: blog.xml`. */
	readonly name: string;
	/** The path within the folder or zip, with forward slashes. */
	readonly path: string;
	/** The path on disk; null for a file in a zip or one that is compressed. */
	readonly disk: string | null;
	/** Streams its content, decompressed, from the beginning. */
	bytes(): AsyncIterable<Uint8Array>;
	/** The same as it is, compressed if it is. */
	raw(): AsyncIterable<Uint8Array>;
	/** Streams its text: UTF-8, Shift_JIS or EUC-JP, or as `declared` if that fits. Line ends are not changed. */
	text(declared?: string | null): AsyncIterable<string>;
};

/** Makes a source file of a function that opens its bytes. A gzip stream in it is decompressed. */
export function sourceFile(
	name: string,
	path: string,
	disk: string | null,
	open: () => AsyncIterable<Uint8Array>,
): SourceFile {
	let decoding: Promise<Decoding> | undefined;
	const bytes = () => ungzip(name, open());
	return {
		name,
		path,
		disk,
		bytes,
		raw: open,
		async *text(declared = null) {
			decoding ??= detectEncoding(bytes(), declared);
			const { encoding } = await decoding;
			const decoder = new TextDecoder(encoding);
			for await (const chunk of bytes()) {
				const text = decoder.decode(chunk, { stream: true });
				if (text !== "") yield text;
			}
			const rest = decoder.decode();
			if (rest !== "") yield rest;
		},
	};
}

/** Makes a source file of a file on disk. */
export function diskFile(disk: string, name: string, path: string): SourceFile {
	return sourceFile(name, path, disk, () => createReadStream(disk, { highWaterMark: 256 * 1024 }));
}

/** Reads the whole text of a file; `declared` as in {@link SourceFile.text}. */
export async function readText(file: SourceFile, declared?: string): Promise<string> {
	let text = "";
	for await (const chunk of file.text(declared)) text += chunk;
	return text;
}

/** Reads the first bytes of a file. */
export async function headOf(file: SourceFile, length: number): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of file.bytes()) {
		chunks.push(chunk);
		size += chunk.length;
		if (size >= length) break;
	}
	return Buffer.concat(chunks).subarray(0, length);
}
