import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderCommentMarkdown } from "../../../src/comments/markdown.ts";
import { htmlLimit, parseComment } from "../../../src/comments/parse-comment.ts";
import { repeated } from "../../support/adversarial.ts";

const typed = { name: "Ann", email: "", website: "" };

/** Repeats a text to the most characters a comment may have. */
const repeat = (text: string) => text.repeat(Math.floor(10_000 / text.length)).slice(0, 10_000);

/** Texts that render to many times their length. */
const inflating = [
	...["a@b.cc ", "www.a.b ", "[](a:b)", ">\n\n", ">>>>>>>>a\n\n", "- - - - - - - - a\n", "* a\n", "1. a\n"],
	...['"', "'", "&", "<", ">", "`<`", "**a**", "*a*", "~~a~~", "a\n", "a\n\n", '```\n"\n```\n'],
];

async function expectBounded(text: string): Promise<void> {
	const parsed = await parseComment({ ...typed, text });
	if ("html" in parsed) expect(parsed.html.length).toBeLessThanOrEqual(htmlLimit);
	else expect(["required", "invisible", "too_long", "too_much_markup"]).toContain(parsed.errors.text);
}

describe("a comment's HTML", () => {
	it.each([...repeated, ...inflating])("has a limit, whatever is repeated: %j", async (text) => {
		await expectBounded(repeat(text));
	});

	it("has a limit, whatever combination is repeated", async () => {
		const unit = fc
			.array(fc.constantFrom(...inflating, ...repeated), { minLength: 1, maxLength: 4 })
			.map((all) => repeat(all.join("")));
		await fc.assert(fc.asyncProperty(unit, expectBounded), { numRuns: 60 });
	}, 60_000);

	it.each(["a@b.cc ", "www.a.b ", ">>>>>>>>a\n\n"])("beyond it is refused: %j", async (text) => {
		expect(renderCommentMarkdown(repeat(text)).length).toBeGreaterThan(htmlLimit);
		expect(await parseComment({ ...typed, text: repeat(text) })).toEqual({
			errors: { text: "too_much_markup" },
		});
	});

	it("is within it for the longest texts that people write", async () => {
		const prose = 'It\'s a "quotation" from https://a.example/page, *really* — and then some more words.\n\n';
		const code = "```\nif (a < b && c > d) { return \"<a href='x'>\" }\n```\n";
		const list = "- a point of some words\n- another [link](https://a.example)\n\n> a quotation\n\n";
		for (const text of [prose, code, list, "本文です。*強調*。\n"])
			expect(await parseComment({ ...typed, text: repeat(text) }), text).toHaveProperty("html");
	});
});
