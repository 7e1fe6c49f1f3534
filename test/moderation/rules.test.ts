import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/comments/judgement.ts";
import { judgeByRules } from "../../src/moderation/rule.ts";
import { rules } from "../../src/moderation/rules.ts";
import { candidate, standards } from "../support/candidate.ts";

type Given = Parameters<typeof candidate>[0];
const judge = (given: Given = {}, set: Partial<typeof standards> = {}) =>
	judgeByRules(rules, candidate(given), { ...standards, ...set });
const found = (given: Given, set: Partial<typeof standards> = {}) => judge(given, set).findings;
const hosts = (host: string, approved: number, spam: number) => ({
	hosts: new Map([[host, { approved, spam }]]),
});

describe("a comment nobody has anything against", () => {
	it.each([
		["plain words", {}],
		["a link and a website", { text: "See https://a.example/.", website: "https://b.example" }],
		["a quick thanks", { text: "Thanks!", signs: { decoyFilled: false, elapsed: 800 } }],
		[
			"English under a Japanese post",
			{ text: "I liked this very much.", languages: { post: "ja", site: ["ja"] } },
		],
		[
			"Japanese under the English post of a blog in both",
			{ text: "よい記事", languages: { post: "en", site: ["en", "ja"] } },
		],
		[
			"a remark with a link in the blog's other language",
			{ text: "Looking forward to it: https://a.example/", languages: { post: "ja", site: ["en", "ja"] } },
		],
		["a remark in kanji alone", { text: "完全同意", languages: { post: "ja", site: ["ja"] } }],
		[
			"Japanese in an English thread that has some",
			{ text: "同感です。", history: { thread: ["わたしもです"] } },
		],
		["a good name's link", { text: "https://good.example/", history: hosts("good.example", 1, 2) }],
	] satisfies [string, Given][])("is published: %s", (_, given) => {
		expect(judge(given)).toEqual({ state: "published", findings: [] });
	});
});

describe("each rule", () => {
	it.each<[string, Given, Finding]>([
		[
			"throws out what fills in the field nobody sees",
			{ signs: { decoyFilled: true, elapsed: null } },
			{ rule: "decoy", verdict: "spam", detail: "" },
		],
		[
			"holds a link sent as soon as the form was made",
			{ text: "https://a.example/", signs: { decoyFilled: false, elapsed: 400 } },
			{ rule: "quick", verdict: "hold", detail: "0.4" },
		],
		[
			"holds the same words under another post",
			{ history: { repeats: [{ postId: "there", state: "published" }] } },
			{ rule: "repeated", verdict: "hold", detail: "1" },
		],
		[
			"throws out the same words under three other posts",
			{ history: { repeats: ["a", "b", "c", "a"].map((postId) => ({ postId, state: "held" })) } },
			{ rule: "repeated", verdict: "spam", detail: "3" },
		],
		[
			"throws out words that were spam before, under the same post too",
			{ history: { repeats: [{ postId: "here", state: "spam" }] } },
			{ rule: "repeated_spam", verdict: "spam", detail: "" },
		],
		[
			"holds more links than the limit, the website counted",
			{ text: "http://a http://b www.c.example [d](https://d)", website: "https://e.example" },
			{ rule: "links", verdict: "hold", detail: "5" },
		],
		[
			"holds a host that came with spam",
			{ website: "https://www.bad.example/x", history: hosts("bad.example", 0, 1) },
			{ rule: "host", verdict: "hold", detail: "bad.example" },
		],
		[
			"throws out a host that came with nothing but spam",
			{ text: "see ｈｔｔｐ://BAD.example.", history: hosts("bad.example", 0, 3) },
			{ rule: "host", verdict: "spam", detail: "bad.example" },
		],
		[
			"only holds a host that something good came with too",
			{ text: "http://mixed.example", history: hosts("mixed.example", 1, 9) },
			{ rule: "host", verdict: "hold", detail: "mixed.example" },
		],
		[
			"holds a newcomer's script that is not spoken here",
			{ text: "Купите сейчас недорого" },
			{ rule: "language", verdict: "hold", detail: "Cyrillic" },
		],
		[
			"holds a newcomer's English link under a Japanese post",
			{ text: "Great article, visit https://a.example/", languages: { post: "ja", site: ["ja"] } },
			{ rule: "language", verdict: "hold", detail: "Latin" },
		],
		[
			"holds newcomers from a network that sends many",
			{ history: { fromNetwork: 8 } },
			{ rule: "burst", verdict: "hold", detail: "8" },
		],
		[
			"holds a friend's too from a network beyond the platform's limit",
			{ overLimit: true, history: { known: true, fromNetwork: 9 } },
			{ rule: "burst_at_once", verdict: "hold", detail: "" },
		],
		[
			"holds everything while the site is flooded, friends too",
			{ history: { everywhere: 200, known: true } },
			{ rule: "flood", verdict: "hold", detail: "200" },
		],
	])("%s", (_, given, finding) => {
		expect(found(given)).toEqual([finding]);
	});

	it("finds a blocked word in any width, case, kana and disguise, in every field", () => {
		const words = ["カジノ", "Viagra"];
		const disguises: Given[] = [
			{ text: "ｶｼﾞﾉで稼ぐ" },
			{ text: "かじのへようこそ" },
			{ text: "カ ジ ノ" },
			{ text: "カ\u200bジ\u00adノ" },
			{ text: "ＶＩＡＧＲＡ" },
			{ name: "viagra shop" },
			{ website: "https://viagra.example" },
			{ email: "viagra@example.com" },
		];
		for (const given of disguises) {
			expect(found(given, { words }), JSON.stringify(given)).toContainEqual({
				rule: "word",
				verdict: "hold",
				detail: expect.any(String),
			});
		}
		const innocent = { text: "カジュアルな話 / via Granada", history: { known: true } };
		expect(found(innocent, { words })).toEqual([]);
	});

	it("makes newcomers wait under `first`, everybody under `all`, nobody under `none`", () => {
		expect(found({}, { policy: "first" })).toMatchObject([{ rule: "policy_first", verdict: "hold" }]);
		expect(found({ history: { known: true } }, { policy: "first" })).toEqual([]);
		expect(found({ history: { known: true } }, { policy: "all" })).toMatchObject([{ rule: "policy_all" }]);
		expect(found({}, { policy: "none" })).toEqual([]);
	});
});

describe("judgeByRules", () => {
	it("lets the strictest verdict win and keeps every reason", () => {
		const both = judge({ text: "Купите сейчас недорого", signs: { decoyFilled: true, elapsed: null } });
		expect(both.state).toBe("spam");
		expect(both.findings.map(({ rule }) => rule)).toEqual(["decoy", "language"]);
	});

	it("judges any text at all, in time", () => {
		fc.assert(
			fc.property(
				fc.string({ unit: "binary", maxLength: 3000 }),
				fc.option(fc.webUrl()),
				fc.constantFrom("en", "ja", "pt-BR", "zh-Hant", "tlh"),
				(text, website, postLang) => {
					const { state, findings } = judge(
						{ text, website, languages: { post: postLang, site: [postLang] } },
						{ words: ["casino"] },
					);
					expect(state === "published").toBe(findings.length === 0);
				},
			),
			{ numRuns: 300 },
		);
	});

	it("is not stopped by text made to be slow", () => {
		const slow = ["http://".repeat(1400), "www.".repeat(2500), "カ ".repeat(5000), "\u200b".repeat(10_000)];
		for (const text of slow) {
			const began = performance.now();
			judge({ text }, { words: ["カジノ"] });
			expect(performance.now() - began).toBeLessThan(500);
		}
	});
});
