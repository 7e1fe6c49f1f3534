import { describe, expect, it } from "vitest";
import { farFuture, searchOver, type TestPost } from "../../support/search.ts";

const term = (name: string) => ({ name, slug: name.toLowerCase().replaceAll(" ", "-") });
const day = (text: string) => {
	const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
	return { published: Date.parse(text), day: { year, month, day } };
};

const posts: TestPost[] = [
	{
		slug: "azure",
		title: "Azureの料金",
		lang: "ja",
		text: "Azureの料金を調べた。アジャイル開発の話も。",
		...day("2020-01-01"),
	},
	{
		slug: "cats",
		title: "On cats",
		text: "A cat sleeps. The colour of the harbour at night.",
		tags: [term("Pets")],
		...day("2021-05-01"),
	},
	{
		slug: "dogs",
		title: "On dogs",
		text: "A dog barks at a cat. Café au lait.",
		tags: [term("Pets"), term("Loud")],
		...day("2022-05-31"),
	},
	{
		slug: "neko",
		title: "猫の話",
		lang: "ja",
		text: "吾輩は猫である。名前はまだ無い。東京で犬を見た。",
		categories: [term("雑記")],
		...day("2023-06-01"),
	},
	{
		slug: "tokyo",
		title: "東京の雲",
		lang: "ja",
		text: "京都ではなく東京の雲。結果整合性とは何か。",
		authors: [term("青山ミカ")],
		...day("2024-02-03"),
	},
	{ slug: "korean", title: "클라우드", lang: "ko", text: "클라우드를 쓰는 방법", ...day("2024-03-01") },
	{
		slug: "chinese",
		title: "缓存失效",
		lang: "zh",
		text: "计算机科学中只有两件难事：缓存失效和命名。",
		...day("2024-04-01"),
	},
	{
		slug: "receive",
		title: "Letters",
		text: "You receive a letter. It is serverless, on the edge of the cloud.",
		...day("2024-05-01"),
	},
	{
		slug: "recieve",
		title: "Misprints",
		text: "They recieve many. The cloud has an edge, of course.",
		...day("2024-06-01"),
	},
	{
		slug: "later",
		title: "Zanzibar",
		text: "Zanzibar and the cat. ざんじばる島。",
		tags: [term("Island")],
		...day("2090-01-01"),
	},
	{ slug: "draft", title: "Draft of Zanzibar", text: "Quokka", draft: true, ...day("2020-02-02") },
	{ slug: "hidden", title: "Hidden Zanzibar", text: "Quokka", unlisted: true, ...day("2020-02-03") },
];
const pages = [{ slug: "about", title: "About", text: "A blog of cats, by the sea." }];
const blog = searchOver(posts, pages);
const today = Date.parse("2026-01-01");
const slugs = async (query: string) => (await blog.slugs(query, today)).toSorted();

