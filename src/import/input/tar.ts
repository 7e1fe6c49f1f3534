import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { unpackTar } from "modern-tar/fs";
import { walk } from "../../build/folder.ts";
import { ImportError } from "../error.ts";
import { diskFile, type SourceFile } from "./source-file.ts";

/** The files of a tar, and the function that removes them. */
type OpenTar = { files: SourceFile[]; close(): void };

/** Whether a file begins as a tar does: with a header of ustar or GNU tar. */
export function isTar(bytes: Uint8Array): boolean {
	return Buffer.from(bytes.subarray(257, 262)).toString("latin1") === "ustar";
}

/**
 * Unpacks the files of a tar, compressed or not, into a temporary folder: each may be read more than once, and a tar has no
 * index. Refuses paths that lead out of it; links and devices are left out.
 */
export async function openTar(file: SourceFile): Promise<OpenTar> {
	const folder = mkdtempSync(join(tmpdir(), "edgecat-import-"));
	const close = () => rmSync(folder, { recursive: true, force: true });
	const unpack = unpackTar(folder, {
		strict: true,
		fmode: 0o600,
		dmode: 0o700,
		filter: ({ name, type = "file" }) => type === "file" && !/(?:^|\/)\.[^./]/.test(name),
	});
	try {
		await pipeline(Readable.from(file.bytes()), unpack);
	} catch (error) {
		close();
		if (error instanceof ImportError || !(error instanceof Error)) throw error;
		throw new ImportError(`${file.name}: the tar is refused (${error.message}); export or copy it again.`);
	}
	const files = walk(folder).files.map(({ path, name }) => diskFile(path, `${file.name}: ${name}`, name));
	return { files, close };
}
