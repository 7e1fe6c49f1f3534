import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { ImportError } from "../error.ts";

/** Decompresses a stream that begins as gzip does; passes any other on unchanged. Refuses gzip bombs. */
export async function* ungzip(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	const source = bytes[Symbol.asyncIterator]();
	const first = await source.next();
	const rest = async function* () {
		if (!first.done) yield first.value;
		for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
	};
	try {
		if (first.done || first.value[0] !== 0x1f || first.value[1] !== 0x8b) yield* rest();
		else yield* decompress(name, rest());
	} finally {
		await source.return?.();
	}
}

async function* decompress(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	let read = 0;
	let written = 0;
	const counted = async function* () {
		for await (const chunk of bytes) {
			read += chunk.length;
			yield chunk;
		}
	};
	const input = Readable.from(counted());
	const output = createGunzip();
	input.on("error", (error) => output.destroy(error));
	try {
		for await (const chunk of input.pipe(output)) {
			written += chunk.length;
			if (isBomb(read, written)) throw new ImportError(bombMessage(name));
			yield chunk;
		}
	} catch (error) {
		if (error instanceof Error && "code" in error && /^Z_/.test(String(error.code))) {
			throw new ImportError(
				`${name}: the compressed file is damaged (${error.message}); export or copy it again.`,
			);
		}
		throw error;
	}
}

/** Whether so much came of so little that no export would have it. */
export function isBomb(compressed: number, size: number): boolean {
	return size > 100 * 2 ** 20 && size > compressed * 200;
}

/** Explains why a compressed file is refused. */
export function bombMessage(name: string): string {
	return `${name}: decompresses to more than 200 times its size, as no export does; unpack it yourself if you trust it.`;
}