describe("search", () => {
	it.each([
		// Japanese, down to one character, in any form of kana and width.
		["猫", ["neko"]],
		["雲", ["tokyo"]],
		["アジャイル", ["azure"]],
		["ｱｼﾞｬｲﾙ", ["azure"]],
		["あじゃいる", ["azure"]],
		["Azure の料金", ["azure"]],
		["ＡＺＵＲＥの料金", ["azure"]],
		["azure料金", ["azure"]],
		["京都", ["tokyo"]],
		["東京の犬", ["neko"]],
		["結果整合性とは", ["tokyo"]],
		// Chinese and Korean.
		["缓存", ["chinese"]],
		["失效", ["chinese"]],
		["클라우드", ["korean"]],
		["클라우드의", ["korean"]],
		// English in its forms, case and accents.
		["CATS", ["about", "cats", "dogs"]],
		["color", ["cats"]],
		["harbours", ["cats"]],
		["cafe", ["dogs"]],
		// The language of queries.
		['"edge of the cloud"', ["receive"]],
		['"吾輩は猫"', ["neko"]],
		['"猫は吾輩"', []],
		["cat -dog", ["about", "cats"]],
		["東京 -京都", ["neko"]],
		['cloud -"edge of the cloud"', ["recieve"]],
		["colour OR barks", ["cats", "dogs"]],
		["猫 OR 雲", ["neko", "tokyo"]],
		["tag:pets", ["cats", "dogs"]],
		["tag:PETS -tag:loud", ["cats"]],
		["cat tag:Loud", ["dogs"]],
		["category:雑記", ["neko"]],
		["author:青山ミカ", ["tokyo"]],
		["雑記", ["neko"]],
		["青山", ["tokyo"]],
		["after:2024-04", ["chinese", "receive", "recieve"]],
		["cat after:2021-05-01 before:2021-05-02", ["cats"]],
		["before:2021", ["azure"]],
		["after:2023-06-01 before:2024", ["neko"]],
		["tag:nothing", []],
		["cat tag:nothing", []],
		// A letter wrong, also the first and the last.
		["serverles", ["receive"]],
		["serverlessss", []],
		["zerverless", ["receive"]],
		["serevrless", ["receive"]],
		["harbou", ["cats"]],
		// Shorter words are as they are.
		["bark", ["dogs"]],
		["dag", []],
		["", []],
		["...", []],
	])("for %s finds %j", async (query, expected) => {
		expect(await slugs(query)).toEqual(expected.toSorted());
	});

	it("puts words with a letter wrong below exact ones", async () => {
		expect(await blog.slugs("recieve", today)).toEqual(["recieve", "receive"]);
		expect(await blog.slugs("receive", today)).toEqual(["receive", "recieve"]);
	});

	it("puts a title before a text, and a text that has a word often before one that has it once", async () => {
		const { slugs } = searchOver([
			{ slug: "often", text: "lighthouse lighthouse lighthouse and other words" },
			{ slug: "titled", title: "The lighthouse", text: "It is tall, and so on." },
			{ slug: "tagged", text: "It is tall.", tags: [term("Lighthouse")] },
			{ slug: "once", text: "One lighthouse and other words" },
		]);
		expect(await slugs("lighthouse")).toEqual(["titled", "tagged", "often", "once"]);
	});

	it("shows what has some of the words when nothing has all, and says so", async () => {
		const { results, isPartial } = await blog.find("猫 zebra", today);
		expect([results.map(({ entry }) => entry.slug), isPartial]).toEqual([["neko"], true]);
		expect((await blog.find("猫", today)).isPartial).toBe(false);
		expect((await blog.find("東京 雲", today)).isPartial).toBe(false);
	});

	it("marks what was searched for in the title and in context", async () => {
		const show = async (query: string) => {
			const [first] = (await blog.find(query, today)).results;
			return [first?.title, first?.excerpt].map((parts) =>
				parts?.map(({ text, isHit }) => (isHit ? `[${text}]` : text)).join(""),
			);
		};
		expect(await show("ｱｼﾞｬｲﾙ")).toEqual(["Azureの料金", "Azureの料金を調べた。[アジャイル]開発の話も。"]);
		expect(await show("COLOR")).toEqual(["On cats", "A cat sleeps. The [colour] of the harbour at night."]);
		expect(await show('"edge of the cloud"')).toEqual([
			"Letters",
			"You receive a letter. It is serverless, on the [edge of the cloud].",
		]);
		expect(await show("東京の犬")).toEqual([
			"猫の話",
			"吾輩は猫である。名前はまだ無い。[東京]で[犬]を見た。",
		]);
		expect(await show("猫の話")).toEqual(["[猫の話]", "吾輩は[猫]である。名前はまだ無い。東京で犬を見た。"]);
	});
});

