/** An export that cannot be made; the message says what to do. */
export class ExportError extends Error {
	override readonly name = "ExportError";
}
