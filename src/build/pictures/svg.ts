import { Parser } from "htmlparser2";

/** Returns the size of an SVG from its width and height, or else its viewBox. */
export function svgSize(bytes: Buffer): { width: number; height: number } | null {
	const root = readRoot(decodeXml(bytes));
	if (root === null) return null;
	const [, , boxWidth = 0, boxHeight = 0] = (root.viewBox ?? "")
		.trim()
		.split(/[\s,]+/)
		.map(Number);
	const hasBox = boxWidth > 0 && boxHeight > 0 && Number.isFinite(boxWidth * boxHeight);
	const [width, height] = [toPixels(root.width), toPixels(root.height)];
	if (width !== null && height !== null) return rounded(width, height);
	if (!hasBox) return null;
	const scale = width !== null ? width / boxWidth : height !== null ? height / boxHeight : 1;
	return rounded(boxWidth * scale, boxHeight * scale);
}

/** Removes the paths on the author's computer that Inkscape notes in an SVG. */
export function stripSvg(bytes: Buffer): Buffer {
	// As Latin-1 every byte stays what it is.
	const text = bytes.toString("latin1");
	const stripped = text.replace(
		/(?<!\s)\s+(?:inkscape:export-filename|sodipodi:(?:docname|absref|docbase))\s*=\s*(?:"[^"]*"|'[^']*')/g,
		"",
	);
	return stripped.length === text.length ? bytes : Buffer.from(stripped, "latin1");
}

function rounded(width: number, height: number) {
	return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
}

/** Returns the attributes of the root element, whatever its namespace prefix, or null if it is not `svg`. */
function readRoot(text: string): Record<string, string> | null {
	let root: { name: string; attributes: Record<string, string> } | null = null;
	const parser = new Parser(
		{
			onopentag(name, attributes) {
				root ??= { name, attributes };
			},
		},
		{ xmlMode: true },
	);
	for (let at = 0; at < text.length && root === null; at += pieceSize)
		parser.write(text.slice(at, at + pieceSize));
	const found = root as { name: string; attributes: Record<string, string> } | null;
	return found !== null && /^(?:[^:]+:)?svg$/.test(found.name) ? found.attributes : null;
}

/** Decodes XML as its byte order mark, its first bytes or its declaration say, else as UTF-8. */
function decodeXml(bytes: Buffer): string {
	const start = bytes.toString("hex", 0, 2);
	if (start === "fffe" || start === "3c00") return new TextDecoder("utf-16le").decode(bytes);
	if (start === "feff" || start === "003c") return new TextDecoder("utf-16be").decode(bytes);
	const declared = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)/.exec(bytes.toString("latin1", 0, 200))?.[1];
	try {
		return new TextDecoder(declared).decode(bytes);
	} catch (error) {
		// An unknown name of an encoding; the names and numbers needed here are ASCII.
		if (!(error instanceof RangeError)) throw error;
		return bytes.toString("latin1");
	}
}

function toPixels(length: string | undefined): number | null {
	const [, number, unit = ""] =
		/^\s*\+?(\d*\.?\d+(?:e[+-]?\d+)?|\d+\.)([a-z]*)\s*$/i.exec(length ?? "") ?? [];
	const pixels = Number(number) * (units[unit.toLowerCase()] ?? Number.NaN);
	return pixels > 0 && Number.isFinite(pixels) ? pixels : null;
}

const units: Readonly<Record<string, number>> = {
	"": 1,
	px: 1,
	pt: 4 / 3,
	pc: 16,
	in: 96,
	cm: 96 / 2.54,
	mm: 96 / 25.4,
	q: 96 / 101.6,
	em: 16,
	rem: 16,
	ex: 8,
};

/** Characters parsed at once; the root element is near the beginning. */
const pieceSize = 64 * 1024;
