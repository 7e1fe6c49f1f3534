import { Lexer, type Rules, type Token, Tokenizer, type TokensList } from "marked";

type Search = { from: number; at: number };

/** A text while its blocks are read. What a tokenizer gets is always the rest of it. */
class Source {
	readonly #text: string;
	readonly #known = new Map<string, Search>();

	constructor(text: string) {
		this.#text = text;
	}

	/**
	 * Returns the position of the next match of a global pattern in `rest`, or -1. Each part of the text is searched
	 * once, however often it is asked for, so that reading a text takes time in proportion to its length.
	 */
	next(pattern: RegExp, rest: string): number {
		return this.nextBy(pattern.source, rest, (from) => {
			pattern.lastIndex = from;
			return pattern.exec(this.#text)?.index ?? -1;
		});
	}

	/** Returns what `find` finds, relative to `rest`, or -1. `find` takes and returns a position in the whole text. */
	nextBy(name: string, rest: string, find: (from: number, text: string) => number): number {
		const from = this.#text.length - rest.length;
		const known = this.#known.get(name);
		if (known !== undefined && known.from <= from && from <= known.at) {
			return known.at === Number.POSITIVE_INFINITY ? -1 : known.at - from;
		}
		const found = find(from, this.#text);
		this.#known.set(name, { from, at: found < 0 ? Number.POSITIVE_INFINITY : found });
		return found < 0 ? -1 : found - from;
	}
}

/** marked's lexer, whose block tokenizers can look ahead in the text they are reading; see {@link sourceOf}. */
export class DocumentLexer extends Lexer {
	readonly sources: Source[] = [];

	/** The patterns of blocks. */
	get rules(): Rules {
		return (this.options.tokenizer ?? new Tokenizer()).rules;
	}

	override blockTokens(src: string, tokens?: Token[], lastParagraphClipped?: boolean): Token[];
	override blockTokens(src: string, tokens?: TokensList, lastParagraphClipped?: boolean): TokensList;
	override blockTokens(src: string, tokens: Token[] = [], lastParagraphClipped = false): Token[] {
		this.sources.push(new Source(src));
		try {
			return super.blockTokens(src, tokens, lastParagraphClipped);
		} finally {
			this.sources.pop();
		}
	}
}

/** Returns the text a tokenizer is reading. */
export function sourceOf(lexer: Lexer): Source {
	const source = documentLexer(lexer).sources.at(-1);
	if (source === undefined) throw new Error("No text is being read.");
	return source;
}

/** Returns the lexer of a tokenizer as what it is. */
export function documentLexer(lexer: Lexer): DocumentLexer {
	if (lexer instanceof DocumentLexer) return lexer;
	throw new Error("The block tokenizers of posts need a DocumentLexer.");
}

/** Parses text within a block as blocks of its own: with paragraphs, or in the way of a tight list item without. */
export function parseBlocks(lexer: Lexer, text: string, { tight = false } = {}): Token[] {
	const { top } = lexer.state;
	lexer.state.top = !tight;
	const tokens = lexer.blockTokens(text, []);
	lexer.state.top = top;
	return tokens;
}
