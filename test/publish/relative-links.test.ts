import { describe, expect, it } from "vitest";
import { built, mistakes, post } from "./workspace.ts";

const files = {
	"posts/2024/a.md": post(""),
	"posts/2024/猫.md": post("", "## はじめに\n\n## Two *words*\n\n<p id='raw'>Text</p>\n"),
	"pages/about.md": "---\ntitle: About\n---\n## Us\n",
};
const a = "content/posts/2024/a.md";
const from = (body: string) => ({ ...files, "posts/2024/a.md": post("", body) });

describe("a link to a file", () => {
	it("leads to what the file becomes, between posts and pages, with its fragment", async () => {
		const { posts, pages } = await built({
			...from(
				"[1](./猫.md) [2](猫.md#はじめに) [3](%E7%8C%AB.md#two-words) [4](../../pages/about.md#us) [5](猫.md#raw)\n\n[6]: ./猫.md?x=1\n[6]",
			),
			"pages/about.md": "---\ntitle: About\n---\n## Us\n\n[a](../posts/2024/a.md)\n",
		});
		const cat = posts.find(({ slug }) => slug === "猫");
		const path = encodeURI(cat?.path ?? "");
		expect(posts.find(({ slug }) => slug === "a")?.links).toEqual({
			"./猫.md": path,
			"猫.md#はじめに": `${path}#はじめに`,
			"%E7%8C%AB.md#two-words": `${path}#two-words`,
			"../../pages/about.md#us": "/about/#us",
			"猫.md#raw": `${path}#raw`,
			"./猫.md?x=1": `${path}?x=1`,
		});
		expect(pages[0]?.links).toEqual({ "../posts/2024/a.md": expect.stringMatching(/^\/\d{4}\/.*\/a\/$/) });
	});

	it("must lead to a file that is there, and to a heading of it", async () => {
		expect(
			await mistakes(
				from("[x](./猫s.md)\n\n> [x](../2023/none.md)\n\n[x](猫.md#nowhere-near) [x](猫.md#two-word)"),
			),
		).toEqual([
			`${a}:5: link "./猫s.md" leads to no post or page; did you mean "./猫.md"?`,
			`${a}:7: link "../2023/none.md" leads to no post or page; write the path of a file below posts/ or pages/, seen from this one.`,
			`${a}:9: link "猫.md#nowhere-near" leads to no heading of content/posts/2024/猫.md; leave out what comes from the # on.`,
			`${a}:9: link "猫.md#two-word" leads to no heading of content/posts/2024/猫.md; did you mean "#two-words"?`,
		]);
	});

	it("works in Markdown only", async () => {
		expect(await mistakes(from('<a href="./猫.md">x</a>'))).toEqual([
			`${a}:5: link "./猫.md" is in HTML, where only addresses work; write it in Markdown, as [text](file.md).`,
		]);
	});

	it("warns of a draft, and leaves code and other addresses alone", async () => {
		const { warnings } = await built({
			...from("[x](猫.md) `[x](none.md)` [y](https://a.example/none.md) [z](/none.md)"),
			"posts/2024/猫.md": post("draft: true"),
		});
		expect(warnings).toEqual([`${a}:5: link "猫.md" leads to a draft; readers will not find it.`]);
	});
});
