/** Lines of a title and the font size at which they fit. */
export type Fit = { size: number; lines: string[] };

type Measure = (text: string) => number;

/** Font sizes in pixels, and the most lines of each. */
const sizes = [
	[84, 2],
	[72, 3],
	[60, 4],
	[50, 5],
	[42, 6],
] as const;

/**
 * Breaks a title between phrases into lines no wider than `width`, at the largest size at which it fits; between characters
 * if a phrase is wider. `measure` returns a text's width at size one. Lines are about equally long. A title too long for the
 * smallest size is cut.
 */
export function fitTitle(phrases: readonly string[], width: number, measure: Measure): Fit {
	const whole = joinPunctuation(phrases);
	const characters = joinPunctuation(whole.flatMap(graphemes));
	for (const parts of [whole, characters]) {
		for (const [size, most] of sizes) {
			const lines = breakLines(parts, width / size, measure);
			if (lines.length > most || lines.some((line) => measure(line) * size > width)) continue;
			return { size, lines: balance(parts, lines, width / size, measure) };
		}
	}
	const [size, most] = sizes[sizes.length - 1] ?? [42, 6];
	const lines = breakLines(characters, width / size, measure).slice(0, most);
	const last = graphemes(lines.pop() ?? "");
	while (last.length > 0 && measure(`${last.join("")}…`) * size > width) last.pop();
	return { size, lines: [...lines, `${last.join("").trimEnd()}…`] };
}

function breakLines(phrases: readonly string[], width: number, measure: Measure): string[] {
	const lines: string[] = [];
	let line = "";
	for (const phrase of phrases) {
		const longer = line + phrase;
		if (line !== "" && measure(longer.trimEnd()) > width) {
			lines.push(line.trimEnd());
			line = phrase.trimStart();
		} else line = longer;
	}
	return line.trim() === "" ? lines : [...lines, line.trimEnd()];
}

/** Breaks again at the narrowest width that needs no more lines. */
function balance(phrases: readonly string[], lines: string[], width: number, measure: Measure): string[] {
	let [low, high] = [0, width];
	let best = lines;
	for (let step = 0; step < 8; step++) {
		const middle = (low + high) / 2;
		const tried = breakLines(phrases, middle, measure);
		if (tried.length <= lines.length && tried.every((line) => measure(line) <= width)) {
			best = tried;
			high = middle;
		} else low = middle;
	}
	return best;
}

/** Punctuation that ends no line, and letters and punctuation that begin none, where no space is between. */
const opens = /[\p{Ps}\p{Pi}]+$/u;
const closes = /^[\p{Pe}\p{Pf}\p{Po}\p{Pd}\p{Lm}…～〜々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ]+/u;

/** Moves punctuation at the ends of phrases to the phrase it belongs to, so that no line begins or ends with the wrong one. */
function joinPunctuation(phrases: readonly string[]): string[] {
	const joined: string[] = [];
	for (const phrase of phrases) {
		const before = joined.at(-1) ?? "";
		if (before === "" || /\s$/u.test(before)) {
			joined.push(phrase);
			continue;
		}
		const [closing = ""] = closes.exec(phrase) ?? [];
		const [opening = ""] = closing === "" ? (opens.exec(before) ?? []) : [];
		joined[joined.length - 1] = before.slice(0, before.length - opening.length) + closing;
		if (joined.at(-1) === "") joined.pop();
		const rest = opening + phrase.slice(closing.length);
		if (rest !== "") joined.push(rest);
	}
	return joined;
}

/** Splits text into characters as readers see them. */
function graphemes(text: string): string[] {
	const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
	return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
