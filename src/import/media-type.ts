import { imageSize } from "image-size";

/** A kind of file that a blog serves, by its usual extension. */
type Signature = { extension: string; others?: readonly string[]; test(head: Buffer): boolean };

const ascii = (head: Buffer, start: number, end: number) => head.toString("latin1", start, end);
const starts = (text: string) => (head: Buffer) => ascii(head, 0, text.length) === text;

const signatures: readonly Signature[] = [
	{ extension: "jpg", others: ["jpeg", "jpe"], test: starts("\xff\xd8\xff") },
	{ extension: "png", test: starts("\x89PNG") },
	{ extension: "gif", test: starts("GIF8") },
	{ extension: "webp", test: (head) => ascii(head, 0, 4) === "RIFF" && ascii(head, 8, 12) === "WEBP" },
	{ extension: "avif", test: (head) => /^ftypavi[fs]/.test(ascii(head, 4, 12)) },
	{
		extension: "svg",
		test: (head) => /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg[\s>]/.test(head.toString("utf8")),
	},
	{ extension: "pdf", test: starts("%PDF-") },
	{ extension: "mp4", others: ["m4v", "m4a", "mov"], test: (head) => ascii(head, 4, 8) === "ftyp" },
	{ extension: "webm", others: ["mkv"], test: starts("\x1a\x45\xdf\xa3") },
	{
		extension: "mp3",
		test: (head) => starts("ID3")(head) || (head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2),
	},
	{ extension: "ogg", others: ["oga", "ogv", "opus"], test: starts("OggS") },
	{ extension: "wav", test: (head) => ascii(head, 0, 4) === "RIFF" && ascii(head, 8, 12) === "WAVE" },
	{ extension: "zip", others: ["docx", "xlsx", "pptx", "epub", "odt", "ods"], test: starts("PK\x03\x04") },
];

const images = new Set(["jpg", "png", "gif", "webp", "avif", "svg"]);

/** Returns the extension a file should have by its bytes: the one it has if that fits. Null for what a blog does not serve. */
export function extensionOf(head: Buffer, written: string): string | null {
	const found = signatures.find(({ test }) => test(head));
	if (found === undefined) return null;
	const extension = written.toLowerCase();
	return extension === found.extension || found.others?.includes(extension) ? extension : found.extension;
}

/** Whether a file that is to be shown as a picture has a size that the build can read. */
export function isReadable(head: Buffer, extension: string): boolean {
	if (!images.has(extension) && extension !== "jpeg") return true;
	try {
		const { width, height } = imageSize(
			extension === "svg" ? head.subarray(Math.max(0, head.indexOf("<svg"))) : head,
		);
		return width > 0 && height > 0;
	} catch {
		// The library throws many kinds of errors, which all mean an unreadable picture.
		return false;
	}
}
