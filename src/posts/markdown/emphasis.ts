import type { Tokenizer, TokenizerObject, Tokens } from "marked";
import { cjk } from "./cjk.ts";

/** Text between two delimiters of `width` characters; `start` and `end` include both. */
type Span = { start: number; end: number; width: number };

/** A delimiter run; `from` and `to` bound its unused part. */
type Run = {
	delimiter: string;
	from: number;
	to: number;
	length: number;
	canOpen: boolean;
	canClose: boolean;
	before: Run | null;
	after: Run | null;
};

/** Maximum nesting of emphasis; more would exhaust the stack. */
const maxDepth = 60;

/**
 * Emphasis and strikethrough by CommonMark's delimiter stack with the cjk-friendly amendment: next to a Chinese, Japanese
 * or Korean character a delimiter needs no space, so that `**「強調」**する` works.
 */
export function cjkFriendlyEmphasis(): Pick<TokenizerObject, "emStrong" | "del"> {
	const known = new Map<string, ReadonlyMap<number, Span>>();
	/** Enclosing spans, outermost first. Their inner delimiters were paired together with the outer ones. */
	const enclosing: { length: number; offset: number; spans: ReadonlyMap<number, Span> }[] = [];

	function read<T>(
		tokenizer: Tokenizer,
		source: string,
		masked: string,
		toToken: (span: Span, raw: string) => T,
	) {
		const within = enclosing.at(-1);
		const nested = within?.length === masked.length ? within : { offset: 0, spans: cachedSpans(masked) };
		const start = nested.offset + masked.length - source.length;
		const span = nested.spans.get(start);
		if (span === undefined || enclosing.length >= maxDepth) return undefined;
		const raw = source.slice(0, span.end - span.start);
		const text = raw.slice(span.width, -span.width);
		enclosing.push({ length: text.length, offset: start + span.width, spans: nested.spans });
		try {
			return { ...toToken(span, raw), raw, text, tokens: tokenizer.lexer.inlineTokens(text) };
		} finally {
			enclosing.pop();
		}
	}

	function cachedSpans(masked: string): ReadonlyMap<number, Span> {
		const spans = known.get(masked) ?? findSpans(masked);
		if (known.size >= 32) known.clear();
		known.set(masked, spans);
		return spans;
	}

	return {
		emStrong(source, masked): Tokens.Em | Tokens.Strong | undefined {
			if (source[0] !== "*" && source[0] !== "_") return undefined;
			return read(this, source, masked, ({ width }) => ({ type: width === 2 ? "strong" : "em" }) as const);
		},
		del(source, masked): Tokens.Del | undefined {
			if (source[0] !== "~") return undefined;
			return read(this, source, masked, () => ({ type: "del" }) as const);
		},
	};
}

/** Pairs the delimiters of a text ("process emphasis" in the specification); spans are keyed by their start. */
function findSpans(masked: string): ReadonlyMap<number, Span> {
	const spans = new Map<number, Span>();
	/** For each kind of opener, the run down to which a search already failed. */
	const bottoms = new Map<string, Run | null>();
	let closer = findRuns(masked);
	while (closer !== null) {
		const kind = `${closer.delimiter}${closer.canOpen}${closer.delimiter === "~" ? closer.length : closer.length % 3}`;
		const opener = closer.canClose ? findOpener(closer, bottoms.get(kind)) : null;
		if (opener === null) {
			if (closer.canClose) bottoms.set(kind, closer.before);
			const next: Run | null = closer.after;
			if (!closer.canOpen) unlink(closer);
			closer = next;
			continue;
		}
		const width =
			closer.delimiter === "~"
				? closer.length
				: Math.min(2, opener.to - opener.from, closer.to - closer.from);
		opener.to -= width;
		spans.set(opener.to, { start: opener.to, end: closer.from + width, width });
		closer.from += width;
		opener.after = closer;
		closer.before = opener;
		if (opener.from === opener.to) unlink(opener);
		if (closer.from === closer.to) {
			unlink(closer);
			closer = closer.after;
		}
	}
	return spans;
}

