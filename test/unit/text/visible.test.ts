import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSlug } from "../../../src/build/slugs.ts";
import { parseDraft } from "../../../src/comments/draft.ts";
import { parseComment } from "../../../src/comments/parse-comment.ts";
import { parseMemberName } from "../../../src/members/member.ts";
import { readMarkdown } from "../../../src/posts/markdown/document.ts";
import { pathKey, slugify } from "../../../src/posts/paths.ts";
import { isVisible, stripIgnorable } from "../../../src/text/visible.ts";

const arabicSigns = /[\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}]/u;
const ignorable = /\p{Default_Ignorable_Code_Point}/u;

/** Every code point that is default ignorable, a format character, a space or a control, and the blank glyphs. */
const unseen = Array.from({ length: 0x110000 }, (_, code) => code)
	.filter((code) => code < 0xd800 || code > 0xdfff)
	.map((code) => String.fromCodePoint(code))
	.filter(
		(character) =>
			/[\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Cc}\p{Noncharacter_Code_Point}\u2800\uFFFC\uFFFD\u{16FE4}\u{1D159}\u{13441}\u{13442}]/u.test(
				character,
			) ||
			// The Arabic number signs and the like are format characters with a glyph.
			(/\p{Cf}/u.test(character) && !arabicSigns.test(character)),
	);

const seen = [
	...["a", ".", "!", "0", "é", "e\u0301", "ー", "々", "ﾊ", "　x"],
	...["👨‍👩‍👧‍👦", "❤️", "☀️", "🏳️‍🌈", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "👍🏽", "🇯🇵"],
	...["می‌خواهم", "क्‍ष", "ක්‍ෂ", "ྂཀ", "ـ", "\u0600", "葛󠄀", "ᄒ", "​あ​"],
];

const markup = ["**", "__", "~~", "`", ">", "> >", "-", "* ", "1.", "- >", "#", "![]()", "[]", "[ ]( )"];

/** Texts that render to nothing, made of marks around invisible characters. */
const empty = fc
	.array(
		fc.oneof(
			fc.constantFrom(...unseen),
			fc.constantFrom(...unseen).map((character) => `&#${character.codePointAt(0)};`),
			fc.constantFrom("&nbsp;", "&ZeroWidthSpace;", "&shy;", "&zwj;", "&NoBreak;", "&emsp;"),
		),
		{ minLength: 1, maxLength: 5 },
	)
	.map((characters) => characters.join(""));

describe("isVisible", () => {
	it("finds nothing in any run of characters without a glyph", () => {
		expect(unseen.length).toBeGreaterThan(4000);
		expect(unseen.filter(isVisible)).toEqual([]);
		expect(isVisible(unseen.join(""))).toBe(false);
		expect(isVisible("\u0301\u0302")).toBe(false);
	});

	it.each(seen)("finds something in %j, also among those", (text) => {
		expect(isVisible(text)).toBe(true);
		expect(isVisible(unseen.slice(0, 200).join("") + text)).toBe(true);
		expect(isVisible(stripIgnorable(text))).toBe(true);
	});
});

describe("names, comments and addresses", () => {
	const typed = { name: "a", email: "", website: "", text: "a" };

	it("refuse what nobody can see, as the one function judges", () => {
		const taken = unseen.filter(
			(character) =>
				"draft" in parseDraft({ ...typed, name: character }) ||
				"draft" in parseDraft({ ...typed, text: character }) ||
				parseMemberName(character) !== null ||
				"value" in parseSlug(character) ||
				slugify(character) !== "",
		);
		expect(taken).toEqual([]);
	});

	it.each(seen)("take %j", async (text) => {
		expect(parseDraft({ ...typed, name: text })).toHaveProperty("draft");
		expect(await parseComment({ ...typed, text })).toHaveProperty("draft");
		// The log identifies members by name: what changes nothing that is seen is not part of it.
		expect(parseMemberName(text)).toBe(text.normalize("NFC").replaceAll("\u200b", "").trim());
	});

	it.each([">", "> ", "[](https://a.example)", "&#8203;", "```\n```", "- ", "1. \n2. ", "> - >", "&nbsp;"])(
		"refuse a comment of %j, which renders to nothing",
		async (text) => {
			expect(await parseComment({ ...typed, text })).toEqual({ errors: { text: "invisible" } });
		},
	);

	it("refuse a comment of marks around anything unseen", async () => {
		const wrapped = empty.chain((inside) =>
			fc.constantFrom(
				...[`> ${inside}`, `- ${inside}`, `[${inside}](https://a.example)`, `1. ${inside}`, inside],
				...[`\`\`\`\n${unseen[0]}\n\`\`\``, `> - ${inside}`, `- [${inside}](mailto:a@b.example)`],
			),
		);
		await fc.assert(
			fc.asyncProperty(wrapped, async (text) => {
				expect(await parseComment({ ...typed, text })).toHaveProperty("errors.text");
			}),
			{ numRuns: 500 },
		);
	});

	it("judge marks that stay as text to be text", async () => {
		for (const text of ["**", "~~", "#", "![]()", "[]", "---", "<p>", "<!-- a -->"]) {
			expect(await parseComment({ ...typed, text }), text).toHaveProperty("draft");
		}
	});
});

describe("slugs and ids", () => {
	it("hold no default-ignorable code point, whatever the name", () => {
		const name = fc
			.array(
				fc.oneof(
					fc.constantFrom(...unseen),
					fc.constantFrom(...seen),
					fc.constantFrom(...markup),
					fc.string({ unit: "grapheme" }),
				),
			)
			.map((parts) => parts.join(""));
		fc.assert(
			fc.property(name, (text) => {
				const slug = parseSlug(text);
				for (const made of [slugify(text), pathKey(text), "value" in slug ? slug.value : ""]) {
					expect(made).not.toMatch(ignorable);
				}
				const line = text.replace(/[\r\n]/g, " ");
				for (const { id } of readMarkdown(`## ${line}`).headings) expect(id).not.toMatch(ignorable);
			}),
			{ numRuns: 2000 },
		);
	});

	it("tell emoji apart", () => {
		const emoji = ["❤️", "☀️", "🐈", "🏳️‍🌈", "👍🏽", "👍", "🇯🇵"];
		expect(new Set(emoji.map(slugify)).size).toBe(emoji.length);
		expect(slugify("❤️")).toBe("❤");
		expect(slugify("I ❤️ cats")).toBe("i-cats");
	});

	it("are the same with and without variation selectors and joiners", () => {
		expect(slugify("❤")).toBe(slugify("❤️"));
		expect(pathKey("/tag/❤️/")).toBe("/tag/❤");
		expect(slugify("می‌خواهم")).toBe("میخواهم");
		expect(parseSlug("i-❤️-cats")).toEqual({ value: "i-❤-cats" });
	});

	it("are not given to a heading nobody sees", () => {
		const { headings } = readMarkdown("## &#8203;\n\n##\n\n## a\u200bb\n");
		expect(headings.map(({ id }) => id)).toEqual(["", "", "ab"]);
	});
});
