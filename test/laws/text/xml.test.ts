import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { makeExcerpt } from "../../../src/build/excerpt.ts";
import { text as textField } from "../../../src/build/fields.ts";
import { lintCharacters } from "../../../src/build/lint-characters.ts";
import { parseDraft } from "../../../src/comments/draft.ts";
import { renderCommentMarkdown } from "../../../src/comments/markdown.ts";
import { readMarkdown } from "../../../src/posts/markdown/document.ts";
import { plainText } from "../../../src/posts/markdown/plain-text.ts";
import { toXmlHtml, toXmlText } from "../../../src/text/xml.ts";
import { render } from "../../support/render.ts";

/** The production Char of XML 1.0, by number. */
const isChar = (code: number) =>
	[0x9, 0xa, 0xd].includes(code) ||
	(code >= 0x20 && code <= 0xd7ff) ||
	(code >= 0xe000 && code <= 0xfffd) ||
	(code >= 0x10000 && code <= 0x10ffff);

const codes = [
	...Array.from({ length: 0x21 }, (_, code) => code),
	0x7f,
	0xd7ff,
	0xd800,
	0xdfff,
	0xe000,
	0xfffd,
	0xfffe,
	0xffff,
	0x1fffe,
	0x10ffff,
];
const impossible = codes.filter((code) => !isChar(code));

/** A document as XML: every character of it, and every numeric reference, is one XML can hold. */
function isXml(html: string): boolean {
	const references = [...html.matchAll(/&#(?:x([\da-f]+)|(\d+))/gi)].map(([, hex, decimal]) =>
		hex === undefined ? Number(decimal) : Number.parseInt(hex, 16),
	);
	const characters = Array.from({ length: html.length }, (_, at) => html.codePointAt(at) ?? 0);
	const points = characters.filter(
		(code, at) => !(code >= 0xdc00 && code <= 0xdfff && (characters[at - 1] ?? 0) > 0xffff),
	);
	return [...references, ...points].every(isChar);
}

/** A character in the ways to write it in Markdown: itself, and by reference. */
const written = (code: number) => [
	String.fromCodePoint(code),
	`&#${code};`,
	`&#x${code.toString(16)};`,
	`&#X${code.toString(16)}`,
];

/** Every place a post has for a character. */
const places: readonly ((one: string) => string)[] = [
	(one) => `a${one}b`,
	(one) => `## a${one}b`,
	(one) => `![a${one}b](/media/cat.png "${one}")`,
	(one) => `[a](https://a.example/${one} "t${one}")`,
	(one) => `\`a${one}b\` and \`\`\`\n\`\`\`ts title="${one}"\n${one}\n\`\`\``,
	(one) => `<p title="${one}" id='${one}'>${one}</p>`,
	(one) => `a[^${one}n]\n\n[^${one}n]: ${one}`,
	(one) => `{漢${one}|かん${one}}`,
	(one) => `$a${one}$`,
	(one) => `| ${one} |\n| --- |\n| ${one} |`,
	(one) => `::: pair en ja\n${one}\n---\n${one}\n:::`,
	(one) => `> [!NOTE]\n> ${one}\n\na\n: ${one}\n`,
	(one) => `[${one}x]: https://a.example/${one}\n\n[${one}x]`,
];

describe("toXmlText", () => {
	it("keeps exactly the characters of XML's production Char", () => {
		const wrong = Array.from({ length: 0x110000 }, (_, code) => code).filter((code) => {
			const character = String.fromCodePoint(code);
			return (toXmlText(character) === character) !== isChar(code);
		});
		expect(wrong).toEqual([]);
	});

	it("changes nothing that is well-formed", () => {
		fc.assert(
			fc.property(fc.string({ unit: "grapheme" }), (text) => {
				expect(toXmlText(text)).toBe(text);
				expect(toXmlHtml(text)).toBe(text);
			}),
		);
		expect(toXmlHtml("&amp;#1; &#9; &#65; &#x1F408; & &#; &#x; &a;")).toBe(
			"&amp;#1; &#9; &#65; &#x1F408; & &#; &#x; &a;",
		);
	});
});

describe("a character XML cannot hold", () => {
	it.each(impossible)("reaches no page, excerpt or heading, wherever a post has it: U+%s", async (code) => {
		for (const one of written(code)) {
			for (const place of places) {
				const body = `${place(one)}\n\n## A\n\n## B\n`;
				expect(isXml(await render(body, { contents: true })), JSON.stringify(body)).toBe(true);
				const { tokens, headings } = readMarkdown(body);
				const texts = [
					plainText(tokens),
					makeExcerpt(plainText(tokens), "en"),
					...headings.map(({ id, text }) => id + text),
				];
				expect(texts.map((text) => text.replaceAll("&", "")).every(isXml), JSON.stringify(body)).toBe(true);
				expect(isXml(renderCommentMarkdown(place(one))), JSON.stringify(body)).toBe(true);
			}
		}
	});

	it("is in no field of front matter and in no draft", () => {
		for (const code of impossible) {
			const one = String.fromCodePoint(code);
			expect(isXml(v.parse(textField, `a${one}b`))).toBe(true);
			const parsed = parseDraft({ name: `a${one}b`, email: "", website: "", text: `a${one}b` });
			if ("errors" in parsed) throw new Error("refused");
			expect(isXml(parsed.draft.name + parsed.draft.text)).toBe(true);
		}
	});

	it("is named at build with its line", () => {
		for (const code of impossible.filter((code) => code < 0xd800 || code > 0xdfff)) {
			const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
			expect(lintCharacters(`a\nb${String.fromCodePoint(code)}c\n`, 5)).toEqual([
				{ line: 6, message: `the character ${name} cannot be shown; remove it.` },
			]);
			expect(lintCharacters(`a\n\nb&#${code};c`, 5)).toEqual([
				{ line: 7, message: `the reference &#${code}; cannot be shown; remove it.` },
			]);
		}
		expect(lintCharacters("a &#65; \t é 🐈", 5)).toEqual([]);
	});
});
