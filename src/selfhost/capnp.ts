/** A value of a Cap'n Proto text file: a struct, a list, a scalar, or the content of another file. */
export type CapnpValue =
	| string
	| number
	| boolean
	| EmbeddedFile
	| readonly CapnpValue[]
	| { readonly [field: string]: CapnpValue };

/** A file whose content is the value; its path is relative to the text file. */
export class EmbeddedFile {
	readonly path: string;

	constructor(path: string) {
		this.path = path;
	}
}

/** Writes a value in Cap'n Proto's text format. */
export function capnpText(value: CapnpValue, indent = ""): string {
	if (typeof value === "string") return quote(value);
	if (typeof value === "number" || typeof value === "boolean") return String(value);
	if (value instanceof EmbeddedFile) return `embed ${quote(value.path)}`;
	const deeper = `${indent}  `;
	const lines = Array.isArray(value)
		? value.map((item: CapnpValue) => capnpText(item, deeper))
		: Object.entries(value).map(([field, item]) => `${field} = ${capnpText(item, deeper)}`);
	const [open, close] = Array.isArray(value) ? "[]" : "()";
	if (lines.length < 2 && !lines.some((line) => line.includes("\n"))) return `${open}${lines.join()}${close}`;
	return `${open}\n${lines.map((line) => `${deeper}${line}`).join(",\n")}\n${indent}${close}`;
}

/** Quotes text with the escapes of C, which Cap'n Proto reads. Control characters and all beyond ASCII are octal bytes. */
function quote(text: string): string {
	const bytes = Array.from(new TextEncoder().encode(text), (byte) => {
		if (byte === 0x22 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`;
		return byte < 0x20 || byte > 0x7e ? `\\${byte.toString(8).padStart(3, "0")}` : String.fromCharCode(byte);
	});
	return `"${bytes.join("")}"`;
}