function findOpener(closer: Run, bottom: Run | null | undefined): Run | null {
	for (let run = closer.before; run !== null && run !== bottom; run = run.before) {
		if (run.delimiter !== closer.delimiter || !run.canOpen) continue;
		if (run.delimiter === "~" ? run.length === closer.length : !cannotPair(run, closer)) return run;
	}
	return null;
}

/** Rules 9 and 10: a run that can open and close only pairs if the lengths do not add up to a multiple of three. */
function cannotPair(opener: Run, closer: Run): boolean {
	if (!opener.canClose && !closer.canOpen) return false;
	return (opener.length + closer.length) % 3 === 0 && (opener.length % 3 !== 0 || closer.length % 3 !== 0);
}

function unlink(run: Run): void {
	if (run.before !== null) run.before.after = run.after;
	if (run.after !== null) run.after.before = run.before;
}

function findRuns(masked: string): Run | null {
	let first: Run | null = null;
	let last: Run | null = null;
	for (const { 0: delimiters, index } of masked.matchAll(/\*+|_+|~+/g)) {
		const delimiter = delimiters[0] ?? "";
		if (delimiter === "~" && delimiters.length > 2) continue;
		const to = index + delimiters.length;
		const run: Run = {
			delimiter,
			from: index,
			to,
			length: delimiters.length,
			...flanking(delimiters, neighbourBefore(masked, index), neighbourAfter(masked, to)),
			before: last,
			after: null,
		};
		if (last !== null) last.after = run;
		last = run;
		first ??= run;
	}
	return first;
}

type Neighbour = { space: boolean; punctuation: boolean; cjk: boolean; digit: boolean };

/**
 * Whether a run can open and close emphasis, given the characters on both sides. One tilde beside a digit or a CJK
 * character is the sign of a range: `5~10個`, `月~金`, `10:00~12:00`.
 */
function flanking(
	delimiters: string,
	before: Neighbour,
	after: Neighbour,
): { canOpen: boolean; canClose: boolean } {
	const otherPunctuation = ({ punctuation, cjk }: Neighbour) => punctuation && !cjk;
	const left = !after.space && (!otherPunctuation(after) || before.space || before.punctuation || before.cjk);
	const right = !before.space && (!otherPunctuation(before) || after.space || after.punctuation || after.cjk);
	if (delimiters === "~" && [before, after].some(({ digit, cjk }) => digit || cjk)) {
		return { canOpen: false, canClose: false };
	}
	if (!delimiters.startsWith("_")) return { canOpen: left, canClose: right };
	return {
		canOpen: left && (!right || before.punctuation),
		canClose: right && (!left || after.punctuation),
	};
}

/** Classifies the character before a run; a variation selector belongs to the character before it. */
function neighbourBefore(masked: string, at: number): Neighbour {
	const [beforeIt = "", it = ""] = [codePointBefore(masked, at - 1), codePointBefore(masked, at)];
	return /[\uFE00-\uFE0F]/.test(it) ? classify(beforeIt, it) : classify(it, "");
}

function neighbourAfter(masked: string, at: number): Neighbour {
	const point = masked.codePointAt(at);
	const character = point === undefined ? "" : String.fromCodePoint(point);
	return classify(character, masked.charAt(at + character.length));
}

function codePointBefore(text: string, at: number): string {
	return at <= 0 ? "" : (Array.from(text.slice(Math.max(0, at - 2), at)).at(-1) ?? "");
}

function classify(character: string, selector: string): Neighbour {
	return {
		digit: /\p{N}/u.test(character),
		space: character === "" || /\s/.test(character),
		punctuation: /[\p{P}\p{S}]/u.test(character),
		// Curly quotation marks are ambiguous in width; this selector means full width.
		cjk: cjk.test(character) || (selector === "\uFE01" && /[‘’“”]/.test(character)),
	};
}
