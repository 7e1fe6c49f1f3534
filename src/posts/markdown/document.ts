import GithubSlugger from "github-slugger";
import { Marked, type Token, type Tokens, type TokensList } from "marked";
import markedAlert from "marked-alert";
import markedFootnote from "marked-footnote";
import { isVisible, stripIgnorable } from "../../text/visible.ts";
import { toXmlText } from "../../text/xml.ts";
import { bareUrls } from "./bare-urls.ts";
import { definitionList } from "./definition-list.ts";
import { cjkFriendlyEmphasis } from "./emphasis.ts";
import type { ProseLabels } from "./labels.ts";
import { math, mathPattern } from "./math.ts";
import { limitNesting } from "./nesting-limit.ts";
import { pair } from "./pair.ts";
import { plainText } from "./plain-text.ts";
import { ruby, rubyPattern } from "./ruby.ts";

/** A heading and its fragment id. */
export type Heading = { id: string; text: string; token: Tokens.Heading };

/** A parsed body that is not rendered yet. */
export type MarkdownDocument = {
	/** The parser of this body only, because extensions keep state. */
	marked: Marked;
	tokens: TokensList;
	/** In document order. */
	headings: Heading[];
};

/** Parses a body: CommonMark, GFM and the extensions in the writing guide. */
export function readMarkdown(
	markdown: string,
	{ breaks = false, labels }: { breaks?: boolean; labels?: ProseLabels } = {},
): MarkdownDocument {
	const marked = new Marked(
		{
			gfm: true,
			breaks,
			tokenizer: { ...cjkFriendlyEmphasis(), ...bareUrls(), ...limitNesting() },
			extensions: [ruby, ...math, definitionList, pair],
			hooks: { emStrongMask: maskExtensions },
		},
		markedFootnote(),
		markedAlert({ className: "callout", variants: callouts(labels) }),
	);
	const tokens = marked.lexer(toXmlText(markdown));
	const { walkTokens } = marked.defaults;
	if (walkTokens) marked.walkTokens(tokens, walkTokens);
	return { marked, tokens, headings: headingsOf(marked, tokens) };
}

/** Whether a body contains elements that `prose.css` styles. */
export function isRich({ marked, tokens }: MarkdownDocument): boolean {
	let rich = false;
	marked.walkTokens(tokens, (token) => {
		rich ||= richTypes.has(token.type) || (token.type === "code" && Boolean(token.lang));
	});
	return rich;
}

const richTypes = new Set(["alert", "definitionList", "footnoteRef", "math", "mathBlock", "pair", "ruby"]);

/** Masks formulas and ruby text, so that their characters are not taken for emphasis. */
function maskExtensions(source: string): string {
	const mask = (text: string) => `[${"a".repeat(text.length - 2)}]`;
	return source.replace(mathPattern, mask).replace(rubyPattern, mask);
}

/** Ids of the page around a body, which no heading may take. */
const pageIds = ["main", "reactions", "comments", "text", "name", "email", "website", "subject"];

function headingsOf(marked: Marked, tokens: TokensList): Heading[] {
	const slugger = new GithubSlugger();
	for (const id of pageIds) slugger.slug(id);
	const headings: Heading[] = [];
	marked.walkTokens(tokens, (token: Token) => {
		if (token.type !== "heading") return;
		const text = plainText(token.tokens ?? []).trim();
		const id = isVisible(text) ? slugger.slug(stripIgnorable(text)) : "";
		headings.push({ id, text, token: token as Tokens.Heading });
	});
	return headings;
}

function callouts(labels: ProseLabels | undefined) {
	const callout = (type: string, title: string | undefined) => ({ type, icon: "", ...(title && { title }) });
	return [
		callout("note", labels?.calloutNote),
		callout("tip", labels?.calloutTip),
		callout("important", labels?.calloutImportant),
		callout("warning", labels?.calloutWarning),
		callout("caution", labels?.calloutCaution),
	];
}
