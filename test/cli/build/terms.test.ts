import { describe, expect, it } from "vitest";
import { type BuiltContent, buildFiles, buildProblems, post } from "../../support/workspace.ts";

describe("terms", () => {
	it("have the spelling of the oldest published post", async () => {
		const { posts, warnings } = await buildFiles({
			"posts/a.md": post("date: 2019-01-01\ndraft: true\ntags: EDGE"),
			"posts/b.md": post("date: 2024-01-01\ntags: edge"),
			"posts/c.md": post("date: 2020-01-01\ntags: Edge\ncategories: edge"),
		});
		expect(posts.map(({ id, tags }) => [id, tags])).toEqual([
			["b", [{ name: "Edge", slug: "edge" }]],
			["c", [{ name: "Edge", slug: "edge" }]],
			["a", [{ name: "Edge", slug: "edge" }]],
		]);
		expect(posts[1]?.categories).toEqual([{ name: "edge", slug: "edge" }]);
		expect(warnings).toEqual([]);
	});

	/** Front matter with a name in each place that has terms. */
	const places: Readonly<Record<string, (name: string) => string>> = {
		categories: (name) => `categories: [${JSON.stringify(name)}]`,
		tags: (name) => `tags: [other, ${JSON.stringify(name)}]`,
		series: (name) => `series: ${JSON.stringify(name)}`,
		author: (name) => `author: ${JSON.stringify(name)}`,
		authors: (name) => `authors: [Other, ${JSON.stringify(name)}]`,
	};
	const lastTerm = ({ posts }: Pick<BuiltContent, "posts">, id: string, key: string) => {
		const found = posts.find((post) => post.id === id);
		const terms = { categories: found?.categories, tags: found?.tags, series: [found?.series] };
		return (terms[key as keyof typeof terms] ?? found?.authors)?.at(-1);
	};
	const build = (key: string, names: readonly string[], site = "") =>
		buildFiles({
			"site.yaml": `title: T\n${site}`,
			...Object.fromEntries(
				names.map((name, at) => [`posts/${at}.md`, post(`date: 202${at}-01-01\n${places[key]?.(name)}`)]),
			),
		});

	describe.each(Object.keys(places))("of %s", (key) => {
		it.each([
			["C", "C++", "C#", "C+"],
			["F#", "F", "F##"],
			["A+", "A", "A+B"],
			["Notepad++", "Notepad"],
			["❤️", "☀️"],
		])("have addresses of their own: %s, %s", async (...names) => {
			const built = await build(key, names);
			expect(built.warnings).toEqual([]);
			const shown = names.map((_, at) => lastTerm(built, String(at), key));
			expect(shown.map((term) => term?.name)).toEqual(names);
			expect(new Set(shown.map((term) => term?.slug)).size).toBe(names.length);
		});

		it.each([
			["Cats", "CATS", "ｃａｔｓ", "Ｃats"],
			["ネコ", "ﾈｺ"],
			["é", "e\u0301", "É"],
			["C#", "c#", "Ｃ＃"],
			["한국", "한국".normalize("NFD")],
		])("are one in any case, width and normal form: %s, %s", async (...names) => {
			const built = await build(key, names);
			expect(built.warnings).toEqual([]);
			const shown = new Set(names.map((_, at) => JSON.stringify(lastTerm(built, String(at), key))));
			expect([...shown]).toEqual([JSON.stringify(lastTerm(built, "0", key))]);
		});

		it.each([
			["Web dev", "Web-dev"],
			["Q", "Q?"],
			["Net", ".NET"],
			["x2", "x²"],
			["cats", "#cats"],
			["Rock & Roll", "Rock Roll"],
		])("are warned about when they share an address knowingly or not: %s, %s", async (first, second) => {
			const built = await build(key, [first, second]);
			expect(lastTerm(built, "1", key)?.name).toBe(first);
			expect(built.warnings).toEqual([
				`content/posts/1.md:4: ${key}: "${second}" has the same address as "${first}", by which it is shown; use the same spelling, or give it a slug of its own under terms in site.yaml.`,
			]);
			const terms = `terms:\n  ${JSON.stringify(second)}: { slug: another }\n`;
			const apart = await build(key, [first, second], terms);
			expect(apart.warnings).toEqual([]);
			expect(lastTerm(apart, "1", key)).toEqual({ name: second, slug: "another" });
		});
	});

	it("may be merged in site.yaml, whose spelling is shown", async () => {
		const site = "terms:\n  Cats: { slug: felines, description: Mostly asleep. }\n  cat: { slug: felines }\n";
		const built = await build("tags", ["cat", "CATS", "felines"], site);
		expect(built.posts.map(({ tags }) => tags.at(-1))).toEqual(
			Array.from({ length: 3 }, () => ({ name: "Cats", slug: "felines" })),
		);
		expect(built.site.terms).toEqual({ felines: "Mostly asleep." });
		expect(built.warnings).toEqual([
			'content/posts/2.md:4: tags: "felines" has the same address as "Cats", by which it is shown; use the same spelling, or give it a slug of its own under terms in site.yaml.',
		]);
	});

	it("of one post are merged with a warning", async () => {
		const { posts, warnings } = await buildFiles({
			"posts/a.md": post('tags: ["Web dev", Web-dev, WEB DEV]'),
		});
		expect(posts[0]?.tags).toEqual([{ name: "Web dev", slug: "web-dev" }]);
		expect(warnings).toHaveLength(1);
	});

	it("of site.yaml are checked", async () => {
		const warned = await buildFiles({
			"site.yaml": "title: T\nterms:\n  Catz: { description: x }\n",
			"posts/a.md": post("tags: Cats"),
		});
		expect(warned.warnings).toEqual([
			'content/site.yaml:3: terms.Catz: no post has a category, tag, series or author of this name; did you mean "Cats"?',
		]);
		const problems = async (...lines: string[]) =>
			buildProblems({ "site.yaml": ["title: T", ...lines, ""].join("\n") });
		expect(await problems("terms: C", "authors:", "  Jo Do: {}", "  Jo-do: {}")).toEqual([
			"content/site.yaml:2: terms: must be a map of names, not text; add a line such as C#: and, indented below it, slug: c-sharp.",
			'content/site.yaml:5: authors.Jo-do: is the same name as "Jo Do"; keep one of them.',
		]);
		expect(await problems("terms:", "  C: { slug: a/b }", "  D: {}", "  Ｄ: {}")).toEqual([
			'content/site.yaml:3: terms.C.slug: "a/b" contains "/"; write one such as a-b.',
			'content/site.yaml:5: terms.Ｄ: is the same name as "D"; keep one of them.',
		]);
	});
});
