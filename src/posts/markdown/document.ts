import { slug } from "github-slugger";
import { Marked, type Token, type Tokens, type TokensList } from "marked";
import { isVisible, stripIgnorable } from "../../text/visible.ts";
import { toXmlText } from "../../text/xml.ts";
import { balanceHtml, type HtmlProblem } from "./balance-html.ts";
import { bareUrls } from "./bare-urls.ts";
import { callouts } from "./callouts.ts";
import { decodeTokens } from "./character-references.ts";
import { definitionList } from "./definition-list.ts";
import { cjkFriendlyEmphasis } from "./emphasis.ts";
import { fences } from "./fences.ts";
import { type Footnote, footnoteTokenizers, numberFootnotes } from "./footnotes.ts";
import { createFragmentIds, type FragmentIds } from "./fragment-ids.ts";
import { htmlBlocks } from "./html-blocks.ts";
import { boundedBlocks, paragraphInterruptions, textInterruptions } from "./interruptions.ts";
import { DocumentLexer } from "./lexer.ts";
import { math, mathFences, mathPattern } from "./math.ts";
import { separateMoreTag } from "./more-tag.ts";
import { limitNesting } from "./nesting-limit.ts";
import { pair } from "./pair.ts";
import { plainText } from "./plain-text.ts";
import { ruby, rubyPattern } from "./ruby.ts";
import { typeset } from "./typeset.ts";
import { walk } from "./walk.ts";

/** A heading and its fragment id; `written` is the id its author gave it, as `{#id}`. */
export type Heading = { id: string; written: string | null; text: string; token: Tokens.Heading };

/** A parsed body that is not rendered yet. */
export type MarkdownDocument = {
	/** The parser of this body only, because extensions keep state. */
	marked: Marked;
	tokens: TokensList;
	/** In document order. */
	headings: Heading[];
	/** The notes the text refers to, in the order of their numbers. */
	footnotes: Footnote[];
	/** Flaws of raw HTML that were mended, by token. */
	htmlProblems: ReadonlyMap<Token, readonly HtmlProblem[]>;
	/** Ids written in raw HTML. */
	htmlIds: ReadonlySet<string>;
};

/** The settings by which a body is read. */
export type MarkdownSettings = {
	/** Whether a newline in a paragraph is a line break. */
	breaks: boolean;
	/** Whether dollar signs mark formulas. */
	math: boolean;
	/** The language whose quotation marks and dashes replace typewriter ones; null leaves them. */
	typography: string | null;
	/** Emoji by the names that are replaced with them, as `:name:`. */
	emoji: Readonly<Record<string, string>>;
	/** Pieces of raw HTML with other addresses, by the piece as written. */
	html: Readonly<Record<string, string>>;
};

/** Parses a body: CommonMark, GFM and the extensions in the writing guide. */
export function readMarkdown(markdown: string, settings: Partial<MarkdownSettings> = {}): MarkdownDocument {
	const { breaks = false, math: withMath = true, typography = null, emoji = {}, html = {} } = settings;
	const marked = new Marked({
		gfm: true,
		breaks,
		tokenizer: {
			...cjkFriendlyEmphasis(),
			...bareUrls(),
			...boundedBlocks(limitNesting(callouts), withMath),
			...htmlBlocks,
			...fences,
		},
		extensions: [
			...footnoteTokenizers(),
			ruby,
			...(withMath ? math : []),
			definitionList,
			pair,
			paragraphInterruptions(withMath),
			textInterruptions,
		],
		hooks: { emStrongMask: (source) => maskExtensions(source, withMath) },
	});
	const tokens = new DocumentLexer(marked.defaults).lex(toXmlText(markdown));
	separateMoreTag(tokens);
	if (withMath) mathFences(tokens);
	const ids = createFragmentIds();
	const balanced = balanceHtml(tokens, ids, html);
	typeset(tokens, typography, emoji);
	decodeTokens(tokens);
	const headings = headingsOf(tokens, ids);
	const footnotes = numberFootnotes(tokens, ids);
	return { marked, tokens, headings, footnotes, htmlProblems: balanced.problems, htmlIds: balanced.ids };
}

/** Whether a body contains elements that `prose.css` styles. */
export function isRich({ tokens }: MarkdownDocument): boolean {
	let rich = false;
	walk(tokens, (token) => {
		rich ||= richTypes.has(token.type) || (token.type === "code" && Boolean(token.lang));
	});
	return rich;
}

const richTypes = new Set([
	"callout",
	"definitionList",
	"footnoteReference",
	"math",
	"mathBlock",
	"pair",
	"ruby",
]);

/** Masks formulas and ruby text, so that their characters are not taken for emphasis. */
function maskExtensions(source: string, withMath: boolean): string {
	const mask = (text: string) => `[${"a".repeat(text.length - 2)}]`;
	return (withMath ? source.replace(mathPattern, mask) : source).replace(rubyPattern, mask);
}

function headingsOf(tokens: readonly Token[], ids: FragmentIds): Heading[] {
	const headings: Heading[] = [];
	walk(tokens, (token) => {
		if (token.type !== "heading") return;
		const heading = token as Tokens.Heading;
		const written = takeWrittenId(heading);
		const id = written === null ? "" : ids.take(written);
		headings.push({ id, written, text: plainText(heading.tokens).trim(), token: heading });
	});
	for (const heading of headings) {
		const wanted = isVisible(heading.text) ? slug(stripIgnorable(heading.text)) : "";
		if (heading.written === null && wanted !== "") heading.id = ids.take(wanted);
	}
	return headings;
}

/** Removes an id written at the end of a heading, as `{#id}`, from its text and returns it. */
function takeWrittenId({ tokens }: Tokens.Heading): string | null {
	const last = tokens.at(-1);
	if (last?.type !== "text" || "tokens" in last) return null;
	const [written, id = ""] = /[ \t]*\{#([^\s{}#"'<>&|]+)\}$/.exec(last.text) ?? [];
	if (written === undefined) return null;
	last.text = last.text.slice(0, -written.length);
	last.raw = last.raw.replace(/[ \t]*\{#[^{}]*\}$/, "");
	return id.normalize("NFC");
}
