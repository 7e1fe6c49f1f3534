import { describe, expect, it } from "vitest";
import { built, mistakes, post, workspace } from "./workspace.ts";

const x = "content/posts/x.md";

describe("front matter", () => {
	it("may follow a byte order mark and end its lines as Windows does", async () => {
		const text = `\uFEFF${post("tags: [a]", "First.\n\nSecond.\n").replaceAll("\n", "\r\n")}`;
		const { posts, bodies } = await built({ "posts/x.md": text });
		expect(posts[0]?.title).toBe("Hello");
		expect(bodies).toBe("First.\n\nSecond.\n");
	});

	it("keeps a later --- for the body", async () => {
		const { bodies } = await built({ "posts/x.md": post("", "One.\n\n---\n\nTwo.\n") });
		expect(bodies).toBe("One.\n\n---\n\nTwo.\n");
	});

	it("may end the file", async () => {
		const { posts } = await built({ "posts/x.md": "---\ntitle: a\ndate: 2024-01-01\n---" });
		expect(posts[0]?.markdown).toBe("");
	});

	it.each([
		[
			"# Hello\n",
			`${x}:1: front matter is missing; begin the file with a line of ---, then title: and its other keys, then a line of ---.`,
		],
		["---\ntitle: a\n", `${x}:1: front matter has no end; write a line of --- after its last key.`],
		[
			"---\ntitle: a: b\ndate: 2024-01-01\n---\n",
			`${x}:2: title: a value that holds ": " needs quotes; write title: "a: b".`,
		],
		[
			'---\ndate: 2024-01-01\ntitle: The "a": b\n---\n',
			`${x}:3: title: a value that holds ": " needs quotes; write title: 'The "a": b'.`,
		],
		[
			'---\ntitle: "abc\ndate: 2024-01-01\n---\n',
			`${x}:2: title: a quotation mark is not closed; write one at the end of the value.`,
		],
		[
			"---\ntitle: 'it's'\ndate: 2024-01-01\n---\n",
			`${x}:2: title: has text after its closing quotation mark; use the other kind of quotes around the whole value.`,
		],
		[
			"---\ntitle: @home\ndate: 2024-01-01\n---\n",
			`${x}:2: title: a value that begins with "@" needs quotes; write title: "@home".`,
		],
		[
			"---\ndate: 2024-01-01\ntitle: *really* good\n---\n",
			`${x}:3: title: a value that begins with "*" needs quotes; write title: "*really* good".`,
		],
		[
			"---\ntitle: &so on\ndate: 2024-01-01\n---\n",
			`${x}:2: title: a value that begins with "&" needs quotes; write title: "&so on".`,
		],
		[
			"---\ntitle: !important news\ndate: 2024-01-01\n---\n",
			`${x}:2: title: a value that begins with "!" needs quotes; write title: "!important news".`,
		],
		["---\ntitle: a\ndate:2024-01-01\n---\n", `${x}:3: date: write a space after the colon.`],
		["---\n\ttitle: a\n---\n", `${x}:2: begins with a tab; indent with spaces.`],
		[
			"---\ntitle: a\ntags: [a, b\ndate: 2024-01-01\n---\n",
			`${x}:3: tags: begins with [ and does not end; write ] at its end.`,
		],
		[
			"---\ntitle: a\ndate: 2024-01-01\ntitle: b\n---\n",
			`${x}:4: title: is written twice; keep one of them.`,
		],
		["---\n- a\n---\n", `${x}:2: must be keys with values; write a line such as title: Hello.`],
	])("%j is told as %s", async (text, message) => {
		expect(await mistakes({ "posts/x.md": text })).toEqual([message]);
	});

	it("is told by the line on which the file stops being UTF-8", async () => {
		const latin = Buffer.from("---\ntitle: Caf\xe9\n---\n", "latin1");
		expect(await mistakes({ "posts/x.md": latin })).toEqual([
			`${x}:2: is not UTF-8; save the file as UTF-8.`,
		]);
	});

	it("keeps numbers, versions and words as they were typed", async () => {
		const { posts } = await built({ "posts/x.md": post("title: 2001\ntags: [1.10, true, 007]") });
		expect(posts[0]?.title).toBe("2001");
		expect(posts[0]?.tags.map(({ name }) => name)).toEqual(["1.10", "true", "007"]);
	});

	it("that cannot be read does not hide what is wrong in the body", async () => {
		const space = workspace({ "posts/x.md": "---\ntitle: @a\n---\n![x](/media/none.png)\n" });
		const result = await space.build();
		expect(result.ok ? [] : space.printed(result.problems)).toEqual([
			`${x}:2: title: a value that begins with "@" needs quotes; write title: "@a".`,
			`${x}:4: image "/media/none.png" does not exist; add content/media/none.png.`,
		]);
	});
});
