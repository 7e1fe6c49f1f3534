import { cardSize } from "../../posts/post.ts";
import { directionOf } from "../../text/direction.ts";
import { splitPhrases } from "../break-points.ts";
import { fitTitle } from "./lines.ts";
import type { Outline, Typesetter } from "./typesetter.ts";

/** The words on a share image: a title, and below it another line, each with its language (BCP 47). */
export type Card = { title: string; lang: string; below: string; belowLang: string };

/** Changes with the drawing, so that images made before are made again. */
export const cardDesign = 1;

/** Pixels. The icon is at the lower left. */
export const iconPlace = { size: 72, left: 90, top: cardSize.height - 90 - 72 + 14 };

const margin = 90;
const lineHeight = 1.36;
const belowSize = 34;
const colors = { paper: "#faf8f3", ink: "#20242e", quiet: "#565d6b", rule: "#35588c" };

/** Draws a card as an SVG of outlines, for which no font is needed; null if the font lacks a character. */
export function drawCard(card: Card, typesetter: Typesetter): string | null {
	const title = printable(card.title);
	const known = new Map<string, Outline | null>();
	const set = (text: string, lang: string) => {
		const key = `${lang} ${text}`;
		const outline = known.get(key) ?? typesetter.set(text, lang);
		known.set(key, outline);
		return outline;
	};
	if (title === "" || set(`${title}…`, card.lang) === null) return null;
	// The font has none of the scripts from right to left; a line of theirs is left out.
	const below = set(printable(card.below), card.belowLang);
	const width = cardSize.width - 2 * margin;
	const measure = (text: string) => set(text, card.lang)?.width ?? Number.POSITIVE_INFINITY;
	const { size, lines } = fitTitle(splitPhrases(title, card.lang), width, measure);
	const step = size * lineHeight;
	const room = cardSize.height - 2 * margin - iconPlace.size;
	const top = margin + Math.max(0, (room - lines.length * step) / 2) + size * 0.98;
	const isRightToLeft = directionOf(card.lang) === "rtl";
	const paths = lines.map((line, at) => {
		const outline = set(line, card.lang);
		const left = isRightToLeft ? cardSize.width - margin - (outline?.width ?? 0) * size : margin;
		return pathOf(outline, left, top + at * step, size, colors.ink);
	});
	const belowLeft = iconPlace.left + iconPlace.size + 26;
	const belowRoom = cardSize.width - margin - belowLeft;
	const belowFits = below !== null && below.width > 0;
	const small = belowFits ? Math.min(belowSize, belowRoom / below.width) : belowSize;
	const middle = iconPlace.top + iconPlace.size / 2 + small * 0.36;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${cardSize.width}" height="${cardSize.height}">`,
		`<rect width="100%" height="100%" fill="${colors.paper}"/>`,
		`<rect width="100%" height="14" fill="${colors.rule}"/>`,
		...paths,
		belowFits ? pathOf(below, belowLeft, middle, small, colors.quiet) : "",
		"</svg>",
	].join("");
}

/** Leaves out emoji and characters without a glyph, which the font lacks. */
function printable(text: string): string {
	return text
		.replace(/\p{RGI_Emoji}|[\p{Emoji_Presentation}\p{Default_Ignorable_Code_Point}]/gv, "")
		.replace(/\s+/g, " ")
		.trim();
}

function pathOf(
	outline: Outline | null,
	left: number,
	baseline: number,
	size: number,
	color: string,
): string {
	if (outline === null) return "";
	const glyphs = outline.glyphs.map(
		({ path, x, y }) => `<path transform="translate(${x} ${y})" d="${path}"/>`,
	);
	const scale = size / outline.unitsPerEm;
	// The font's axis points upwards.
	return `<g fill="${color}" transform="translate(${round(left)} ${round(baseline)}) scale(${scale} ${-scale})">${glyphs.join("")}</g>`;
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
