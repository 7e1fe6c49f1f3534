import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDate, parseTimezone, resolveDate } from "../../../src/build/dates.ts";
import { splitFrontMatter } from "../../../src/build/front-matter.ts";
import { formatPermalink, parsePermalink } from "../../../src/build/permalinks.ts";
import { parseName, parseSlug } from "../../../src/build/slugs.ts";
import { parseYaml } from "../../../src/build/yaml.ts";
import { pathKey, slugify } from "../../../src/posts/paths.ts";
import { repeated } from "../../support/adversarial.ts";
import { almostValid, anyText } from "../../support/arbitraries.ts";
import { workspace } from "../../support/workspace.ts";

/** Valid and invalid YAML values. */
const written = fc.oneof(
	almostValid,
	anyText,
	fc.constantFrom(
		...[
			"[a, b]",
			"[a, [b]]",
			"{ a: b }",
			"{",
			"[",
			"'",
			'"a',
			"|",
			">-",
			"&a x",
			"*a",
			"!!binary x",
			"!tag",
			"? a",
			"- a",
		],
		...[
			"\n  - a\n  - b",
			"\n  src: /media/x.png\n  alt: x",
			"\n\tx: 1",
			"~",
			"yes",
			"2001-01-01T99:00",
			": :",
			"# x",
			"---",
		],
		..."[{\"'&*!|>%@`#-?:,".split("").map((sign) => sign.repeat(2000)),
	),
);

const postKeys = [
	...[
		"title",
		"date",
		"id",
		"slug",
		"updated",
		"author",
		"categories",
		"tags",
		"lang",
		"summary",
		"image",
		"draft",
	],
	...[
		"toc",
		"comments",
		"aliases",
		"wordpress_id",
		"translation",
		"series",
		"authors",
		"navigation_order",
		"feed_id",
		"__proto__",
		"x",
	],
];
const siteKeys = [
	...[
		"title",
		"tagline",
		"url",
		"language",
		"timezone",
		"author",
		"authors",
		"terms",
		"permalink",
		"previous_permalinks",
	],
	...[
		"posts_per_page",
		"home",
		"navigation",
		"markdown",
		"comments",
		"reactions",
		"privacy",
		"notifications",
	],
	...["limits", "comments_per_hour", "__proto__", "x"],
];

const lines = (keys: readonly string[]) =>
	fc
		.array(fc.tuple(fc.constantFrom(...keys), written), { maxLength: 5 })
		.map((pairs) => pairs.map(([key, value]) => `${key}: ${value}\n`).join(""));
const body = fc
	.array(
		fc.oneof(anyText, fc.constantFrom(...repeated, "\n", "[x](./other.md#y)", "![](/media/x.png)", "<x ")),
		{ maxLength: 12 },
	)
	.map((parts) => parts.join(""));
const post = fc
	.tuple(fc.boolean(), lines(postKeys), body)
	.map(
		([whole, front, text]) => `---\n${whole ? "title: Hello\ndate: 2024-03-31\n" : ""}${front}---\n${text}`,
	);
const bytes = fc.oneof(
	fc.uint8Array({ maxLength: 400 }),
	anyText.map((text) => Buffer.from(text)),
);
const name = fc.constantFrom(
	"x.md",
	"2024-01-01-x.md",
	"a/b.md",
	"日本語.md",
	"-.md",
	"index.md",
	"admin.md",
	"X.MD",
	"a b.md",
	"%.md",
);

/** Format of a problem: a location and a message. */
const told = /^content\/[^\n]+:[1-9]\d*: [^\n]*\S/;

describe("buildContent with arbitrary files", () => {
	const content = fc.record({
		posts: fc.dictionary(name, fc.oneof({ weight: 4, arbitrary: post }, bytes), {
			maxKeys: 3,
			noNullPrototype: true,
		}),
		pages: fc.dictionary(name, fc.oneof({ weight: 4, arbitrary: post }, bytes), {
			maxKeys: 2,
			noNullPrototype: true,
		}),
		site: fc.option(
			fc.oneof({ weight: 4, arbitrary: lines(siteKeys).map((text) => `title: Test\n${text}`) }, bytes),
		),
	});

	it("succeeds, or reports problems and keeps the last output", {
		timeout: 120_000,
	}, async () => {
		const space = workspace({ "posts/first.md": "---\ntitle: First\ndate: 2024-01-01\n---\nText.\n" });
		expect((await space.build()).ok).toBe(true);
		await fc.assert(
			fc.asyncProperty(content, async ({ posts, pages, site }) => {
				for (const folder of ["posts", "pages"]) space.remove(`content/${folder}`);
				space.write("content/posts/first.md", "---\ntitle: First\ndate: 2024-01-01\n---\nText.\n");
				space.write("content/site.yaml", site ?? "title: Test\n");
				for (const [file, text] of Object.entries(posts)) space.write(`content/posts/${file}`, text);
				for (const [file, text] of Object.entries(pages)) space.write(`content/pages/${file}`, text);
				const before = space.output();
				const result = await space.build();
				if (result.ok) {
					expect(space.builtContent().posts.length).toBe(result.posts);
					for (const warning of space.printed(result.warnings)) expect(warning).toMatch(told);
				} else {
					expect(result.problems.length).toBeGreaterThan(0);
					for (const problem of space.printed(result.problems)) expect(problem).toMatch(told);
					expect(space.output()).toEqual(before);
				}
			}),
			{ numRuns: 120 },
		);
	});
});

describe("the parsers of front matter", () => {
	const text = fc.oneof(written, lines(postKeys));

	it("never throw, and accept their own output", () => {
		fc.assert(
			fc.property(text, fc.constantFrom("UTC", "Asia/Tokyo", "America/St_Johns"), (text, zone) => {
				const split = splitFrontMatter(`---\n${text}\n---\nbody`);
				expect("message" in split || "yaml" in split).toBe(true);
				const { values, errors: mistakes } = parseYaml(text, 2);
				if (values === null) expect(mistakes.length).toBeGreaterThan(0);
				for (const { line } of mistakes) expect(line).toBeGreaterThanOrEqual(1);
				const date = parseDate(text);
				if ("value" in date) expect(Number.isSafeInteger(resolveDate(date.value, zone).epoch)).toBe(true);
				const timezone = parseTimezone(text);
				if ("value" in timezone) expect(parseTimezone(timezone.value)).toEqual(timezone);
				const [slug, term] = [parseSlug(text), parseName(text)];
				if ("value" in slug) expect(parseSlug(slug.value)).toEqual(slug);
				if ("value" in term) expect(parseName(term.value)).toEqual(term);
				expect(slugify(slugify(text))).toBe(slugify(text));
				const permalink = parsePermalink(`/${text}`);
				if ("value" in permalink) {
					const day = { year: 2024, month: 3, day: 31 };
					expect(formatPermalink(permalink.value, { day, slug: "x", categories: [], lang: "en" })).toMatch(
						/^\//,
					);
				}
			}),
			{ numRuns: 1500 },
		);
	});

	it("normalize a path idempotently", () => {
		fc.assert(
			fc.property(text, (text) => {
				const key = pathKey(`/${text}`);
				expect(key).toMatch(/^\//);
				if (!key.includes("%")) expect(pathKey(key)).toBe(key);
			}),
			{ numRuns: 1500 },
		);
	});
});
