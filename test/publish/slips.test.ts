import { describe, expect, it } from "vitest";
import { built, post } from "./workspace.ts";

const x = "content/posts/x.md";
const warned = async (body: string) => (await built({ "posts/x.md": post("", body) })).warnings;

describe("a slip of the pen", () => {
	it("in a note is told of: called but not written, written but not called", async () => {
		expect(await warned("One[^a] and\ntwo[^b].\n\n[^a]: First.\n\n[^c]: Third.")).toEqual([
			`${x}:6: note "b" is called but not written; add a line such as [^b]: What there is to say.`,
			`${x}:10: note "c" is never called; write [^c] where it belongs.`,
		]);
	});

	it("in a formula is told of", async () => {
		expect(await warned("Text\n\n$$\n\\frac{a}\n$$\n\n$\\nothing$ and $x$")).toEqual([
			expect.stringMatching(
				/^content\/posts\/x\.md:7: formula "\\frac\{a\}" is not TeX that can be set \(.+\); correct it\.$/,
			),
			expect.stringMatching(
				/^content\/posts\/x\.md:11: formula "\\nothing" is not TeX that can be set \(.+\); correct it\.$/,
			),
		]);
	});

	it("in a passage in two languages is told of", async () => {
		expect(await warned("::: pair en ja\nOne\n\n---\n\n二\n")).toEqual([
			`${x}:5: ::: pair is not whole; write two languages after it, such as en ja, a line of --- between the texts, and a line of ::: at the end.`,
		]);
	});

	it("is not seen in code, nor where everything is right", async () => {
		expect(
			await warned(
				"`[^a]` and[^1] $x$\n\n```\n[^b]\n::: pair\n```\n\n[^1]: Note.\n\n::: pair en ja\nOne\n\n---\n\n二\n:::\n",
			),
		).toEqual([]);
	});
});
