import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { site } from "../../../src/web/site/index.ts";
import { anyText } from "../../support/arbitraries.ts";
import { type Blog, startBlog } from "../../support/blog.ts";

const hello = "/2024/05/01/hello/";
const token = "a.b.c";

/** A value that exists for each path parameter. */
const values: Record<string, string> = {
	slug: "cloud",
	number: "1",
	lang: "ja",
	year: "2024",
	month: "05",
	id: "1",
	post: "2024/05/01/hello",
};

/** Paths of routes that are known by a file's name only. */
const files: Record<string, string> = {
	"/:file{sitemap-(?:lists-)?[1-9][0-9]{0,4}\\.xml}": "/sitemap-1.xml",
	"/:file{llms-full-[1-9][0-9]{0,4}\\.txt}": "/llms-full-1.txt",
	"/scripts/:file{[a-z0-9-]+\\.js}": "/scripts/x.js",
	"/scripts/:file{speculation-[0-9a-f]+\\.json}": "/scripts/speculation-0.json",
};

const entry = [hello, encodeURI("/2024/05/02/こんばんは/"), "/about/"];

/** The queries that the site's own links have. */
const known = (path: string) =>
	entry.includes(path)
		? /^(\?(sort=(newest|top)|(sort=(newest|top)&|branch=[1-9]\d*&)?after=[1-9]\d{0,14}|(flash|preview)=a\.b\.c))?$/
		: path.startsWith("/search")
			? /^(\?q=[\w.*+%-]+(&lang=[a-z]+)?(&category=[\w%-]+)?(&year=\d{4})?(&page=[1-9]\d*)?)?$/
			: path === "/comments/count"
				? /^\?post=[\w.!~*'()%-]*$/
				: /\/feed\.\w+$/.test(path)
					? /^(\?page=(?!1$)[1-9]\d{0,5})?$/
					: /\/comments\.\w+$/.test(path)
						? /^(\?before=[1-9]\d{0,14})?$/
						: /^$/;

/** The address of every shared page, from the route table. */
const shared = [
	...new Set([
		...site.routes
			.filter(({ method }) => method === "GET")
			.map(
				({ path }) =>
					files[path] ?? path.replace(/:(\w+)(\{[^/]*\})?/g, (_, name: string) => values[name] ?? "?"),
			)
			// The first page of a list is the list.
			.map((path) => path.replace("page/1/", "")),
		...entry,
	]),
];

/** A query of known and unknown parameters with any values, repeated and in any order. */
const parameter = fc.tuple(
	fc.oneof(
		fc.constantFrom(
			"q",
			"lang",
			"category",
			"year",
			"sort",
			"after",
			"before",
			"branch",
			"post",
			"flash",
			"preview",
			"utm_source",
			"x",
			"page",
		),
		anyText,
	),
	fc.oneof(
		fc.constantFrom("newest", "1", "2", "01", "999999999999999999", "2024-05-01-hello", token),
		anyText,
	),
);
const anyQuery = fc.oneof(
	fc.array(parameter, { maxLength: 4 }).map((pairs) => `?${new URLSearchParams(pairs)}`),
	anyText.map((text) => `?${encodeURI(text.toWellFormed()).replaceAll("#", "%23")}`),
);

let blog: Blog;

/** Without tables, any page that reads the database fails. */
beforeAll(async () => {
	blog = await startBlog({
		migrated: false,
		files: { "posts/2024-05-04-more.md": "---\ntitle: M\ndate: 2024-05-04\n---\n" },
	});
});
afterAll(() => blog.stop());

describe("a shared page", () => {
	it("is rendered for the queries its own links have, and every other leads there without a read", async () => {
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...shared), anyQuery, async (path, query) => {
				if (known(path).test(query)) return;
				const logged = blog.log.length;
				const { status, headers } = await blog.get(path + query);
				expect([path + query, status]).toEqual([path + query, 302]);
				expect(headers.get("Cache-Control")).toBe("public, max-age=86400");
				expect(blog.log.slice(logged).filter((line) => !line.includes('"event":"request"'))).toEqual([]);
				const to = new URL(headers.get("Location") ?? "", blog.origin);
				expect([to.pathname, to.search]).toEqual([path, expect.stringMatching(known(path))]);
			}),
			{ numRuns: 800 },
		);
	}, 60_000);

	it.each([
		["?x=1", ""],
		["?", ""],
		["?utm_source=x&fbclid=y&after=1", "?after=1"],
		["?after=1&sort=newest", "?sort=newest&after=1"],
		["?sort=top&sort=newest", "?sort=top"],
		["?sort=oldest", ""],
		["?sort=x", ""],
		["?after=01", ""],
		["?after=999999999999999999", ""],
		["?branch=1", ""],
		["?sort=newest&branch=1&after=2", "?branch=1&after=2"],
		["?%61fter=1", "?after=1"],
		["?flash=x", ""],
		[`?x=1&flash=${token}&after=1`, `?flash=${token}`],
	])("with %s leads to %s", async (query, spelled) => {
		const { status, headers } = await blog.get(hello + query);
		expect([status, headers.get("Location")]).toEqual([302, hello + spelled]);
	});

	it("has one spelling where the path names a comment", async () => {
		for (const path of ["/%63omments/12", "/comments/%31%32?x", "/comments/12?x"])
			expect((await blog.get(path)).headers.get("Location")).toBe("/comments/12");
	});

	it("keeps its known parameters, and no others, on the way from an old address", async () => {
		for (const [from, to] of [
			["/2024/5/1/Hello?x=1&sort=newest", `${hello}?sort=newest`],
			["/Archive?sort=newest", "/archive/"],
			["/?feed=rss2&x=1", "/feed.xml"],
		] as const) {
			const { status, headers } = await blog.get(from);
			expect([status, headers.get("Location")]).toEqual([301, to]);
		}
	});
});
