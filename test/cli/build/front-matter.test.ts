import { describe, expect, it } from "vitest";
import { buildFiles, buildProblems, post, workspace } from "../../support/workspace.ts";

const x = "content/posts/x.md";

describe("front matter", () => {
	it("accepts a byte order mark and Windows line ends", async () => {
		const text = `\uFEFF${post("tags: [a]", "First.\n\nSecond.\n").replaceAll("\n", "\r\n")}`;
		const { posts, bodies } = await buildFiles({ "posts/x.md": text });
		expect(posts[0]?.title).toBe("Hello");
		expect(bodies).toBe("First.\n\nSecond.\n");
	});

	it("keeps a later --- for the body", async () => {
		const { bodies } = await buildFiles({ "posts/x.md": post("", "One.\n\n---\n\nTwo.\n") });
		expect(bodies).toBe("One.\n\n---\n\nTwo.\n");
	});

	it("may end at the end of the file", async () => {
		const { posts } = await buildFiles({ "posts/x.md": "---\ntitle: a\ndate: 2024-01-01\n---" });
		expect(posts[0]?.markdown).toBe("");
	});

	it.each([
		[
			"# Hello\n",
			`${x}:1: front matter is missing; start the file with a line of ---, then title: and the other keys, then a line of ---.`,
		],
		["---\ntitle: a\n", `${x}:1: front matter is not closed; add a line of --- after its last key.`],
		[
			"---\ntitle: a: b\ndate: 2024-01-01\n---\n",
			`${x}:2: title: a value with ": " in it needs quotes; write title: "a: b".`,
		],
		[
			'---\ndate: 2024-01-01\ntitle: The "a": b\n---\n',
			`${x}:3: title: a value with ": " in it needs quotes; write title: 'The "a": b'.`,
		],
		[
			'---\ntitle: "abc\ndate: 2024-01-01\n---\n',
			`${x}:2: title: a quotation mark is not closed; add one at the end of the value.`,
		],
		[
			"---\ntitle: 'it's'\ndate: 2024-01-01\n---\n",
			`${x}:2: title: has text after its closing quotation mark; use the other kind of quotes around the whole value.`,
		],
		[
			"---\ntitle: @home\ndate: 2024-01-01\n---\n",
			`${x}:2: title: a value starting with "@" needs quotes; write title: "@home".`,
		],
		[
			"---\ndate: 2024-01-01\ntitle: *really* good\n---\n",
			`${x}:3: title: a value starting with "*" needs quotes; write title: "*really* good".`,
		],
		[
			"---\ntitle: &so on\ndate: 2024-01-01\n---\n",
			`${x}:2: title: a value starting with "&" needs quotes; write title: "&so on".`,
		],
		[
			"---\ntitle: !important news\ndate: 2024-01-01\n---\n",
			`${x}:2: title: a value starting with "!" needs quotes; write title: "!important news".`,
		],
		["---\ntitle: a\ndate:2024-01-01\n---\n", `${x}:3: date: add a space after the colon.`],
		["---\n\ttitle: a\n---\n", `${x}:2: is indented with a tab; use spaces.`],
		[
			"---\ntitle: a\ntags: [a, b\ndate: 2024-01-01\n---\n",
			`${x}:3: tags: [ is not closed; add ] at the end.`,
		],
		["---\ntitle: a\ndate: 2024-01-01\ntitle: b\n---\n", `${x}:4: title: appears twice; keep only one.`],
		["---\n- a\n---\n", `${x}:2: must contain keys with values; write a line such as title: Hello.`],
	])("reports %j as %s", async (text, message) => {
		expect(await buildProblems({ "posts/x.md": text })).toEqual([message]);
	});

	it("is reported at the first line that is not UTF-8", async () => {
		const latin = Buffer.from("---\ntitle: Caf\xe9\n---\n", "latin1");
		expect(await buildProblems({ "posts/x.md": latin })).toEqual([
			`${x}:2: is not UTF-8; save the file as UTF-8.`,
		]);
	});

	it("keeps numbers, versions and keywords as typed", async () => {
		const { posts } = await buildFiles({ "posts/x.md": post("title: 2001\ntags: [1.10, true, 007]") });
		expect(posts[0]?.title).toBe("2001");
		expect(posts[0]?.tags.map(({ name }) => name)).toEqual(["1.10", "true", "007"]);
	});

	it("does not hide problems in the body when it is invalid", async () => {
		const space = workspace({ "posts/x.md": "---\ntitle: @a\n---\n![x](/media/none.png)\n" });
		const result = await space.build();
		expect(result.ok ? [] : space.printed(result.problems)).toEqual([
			`${x}:2: title: a value starting with "@" needs quotes; write title: "@a".`,
			`${x}:4: image "/media/none.png" does not exist; add content/media/none.png.`,
		]);
	});
});
