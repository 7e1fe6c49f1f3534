import type { Tokenizer, TokenizerObject, Tokens } from "marked";
import { cjk } from "./cjk.ts";

/** A piece of text between two delimiters of `width` characters; `start` and `end` take both in. */
type Span = { start: number; end: number; width: number };

/** A run of one delimiter character; `from` and `to` close in on what is not yet used of it. */
type Run = {
	sign: string;
	from: number;
	to: number;
	length: number;
	canOpen: boolean;
	canClose: boolean;
	before: Run | null;
	after: Run | null;
};

/** Emphasis within emphasis, deeper than anybody writes; more would exhaust the stack. */
const deepest = 60;

/**
 * Emphasis and strikethrough by CommonMark's delimiter stack with the cjk-friendly amendment: beside a Chinese,
 * Japanese or Korean character a delimiter needs no space, so that `**「強調」**する` is what it looks like.
 */
export function cjkFriendlyEmphasis(): Pick<TokenizerObject, "emStrong" | "del"> {
	const known = new Map<string, ReadonlyMap<number, Span>>();
	/** The insides being read, outermost first. Delimiters in them were paired along with those around them. */
	const insides: { length: number; offset: number; spans: ReadonlyMap<number, Span> }[] = [];

	function read<T>(
		tokenizer: Tokenizer,
		source: string,
		masked: string,
		make: (span: Span, raw: string) => T,
	) {
		const within = insides.at(-1);
		const nested = within?.length === masked.length ? within : { offset: 0, spans: spansOf(masked) };
		const start = nested.offset + masked.length - source.length;
		const span = nested.spans.get(start);
		if (span === undefined || insides.length >= deepest) return undefined;
		const raw = source.slice(0, span.end - span.start);
		const text = raw.slice(span.width, -span.width);
		insides.push({ length: text.length, offset: start + span.width, spans: nested.spans });
		try {
			return { ...make(span, raw), raw, text, tokens: tokenizer.lexer.inlineTokens(text) };
		} finally {
			insides.pop();
		}
	}

	function spansOf(masked: string): ReadonlyMap<number, Span> {
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

/** Pairs the delimiters of one run of text ("process emphasis" in the specification), by where each span starts. */
function findSpans(masked: string): ReadonlyMap<number, Span> {
	const spans = new Map<number, Span>();
	/** How far back a search for an opener of each kind has already been in vain. */
	const bottoms = new Map<string, Run | null>();
	let closer = runsOf(masked);
	while (closer !== null) {
		const kind = `${closer.sign}${closer.canOpen}${closer.sign === "~" ? closer.length : closer.length % 3}`;
		const opener = closer.canClose ? openerOf(closer, bottoms.get(kind)) : null;
		if (opener === null) {
			if (closer.canClose) bottoms.set(kind, closer.before);
			const next: Run | null = closer.after;
			if (!closer.canOpen) unlink(closer);
			closer = next;
			continue;
		}
		const width =
			closer.sign === "~" ? closer.length : Math.min(2, opener.to - opener.from, closer.to - closer.from);
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

function openerOf(closer: Run, bottom: Run | null | undefined): Run | null {
	for (let run = closer.before; run !== null && run !== bottom; run = run.before) {
		if (run.sign !== closer.sign || !run.canOpen) continue;
		if (run.sign === "~" ? run.length === closer.length : !forbidden(run, closer)) return run;
	}
	return null;
}

/** Rules 9 and 10: a run that could be either end pairs only if the lengths do not add up to a multiple of three. */
function forbidden(opener: Run, closer: Run): boolean {
	if (!opener.canClose && !closer.canOpen) return false;
	return (opener.length + closer.length) % 3 === 0 && (opener.length % 3 !== 0 || closer.length % 3 !== 0);
}

function unlink(run: Run): void {
	if (run.before !== null) run.before.after = run.after;
	if (run.after !== null) run.after.before = run.before;
}

function runsOf(masked: string): Run | null {
	let first: Run | null = null;
	let last: Run | null = null;
	for (const { 0: signs, index } of masked.matchAll(/\*+|_+|~+/g)) {
		const sign = signs[0] ?? "";
		if (sign === "~" && signs.length > 2) continue;
		const to = index + signs.length;
		const run: Run = {
			sign,
			from: index,
			to,
			length: signs.length,
			...flanking(sign, neighbourBefore(masked, index), neighbourAfter(masked, to)),
			before: last,
			after: null,
		};
		if (last !== null) last.after = run;
		last = run;
		first ??= run;
	}
	return first;
}

type Neighbour = { space: boolean; punctuation: boolean; cjk: boolean };

/** Whether a run can open and close, by what stands on both sides of it. */
function flanking(
	sign: string,
	before: Neighbour,
	after: Neighbour,
): { canOpen: boolean; canClose: boolean } {
	const foreign = ({ punctuation, cjk }: Neighbour) => punctuation && !cjk;
	const left = !after.space && (!foreign(after) || before.space || before.punctuation || before.cjk);
	const right = !before.space && (!foreign(before) || after.space || after.punctuation || after.cjk);
	if (sign !== "_") return { canOpen: left, canClose: right };
	return {
		canOpen: left && (!right || before.punctuation),
		canClose: right && (!left || after.punctuation),
	};
}

/** A variation selector says how to draw the character before it, and it is that character which counts. */
function neighbourBefore(masked: string, at: number): Neighbour {
	const [beforeIt = "", it = ""] = [codePointBefore(masked, at - 1), codePointBefore(masked, at)];
	return /[\uFE00-\uFE0F]/.test(it) ? neighbour(beforeIt, it) : neighbour(it, "");
}

function neighbourAfter(masked: string, at: number): Neighbour {
	const point = masked.codePointAt(at);
	const character = point === undefined ? "" : String.fromCodePoint(point);
	return neighbour(character, masked.charAt(at + character.length));
}

function codePointBefore(text: string, at: number): string {
	return at <= 0 ? "" : (Array.from(text.slice(Math.max(0, at - 2), at)).at(-1) ?? "");
}

function neighbour(character: string, selector: string): Neighbour {
	return {
		space: character === "" || /\s/.test(character),
		punctuation: /[\p{P}\p{S}]/u.test(character),
		// Curly quotation marks belong to two worlds; this selector says full width.
		cjk: cjk.test(character) || (selector === "\uFE01" && /[‘’“”]/.test(character)),
	};
}
