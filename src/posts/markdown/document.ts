import GithubSlugger from "github-slugger";
import { Marked, type Token, type Tokens, type TokensList } from "marked";
import markedAlert from "marked-alert";
import markedFootnote from "marked-footnote";
import { bareUrls } from "./bare-urls.ts";
import { definitionList } from "./definition-list.ts";
import { cjkFriendlyEmphasis } from "./emphasis.ts";
import { math, mathAnywhere } from "./math.ts";
import { boundedNesting } from "./nesting.ts";
import { pair } from "./pair.ts";
import { plainText } from "./plain-text.ts";
import { ruby, rubyAnywhere } from "./ruby.ts";
import type { ProseWords } from "./words.ts";

/** A heading and the fragment that leads to it. */
export type Heading = { id: string; text: string; token: Tokens.Heading };

/** A body read but not yet written out. */
export type MarkdownDocument = {
	/** The reader of this body alone: extensions keep what they saw of it. */
	marked: Marked;
	tokens: TokensList;
	/** In the order of the text. */
	headings: Heading[];
};

/** Reads a body: CommonMark, GFM, and what the writing guide shows. */
export function readMarkdown(
	markdown: string,
	{ breaks = false, words }: { breaks?: boolean; words?: ProseWords } = {},
): MarkdownDocument {
	const marked = new Marked(
		{
			gfm: true,
			breaks,
			tokenizer: { ...cjkFriendlyEmphasis(), ...bareUrls, ...boundedNesting() },
			extensions: [ruby, ...math, definitionList, pair],
			hooks: { emStrongMask: maskExtensions },
		},
		markedFootnote(),
		markedAlert({ className: "callout", variants: calloutsIn(words) }),
	);
	// Half a character, which no file has in it, could be put into no address.
	const tokens = marked.lexer(markdown.toWellFormed());
	const { walkTokens } = marked.defaults;
	if (walkTokens) marked.walkTokens(tokens, walkTokens);
	return { marked, tokens, headings: headingsOf(marked, tokens) };
}

/** Whether a body has in it what `prose.css` is about. */
export function isRich({ marked, tokens }: MarkdownDocument): boolean {
	let rich = false;
	marked.walkTokens(tokens, (token) => {
		rich ||= richTypes.has(token.type) || (token.type === "code" && Boolean(token.lang));
	});
	return rich;
}

const richTypes = new Set(["alert", "definitionList", "footnoteRef", "math", "mathBlock", "pair", "ruby"]);

/** Signs of emphasis inside formulas and readings are not emphasis. */
function maskExtensions(source: string): string {
	const mask = (text: string) => `[${"a".repeat(text.length - 2)}]`;
	return source.replace(mathAnywhere, mask).replace(rubyAnywhere, mask);
}

/** Ids the page around a body has: a link to one of them must not end at a heading of that name. */
const pageIds = ["main", "reactions", "comments", "text", "name", "email", "website", "subject"];

function headingsOf(marked: Marked, tokens: TokensList): Heading[] {
	const slugger = new GithubSlugger();
	for (const id of pageIds) slugger.slug(id);
	const headings: Heading[] = [];
	marked.walkTokens(tokens, (token: Token) => {
		if (token.type !== "heading") return;
		const text = plainText(token.tokens ?? []).trim();
		headings.push({ id: slugger.slug(text), text, token: token as Tokens.Heading });
	});
	return headings;
}

function calloutsIn(words: ProseWords | undefined) {
	const callout = (type: string, title: string | undefined) => ({ type, icon: "", ...(title && { title }) });
	return [
		callout("note", words?.calloutNote),
		callout("tip", words?.calloutTip),
		callout("important", words?.calloutImportant),
		callout("warning", words?.calloutWarning),
		callout("caution", words?.calloutCaution),
	];
}
