/** An error in what was given to import: the message names the file, the line and the fix, and nothing was written. */
export class ImportError extends Error {
	override readonly name = "ImportError";
}
