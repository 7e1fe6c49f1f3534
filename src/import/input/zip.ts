import { promisify } from "node:util";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import { ImportError } from "../error.ts";
import { bombMessage, isBomb } from "./gzip.ts";
import { type SourceFile, sourceFile } from "./source-file.ts";

const open = promisify<string, yauzl.Options, ZipFile>(yauzl.open);

/** A zip's files, and the function that closes it. */
export type OpenZip = { files: SourceFile[]; close(): void };

/** Opens a zip on disk. Refuses paths that lead out of it, encrypted files and bombs. */
export async function openZip(disk: string, name: string): Promise<OpenZip> {
	const zip = await open(disk, { lazyEntries: true, autoClose: false, validateEntrySizes: true }).catch(
		(error: unknown) => {
			throw new ImportError(`${name}: the zip cannot be read (${reasonOf(error)}); download it again.`);
		},
	);
	const entries = await listEntries(zip, name);
	const stream = promisify<Entry, NodeJS.ReadableStream>(zip.openReadStream.bind(zip));
	return {
		files: entries.map((entry) =>
			sourceFile(`${name}: ${entry.fileName}`, entry.fileName.normalize("NFC"), null, async function* () {
				for await (const chunk of await stream(entry)) yield chunk as unknown as Uint8Array;
			}),
		),
		close: () => zip.close(),
	};
}

function listEntries(zip: ZipFile, name: string): Promise<Entry[]> {
	return new Promise((resolve, reject) => {
		const entries: Entry[] = [];
		zip.on("error", (error: unknown) => {
			reject(
				new ImportError(
					`${name}: the zip is refused (${reasonOf(error)}); unpack it yourself if you trust it.`,
				),
			);
		});
		zip.on("end", () => resolve(entries));
		zip.on("entry", (entry: Entry) => {
			const isFolder = entry.fileName.endsWith("/");
			const isHidden = /(?:^|\/)(?:__MACOSX\/|\.)/.test(entry.fileName);
			if (isBomb(entry.compressedSize, entry.uncompressedSize)) {
				reject(new ImportError(bombMessage(`${name}: ${entry.fileName}`)));
				return;
			}
			if (entry.isEncrypted()) {
				reject(
					new ImportError(`${name}: ${entry.fileName} is encrypted; unpack the zip and import the folder.`),
				);
				return;
			}
			if (!isFolder && !isHidden) entries.push(entry);
			zip.readEntry();
		});
		zip.readEntry();
	});
}

function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
