import type { SourceFile } from "./input/source-file.ts";
import type { ImportRecord, Remark } from "./record.ts";

/** The beginning of a file, by which formats recognize it. */
export type Sample = {
	/** The file's name, for messages; formats go by content wherever they can. */
	name: string;
	/** The first 64 KiB, decoded. */
	text: string;
	/** The same as bytes, for formats that are not text. */
	bytes: Uint8Array;
};

/** Facts about the old blog from the command line, for formats that do not say it themselves. */
export type ReadOptions = {
	/** The address of the old blog without a trailing slash, or null. */
	address: string | null;
	/** The files beside and below a file, for a format of folders; otherwise none. */
	parts: readonly SourceFile[];
};

/** A format of files to move in from. */
export type Format = {
	/** The name for `--format`. */
	name: string;
	/** The name for people. */
	title: string;
	/** For a format of folders, the name of the file by which it is recognized; all files beside and below it belong to it. */
	main?: string;
	/** Recognizes the format by the beginning of a file. */
	detect(sample: Sample): boolean;
	/**
	 * Reads a file as a stream of records, a site first, in any order after that. Throws `ImportError` for a file that ends
	 * early or is not what it seems; remarks on smaller faults and reads on.
	 */
	read(file: SourceFile, options: ReadOptions): AsyncGenerator<ImportRecord | Remark>;
};
