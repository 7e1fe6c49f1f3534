import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/**
 * A line of text as outlines in units of the font, from the baseline upwards. `width` is in parts of the font size, of which
 * `unitsPerEm` are one.
 */
export type Outline = {
	width: number;
	unitsPerEm: number;
	glyphs: readonly { path: string; x: number; y: number }[];
};

/** Sets text in the font of the share images; null if the font lacks a character. */
export type Typesetter = { set(text: string, lang: string): Outline | null };

/** The font, which npm ships whole; the Japanese one of the smallest size that has all characters of the standards. */
const fontFile = "@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf";

/** Loads HarfBuzz and the font, 5 MB in all: only drawing needs them. */
export async function createTypesetter(): Promise<Typesetter> {
	const [{ Blob, Buffer, Face, Font, shape }, bytes] = await Promise.all([
		import("harfbuzzjs"),
		readFile(createRequire(import.meta.url).resolve(fontFile)),
	]);
	const face = new Face(new Blob(bytes));
	const font = new Font(face);
	const unitsPerEm = face.upem;
	const paths = new Map<number, string>();
	return {
		set(text, lang) {
			const buffer = new Buffer();
			buffer.addText(text);
			buffer.guessSegmentProperties();
			buffer.setLanguage(lang);
			shape(font, buffer);
			let end = 0;
			const glyphs: Outline["glyphs"][number][] = [];
			for (const glyph of buffer.getGlyphInfosAndPositions()) {
				// Glyph zero stands for the characters that the font lacks.
				if (glyph.codepoint === 0) return null;
				const path = paths.get(glyph.codepoint) ?? font.glyphToPath(glyph.codepoint);
				paths.set(glyph.codepoint, path);
				if (path !== "") glyphs.push({ path, x: end + (glyph.xOffset ?? 0), y: glyph.yOffset ?? 0 });
				end += glyph.xAdvance ?? 0;
			}
			return { width: end / unitsPerEm, unitsPerEm, glyphs };
		},
	};
}
