import { describe, expect, it } from "vitest";
import { buildFiles, post } from "../../support/workspace.ts";

/** Characters that U+FFFD replaces; none of these may remain. */
const notXml = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

describe("the scripts of the posts", () => {
	it("are those of which any post or page contains a sentence", async () => {
		const japanese = "この文章は日本語で書いてあります。猫が好きな人のためのブログです。";
		const { textScripts } = await buildFiles({
			"posts/a.md": post("", `Half of this is English, and ends here.\n\n${japanese}\n`),
			"posts/b.md": post("", "One word alone: кот.\n"),
			"pages/c.md": "---\ntitle: C\n---\nΑυτή η πρόταση είναι γραμμένη στα ελληνικά.\n",
		});
		expect(textScripts).toEqual(["Greek", "Japanese", "Latin"]);
	});
});

describe("invisible text in content", () => {
	it.each([
		["title", "\u200b"],
		["tags", "[\u3164]"],
		["categories", "\u2800"],
		["author", "\ufe0f"],
		["series", "\u200d"],
		["summary", "\u00ad"],
	])("as %s is an error with its line", async (key, value) => {
		const build = buildFiles({
			"posts/a.md": post(`${key}: "${value}"`.replace('"[', '["').replace(']"', '"]')),
		});
		await expect(build).rejects.toThrow(
			new RegExp(
				`^content/posts/a\\.md:\\d: ${key}: has only characters that nobody can see; add a value or remove it\\.`,
			),
		);
	});

	it("as a heading is warned about, an emoji or a picture is not", async () => {
		const { warnings } = await buildFiles({
			"posts/a.md": post(
				"",
				"## &#8203;\n\ntext\n\n## 🐈\n\n## ![A cat](https://cats.example/a.png)\n\n>## \u2800\n",
			),
		});
		expect(warnings.filter((warning) => warning.includes("heading"))).toEqual([
			"content/posts/a.md:5: heading has no text that readers would see; write some or remove it.",
			"content/posts/a.md:13: heading has no text that readers would see; write some or remove it.",
		]);
	});

	it("leaves no trace in addresses: emoji tags have one each", async () => {
		const { posts } = await buildFiles({
			"posts/2024-03-31-i-❤️-cats.md": post("tags: [❤️, ☀️, 👨‍👩‍👧]"),
		});
		expect(posts[0]?.tags.map(({ slug }) => slug)).toEqual(["❤", "☀", "👨👩👧"]);
		expect(posts[0]?.path).toBe("/2024/03/31/i-❤-cats/");
	});
});

describe("characters XML cannot hold", () => {
	it("reach nothing the build writes but the body, of which the build warns", async () => {
		const fields = ["title", "author", "summary", "series"].map(
			(key) => `${key}: "${key}\\x01\\uFFFE\\uD800x"`,
		);
		const { posts, warnings } = await buildFiles({
			"site.yaml": 'title: "A\\x02B"\ntagline: "\\uFFFF."\nnavigation:\n  - { title: "N\\x03x", url: /n/ }\n',
			"posts/a.md": post(
				`${fields.join("\n")}\ntags: ["t\\x04\\uFFFFt"]\nimage: { src: https://cats.example/a.png, alt: "a\\x05\\uFFFE" }`,
				"a\u0001b &#2;\n\n## c\u0003&#xFFFE;\n",
			),
		});
		const { markdown, ...rest } = posts[0] ?? { markdown: "" };
		expect(JSON.stringify(rest)).toContain("title");
		const texts: string[] = [];
		JSON.stringify(rest, (_, value) => {
			if (typeof value === "string") texts.push(value);
			return value;
		});
		expect(texts.filter((text) => notXml.test(text) || /&#(?:2|xFFFE);/.test(text))).toEqual([]);
		expect(warnings.filter((warning) => warning.includes("cannot be shown"))).toEqual([
			"content/posts/a.md:10: the character U+0001 cannot be shown; remove it.",
			"content/posts/a.md:12: the character U+0003 cannot be shown; remove it.",
		]);
	});
});
