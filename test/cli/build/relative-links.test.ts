import { describe, expect, it } from "vitest";
import { buildFiles, buildProblems, post } from "../../support/workspace.ts";

const files = {
	"posts/2024/a.md": post(""),
	"posts/2024/猫.md": post("", "## はじめに\n\n## Two *words*\n\n<p id='raw'>Text</p>\n"),
	"pages/about.md": "---\ntitle: About\n---\n## Us\n",
};
const a = "content/posts/2024/a.md";
const from = (body: string) => ({ ...files, "posts/2024/a.md": post("", body) });

describe("a link to a file", () => {
	it("is resolved to the address of a post or page, with its fragment", async () => {
		const { posts, pages } = await buildFiles({
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

	it("must lead to an existing file and heading", async () => {
		expect(
			await buildProblems(
				from("[x](./猫s.md)\n\n> [x](../2023/none.md)\n\n[x](猫.md#nowhere-near) [x](猫.md#two-word)"),
			),
		).toEqual([
			`${a}:5: link "./猫s.md" does not lead to a post or page; did you mean "./猫.md"?`,
			`${a}:7: link "../2023/none.md" does not lead to a post or page; write the path of a file in posts/ or pages/, relative to this one.`,
			`${a}:9: link "猫.md#nowhere-near" does not lead to a heading of content/posts/2024/猫.md; remove the part from # on.`,
			`${a}:9: link "猫.md#two-word" does not lead to a heading of content/posts/2024/猫.md; did you mean "#two-words"?`,
		]);
	});

	it("works in raw HTML, block or inline, too", async () => {
		const block = "<p class=x>\n<a title='y' href=./猫.md#raw>x</a>\n</p>\n\n";
		const { posts } = await buildFiles(from(`${block}and <a href="%E7%8C%AB.md">x</a> <b>b</b>`));
		const [built, cat] = ["a", "猫"].map((name) => posts.find(({ slug }) => slug === name));
		const path = encodeURI(cat?.path ?? "");
		expect(built?.html).toBe(
			`<p class=x>\n<a title='y' href="${path}#raw">x</a>\n</p><p>and <a href="${path}">x</a> <b>b</b></p>\n`,
		);
	});

	it("finds files whose names contain signs of addresses", async () => {
		const names = ["C#.md", "100%.md", "what?.md", "a%20b.md", "constructor.md"];
		const { posts } = await buildFiles({
			...Object.fromEntries(names.map((name, at) => [`posts/${name}`, post(`slug: s${at}`)])),
			"posts/x.md": post("", names.map((name) => `[x](<${name}>)`).join(" ")),
		});
		const built = posts.find(({ slug }) => slug === "x");
		const html = built?.html ?? "";
		expect(Array.from(html.matchAll(/href="[^"]*\/(s\d)\/"/g), ([, slug]) => slug)).toEqual(
			names.map((_, at) => `s${at}`),
		);
	});

	it("is warned about if it leads to a draft; code and other addresses are ignored", async () => {
		const { warnings } = await buildFiles({
			...from("[x](猫.md) `[x](none.md)` [y](https://a.example/none.md) [z](/none.md)"),
			"posts/2024/猫.md": post("draft: true"),
		});
		expect(warnings).toEqual([`${a}:5: link "猫.md" leads to a draft, which readers cannot open.`]);
	});
});
