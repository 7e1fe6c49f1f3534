import { describe, expect, it } from "vitest";
import { buildFiles, post } from "../../support/workspace.ts";

const x = "content/posts/x.md";
const warned = async (body: string) => (await buildFiles({ "posts/x.md": post("", body) })).warnings;

describe("lintMarkdown", () => {
	it("reports undefined and unreferenced footnotes", async () => {
		expect(await warned("One[^a] and\ntwo[^b].\n\n[^a]: First.\n\n[^c]: Third.")).toEqual([
			`${x}:6: footnote "b" is not defined; add a line such as [^b]: Text of the note.`,
			`${x}:10: footnote "c" is never referenced; add [^c] to the text.`,
		]);
	});

	it("reports invalid formulas", async () => {
		expect(await warned("Text\n\n$$\n\\frac{a}\n$$\n\n$\\nothing$ and $x$")).toEqual([
			expect.stringMatching(/^content\/posts\/x\.md:7: formula "\\frac\{a\}" is not valid TeX \(.+\)\.$/),
			expect.stringMatching(/^content\/posts\/x\.md:11: formula "\\nothing" is not valid TeX \(.+\)\.$/),
		]);
	});

	it("reports incomplete bilingual passages", async () => {
		expect(await warned("::: pair en ja\nOne\n\n---\n\n二\n")).toEqual([
			`${x}:5: ::: pair is incomplete; it needs two languages, such as en ja, a line of --- between the texts, and a line of ::: at the end.`,
		]);
	});

	it("ignores code and valid markup", async () => {
		expect(
			await warned(
				"`[^a]` and[^1] $x$\n\n```\n[^b]\n::: pair\n```\n\n[^1]: Note.\n\n::: pair en ja\nOne\n\n---\n\n二\n:::\n",
			),
		).toEqual([]);
	});
});
