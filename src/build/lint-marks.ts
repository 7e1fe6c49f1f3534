import type { Token, Tokens } from "marked";
import { calloutTypes } from "../posts/markdown/callouts.ts";
import { decodeReferences } from "../posts/markdown/character-references.ts";
import { parseCodeInfo } from "../posts/markdown/code.ts";
import { emojiName } from "../posts/markdown/typeset.ts";
import type { Site } from "../posts/site.ts";
import { didYouMean } from "./did-you-mean.ts";
import { allEmoji } from "./emoji.ts";
import { countLines } from "./lines.ts";

type Warning = { message: string; within: number };

/** A mark that is not taken as one: its pattern, and what to write for it. */
type Mark = readonly [pattern: RegExp, advice: string];

/** Marks within a line, in text that is not taken for anything else. */
const inText: readonly Mark[] = [
	[/\*\*(?=[^\s*])|(?<=[^\s*])\*\*/g, "strong text needs ** on both sides, with no space inside them."],
	[/~~(?=[^\s~])|(?<=[^\s~])~~/g, "deleted text needs ~~ on both sides, with no space inside them."],
	[/`+/g, "code needs as many ` after it as before it; for the sign itself, write \\`."],
	[/\[[^\]\n]+\][ \t]+\((?:[/#.]|https?:)[^)\n]*\)/g, "remove the space between ] and ( to make it a link."],
	[
		/\[[^\]\n]*\]\([^)<\n]*[“”„«「][^)\n]*\)/g,
		'the title of a link needs straight quotes, as in [text](address "title").',
	],
	[
		/[[［][^\]］\n]+[\]］](?:（[^）\n]*）|\((?:[/#.]|https?:)[^)\n）]*）)|［[^\]］\n]+[\]］]\([^)\n]*\)/g,
		"a link needs the brackets [ ] and ( ) of ASCII.",
	],
	[
		/!?\[\[(?!toc\]\])[^\]\n]+\]\]/gi,
		"links between posts are written [text](./file.md), pictures ![text](file.png).",
	],
	[
		/\[[^[\]^\n]+\]\[[^[\]\n]+\]/g,
		"the link it names is not defined; add a line such as [name]: https://example.com/.",
	],
	[/==(?=[^\s=])[^=\n]+==/g, "for marked text, write <mark>…</mark>."],
	[/%%[^%\n]+%%/g, "for a comment, write <!-- … -->."],
	[/[＊]{2}[^＊\n]+[＊]{2}/g, "strong text needs the ** of ASCII."],
	[/[|｜][^\s|｜《》]+《[^《》\n]+》/g, "for a reading, write {漢字|かんじ}."],
	[/\{[^{}|\n]*\p{sc=Han}[^{}|\n]*\|[^{}\n]+\}/gu, "it has neither one reading nor one for each character."],
	[/\{\{[<%].*?[>%]\}\}|\{%.*?%\}/g, "there are no shortcodes or template tags; write Markdown or HTML."],
	[/\{#[^\s{}]+\}/g, "an id is taken at the end of a heading only."],
];

/** Marks at the beginning of a line of a paragraph. */
const atLineStart: readonly Mark[] = [
	[/^ {0,3}@\[\w+\]\([^)\n]*\)/gm, "nothing is embedded from other sites; write a link."],
	[/^ {0,3}#{1,6}(?=[^\s#!])\S*/gm, "a heading needs a space after its signs; for a hashtag, write \\#."],
	[/^[ \t\u3000]*[＃]{1,6}/gm, "a heading needs the # of ASCII, and a space after it."],
	[/^[ \t\u3000]*＞/gm, "a quote needs the > of ASCII."],
	[/^[ \t\u3000]*｀{3}/gm, "a code block needs the ``` of ASCII."],
	[/^ {0,3}[-+*]\[[ xX]?\]/gm, "a task needs a space before its box: - [ ] text."],
	[
		/^[ \t]*(?:\[\[toc\]\]|\[toc\]|\{:toc\})[ \t]*$/gim,
		"for a table of contents, write toc: true in the front matter.",
	],
	[
		/^ {0,3}\|.+\|[ \t]*$/gm,
		"a table needs a line such as |---|---| below its first row, with as many cells.",
	],
	[/^ {0,3}\$\$/gm, "a formula needs another line of $$ at its end."],
	[
		/^ {0,3}:{3,}[ \t]*(?!pair\b)[\w-]+.*/gm,
		"for a note, write > [!NOTE] and > before each line of it; for a part that folds, <details>.",
	],
];

/** A character that every mark within a line has. */
const signInText = /[*~`[\]［］=%＊|｜{]/;

/** A line whose first visible character may begin a mark. */
const signAtLineStart = /^[ \t\u3000]*[@#＃＞｀+*|$:[{-]/m;

/** Warns about what looks like a mark and is not taken as one, with what to write instead. */
export function lintMarks(token: Token, markdown: Site["markdown"]): Warning[] {
	if (token.type === "paragraph")
		return signAtLineStart.test(token.raw) ? oncePerLine(findMarks(token.raw, atLineStart)) : [];
	if (token.type === "text" && "tokens" in token && token.tokens)
		return /^\[\](?=\S|\s)/.test(token.raw)
			? [asTyped("[]", "a task needs a space in its box: - [ ] text.", 0)]
			: [];
	if (token.type === "text")
		return [
			...(signInText.test(token.raw) ? oncePerLine(findMarks(token.raw, inText)) : []),
			...lintReferences(token.raw),
			...lintEmoji(token.raw, markdown),
		];
	if (token.type === "blockquote") return lintCallout(token as Tokens.Blockquote);
	if (token.type === "code") return lintDiagram(token as Tokens.Code);
	return [];
}

function findMarks(raw: string, marks: readonly Mark[]): Warning[] {
	return marks.flatMap(([pattern, advice]) =>
		Array.from(raw.matchAll(pattern), ({ 0: mark, index }) =>
			asTyped(mark, advice, countLines(raw.slice(0, index))),
		),
	);
}

function oncePerLine(warnings: Warning[]): Warning[] {
	return warnings.filter(
		({ within }, index) => warnings.findIndex((other) => other.within === within) === index,
	);
}

function asTyped(mark: string, advice: string, within: number): Warning {
	return { message: `"${mark.trim()}" is shown as typed; ${advice}`, within };
}

function lintReferences(raw: string): Warning[] {
	return Array.from(raw.matchAll(/&[A-Za-z][A-Za-z\d]*;/g))
		.filter(([reference]) => decodeReferences(reference) === reference)
		.map(({ 0: reference, index }) =>
			asTyped(reference, "HTML has no such character reference.", countLines(raw.slice(0, index))),
		);
}

function lintEmoji(raw: string, { emoji }: Site["markdown"]): Warning[] {
	return Array.from(raw.matchAll(emojiName)).flatMap(({ 0: written, 1: name = "", index }) => {
		const isKnown = Object.hasOwn(allEmoji, name);
		if (isKnown === emoji || !/[a-z]/.test(name)) return [];
		const advice = isKnown ? "set markdown.emoji: true in site.yaml." : suggestEmoji(name);
		return [asTyped(written, advice, countLines(raw.slice(0, index)))];
	});
}

function suggestEmoji(name: string): string {
	const advice = didYouMean(name, Object.keys(allEmoji));
	return advice.startsWith("did") ? advice : "no emoji has this name.";
}

function lintCallout({ text }: Tokens.Blockquote): Warning[] {
	const [mark] = /^\[![^\]\n]*\]/.exec(text.trimStart()) ?? [];
	return mark === undefined ? [] : [asTyped(mark, `callouts are ${calloutTypes.join(", ")}.`, 0)];
}

function lintDiagram({ lang }: Tokens.Code): Warning[] {
	const { language } = parseCodeInfo(lang ?? "");
	if (language === null || !["mermaid", "plantuml", "dot", "graphviz"].includes(language)) return [];
	return [
		{
			message: `${language} is shown as code, not drawn; for a drawing, put an SVG image into media/.`,
			within: 0,
		},
	];
}
