import { describe, expect, it } from "vitest";
import { pageFields } from "../../../src/build/pages.ts";
import { postFields } from "../../../src/build/posts.ts";
import { readSite } from "../../../src/build/site.ts";
import { slugFromName } from "../../../src/build/slugs.ts";
import { readSources } from "../../../src/build/sources.ts";
import {
	generatedPosts,
	generatedQueries,
	type JudgedQuery,
	sampleQueries,
} from "../../support/judged-queries.ts";
import { searchOver, type TestPost } from "../../support/search.ts";
import { type FindSlugs, openMiniSearch, openOrama } from "../../support/search-libraries.ts";

const today = Date.parse("2026-11-29");
const term = (name: string) => ({ name, slug: name.toLowerCase() });

/** The sample content as far as a search looks at it. */
function samplePosts(): TestPost[] {
	const { site } = readSite("content");
	const posts = readSources("content", "posts", postFields, new Map(), site).sources.map(
		(source): TestPost => {
			const {
				title = "",
				draft = false,
				lang = "en",
				tags = [],
				categories = [],
				series,
				author,
				summary = "",
				slug,
			} = source.fields ?? {};
			const date = /\d{4}-\d\d-\d\d/.exec(source.name)?.[0] ?? "";
			return {
				...{ title, draft, lang, summary, text: source.text, published: Date.parse(date) },
				slug: slug ?? slugFromName(source.name.split("/").at(-1) ?? ""),
				...{ tags: tags.map(term), categories: categories.map(term), series: series ? term(series) : null },
				authors: (author ?? ["Mika Aoyama"]).map(term),
			};
		},
	);
	const pages = readSources("content", "pages", pageFields, new Map(), site).sources.map(
		(source): TestPost => ({
			title: source.fields?.title ?? "",
			slug: source.name,
			text: source.text,
		}),
	);
	return [...posts.filter(({ published = 0, draft }) => published <= today && !draft), ...pages];
}

/** Precision of the first three, of as many as there may be; and the mean reciprocal rank of the first expected one. */
async function judge(queries: readonly JudgedQuery[], find: FindSlugs) {
	let [precision, reciprocal] = [0, 0];
	const missed: string[] = [];
	for (const [query, expected] of queries) {
		const found = await find(query);
		const top = found.slice(0, 3).filter((slug) => expected.includes(slug)).length;
		const rank = found.findIndex((slug) => expected.includes(slug)) + 1;
		precision += top / Math.min(3, expected.length);
		reciprocal += rank === 0 ? 0 : 1 / rank;
		if (top < Math.min(3, expected.length)) missed.push(`${query}: ${found.slice(0, 3).join(", ")}`);
	}
	return { precision: precision / queries.length, rank: reciprocal / queries.length, missed };
}

const corpora = [
	["the sample content", samplePosts(), sampleQueries],
	["a generated corpus", generatedPosts(), generatedQueries],
] as const;

describe.each(corpora)("judged queries over %s", (name, posts, queries) => {
	it("find what a reader expects, in both languages", async () => {
		const { slugs } = searchOver(posts);
		const own = await judge(queries, (query) => slugs(query));
		const [mini, orama] = [
			await judge(queries, openMiniSearch(posts)),
			await judge(queries, await openOrama(posts)),
		];
		const show = ({ precision, rank }: typeof own) => `${precision.toFixed(3)} / ${rank.toFixed(3)}`;
		console.log(
			`${queries.length} judged queries over ${name}, precision at 3 / mean reciprocal rank: ${show(own)}; MiniSearch ${show(mini)}; Orama ${show(orama)}${own.missed.map((each) => `\n  ${each}`).join("")}`,
		);
		expect(own.precision).toBeGreaterThanOrEqual(0.9);
		expect(own.rank).toBeGreaterThanOrEqual(0.9);
	});

	it("are half in Japanese", () => {
		const japanese = queries.filter(([query]) => /[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}]/u.test(query)).length;
		expect(Math.abs(japanese / queries.length - 0.5)).toBeLessThan(0.1);
	});
});

it("has at least eighty queries", () => {
	expect(sampleQueries.length + generatedQueries.length).toBeGreaterThanOrEqual(80);
});