describe("a post that is not public", () => {
	const queries = [
		"zanzibar",
		"Zanzibar OR cat",
		"ざんじばる",
		"tag:island",
		"after:2020",
		"zanzibsr",
		"quokka",
		"-dog tag:island",
	];

	it.each(queries)(
		"is neither found nor counted by %s before its time, and found after it if it has one",
		async (query) => {
			const before = await blog.find(query, today);
			expect(before.results.map(({ entry }) => entry.slug)).not.toContain("later");
			// The same blog without the post gives the same answer.
			const without = searchOver(
				posts.filter(({ slug }) => slug !== "later"),
				pages,
			);
			const shape = ({ total, results, isPartial }: typeof before) => ({
				total,
				isPartial,
				results: results.map(({ entry, excerpt }) => [entry.slug, excerpt]),
			});
			expect(shape(before)).toEqual(shape(await without.find(query, today)));
			const after = (await blog.find(query, farFuture)).results.map(({ entry }) => entry.slug);
			expect(after).not.toContain("draft");
			expect(after).not.toContain("hidden");
			if (!query.includes("quokka") && !query.includes("-dog")) expect(after).toContain("later");
		},
	);

	it("is in no file of the index, if it is a draft or unlisted", async () => {
		const texts = searchOver([
			{ slug: "x", text: "Quokka", draft: true },
			{ slug: "y", text: "Quokka", unlisted: true },
		]);
		expect(texts.index.entries).toBe(0);
		expect(texts.sizes.texts).toBe(0);
	});
});

describe("the index of a large blog", () => {
	const letters = "bcdfglmnprst";
	/** Makes a word of twelve letters that nearly no other number has. */
	const word = (number: number) => {
		const mixed = Math.imul(number + 1, 0x9e3779b1) >>> 0;
		const syllable = (at: number) =>
			`${letters[Math.floor(mixed / 47 ** at) % 12]}${"aeiou"[Math.floor(mixed / 31 ** at) % 5]}`;
		return Array.from({ length: 6 }, (_, at) => syllable(at)).join("");
	};
	const kanji = (number: number) =>
		String.fromCharCode(0x4e00 + (number % 1009), 0x5e00 + (number % 1511), 0x6e00 + (number % 701));
	const many = Array.from({ length: 600 }, (_, at): TestPost => {
		const numbers = Array.from({ length: 300 }, (_, each) => (at * 7919 + each * each * 104_729) % 90_000);
		return {
			slug: `p${at}`,
			title: `Post ${at}`,
			text: numbers
				.map((number) => (at % 2 === 0 ? `${word(number)} common` : `${kanji(number)}の。`))
				.join(" "),
		};
	});
	const large = searchOver(many);

	it("has shards and word lists enough for the tests below", () => {
		expect(large.index.shards.length).toBeGreaterThan(8);
		expect(large.index.lists).toBeGreaterThan(1);
	});

	it.each([
		["one word", word(4242)],
		["a frequent word", "common"],
		["a word with a letter wrong", `${word(4242).slice(0, 4)}x${word(4242).slice(5)}`],
		["words, all with a letter wrong", [1, 2, 3, 4, 5].map((n) => `${word(n * 997)}x`).join(" ")],
		["many words", Array.from({ length: 20 }, (_, n) => word(n * 331)).join(" ")],
		["a long run", Array.from({ length: 30 }, (_, n) => kanji(n * 331)).join("")],
		[
			"alternatives, and words that are left out",
			`${word(5)} OR ${word(6)} -${word(7)} -${kanji(8)} OR ${kanji(9)}`,
		],
	])("is read in at most six files for %s", async (_, query) => {
		large.reads();
		await large.find(query);
		const reads = large.reads();
		expect(new Set(reads.filter((path) => /-[tw]\.bin$/.test(path))).size).toBeLessThanOrEqual(6);
		expect(reads.filter((path) => !/-[tw]\.bin$/.test(path)).length).toBeLessThanOrEqual(10);
	});

	it("finds any word, and any word with a letter wrong", async () => {
		for (let number = 1; number < 90_000; number += 7919) {
			const having = many.filter(({ text = "" }) => text.includes(word(number)));
			const { total } = await large.find(word(number));
			expect([word(number), total >= having.length]).toEqual([word(number), true]);
			if (having.length === 0) continue;
			const wrong = `x${word(number).slice(1)}`;
			expect([wrong, (await large.find(wrong)).total > 0]).toEqual([wrong, true]);
		}
	});

	it("pages through the results without a gap or a repetition", async () => {
		const first = await large.find("common");
		expect(first.total).toBe(300);
		const seen: string[] = [];
		for (let page = 1; page <= first.pages; page++)
			seen.push(...(await large.find("common", farFuture, page)).results.map(({ entry }) => entry.slug));
		expect([seen.length, new Set(seen).size]).toEqual([300, 300]);
	});
});
