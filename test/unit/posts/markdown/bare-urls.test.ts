import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderCommentMarkdown } from "../../../../src/comments/markdown.ts";
import { readMarkdown } from "../../../../src/posts/markdown/document.ts";
import { toAsciiAddress, toAsciiEmail } from "../../../../src/text/hosts.ts";

/** Lists the texts of the links of a body. */
function linksIn(text: string): string[] {
	const { marked, tokens } = readMarkdown(text);
	const links: string[] = [];
	marked.walkTokens(tokens, (token) => {
		if (token.type === "link") links.push(token.text);
	});
	return links;
}

/** Whole addresses in many scripts. */
const iris = [
	"https://ja.wikipedia.org/wiki/猫",
	"https://ja.wikipedia.org/wiki/ひらがな",
	"https://ja.wikipedia.org/wiki/時をかける少女",
	"https://ja.wikipedia.org/wiki/スター・ウォーズ",
	"https://ja.wikipedia.org/wiki/C言語",
	"https://ja.wikipedia.org/wiki/猫_(曖昧さ回避)",
	"https://blog.example/2024/05/はじめての記事/",
	"https://blog.example/?q=猫&lang=ja",
	"https://blog.example/a#見出し",
	"https://ko.wikipedia.org/wiki/고양이",
	"https://zh.wikipedia.org/wiki/家猫",
	"https://en.wikipedia.org/wiki/Michelson–Morley_experiment",
	"https://en.wikipedia.org/wiki/Schrödinger’s_cat",
	"https://ar.wikipedia.org/wiki/قطة",
	"https://hi.wikipedia.org/wiki/बिल्ली",
	"https://日本語.jp/",
	"https://日本語.jp/記事?id=1",
	"https://www.例え.テスト/a",
	"https://münchen.example/straße",
	"http://пример.example:8080/путь",
	"https://example.com/a_(b)",
];

describe("a bare address", () => {
	it.each(iris)("is linked whole when it stands alone: %s", (iri) => {
		for (const text of [
			iri,
			`${iri}\n`,
			`a\n${iri}\nb`,
			`See ${iri} for more.`,
			`参考 ${iri} です`,
			`（${iri}）`,
			`「${iri}」`,
			`- ${iri}`,
			`> ${iri}`,
			`${iri}。次`,
		]) {
			expect(linksIn(text), text).toEqual(
				text.endsWith("。次") && /[\u3041-\u3096]/.test(iri) ? expect.anything() : [iri],
			);
		}
	});

	it.each([
		["https://example.com/です。", "https://example.com/"],
		["詳しくはhttps://example.com/です", "https://example.com/"],
		["詳しくはhttps://example.com/をご覧ください", "https://example.com/"],
		["https://example.com/を見て", "https://example.com/"],
		["https://example.com/a.htmlを見てください", "https://example.com/a.html"],
		["https://example.comと書く", "https://example.com"],
		["https://example.com、https://example.org/。", "https://example.com"],
		["https://ja.wikipedia.org/wiki/猫を見てください", "https://ja.wikipedia.org/wiki/猫"],
		["https://ja.wikipedia.org/wiki/猫を見てください。", "https://ja.wikipedia.org/wiki/猫"],
		["出典はhttps://ja.wikipedia.org/wiki/猫。", "https://ja.wikipedia.org/wiki/猫"],
		["出典はhttps://ja.wikipedia.org/wiki/猫の記事", "https://ja.wikipedia.org/wiki/猫"],
		["出典はhttps://ja.wikipedia.org/wiki/猫 です", "https://ja.wikipedia.org/wiki/猫"],
		["https://example.com/参照してください", "https://example.com/"],
		["https://example.com/에서 보세요", "https://example.com/"],
		["https://ko.wikipedia.org/wiki/고양이를 보세요", "https://ko.wikipedia.org/wiki/고양이"],
		["请看https://example.com/谢谢", "https://example.com/"],
		["https://日本語.jpを見て", "https://日本語.jp"],
		["“https://example.com/a”", "https://example.com/a"],
		["(https://example.com/猫)", "https://example.com/猫"],
		["https://example.com/a – and", "https://example.com/a"],
		["https://example.com/a–", "https://example.com/a"],
		["https://example.com’s page", "https://example.com"],
		["https://example.com/a—and", "https://example.com/a"],
		["https://example.com/a?", "https://example.com/a"],
		["https://example.com/猫.", "https://example.com/猫"],
	])("ends where the sentence goes on: %s", (text, address) => {
		expect(linksIn(text)[0]).toBe(address);
	});

	it.each(["https://猫", "https://を付ける", "http://、", "https:// 猫.jp", "名前@例え", "@例え.jp"])(
		"is not %s",
		(text) => {
			expect(linksIn(text)).toEqual([]);
		},
	);

	it("never takes more than the word it is in, in any text", () => {
		const pieces = fc.constantFrom(
			...iris,
			..."をはです猫고양이。、「」（）–’ \n.,!?a1/-@".split(""),
			"https://",
			"www.",
			"a@例え.jp",
		);
		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
				const text = parts.join("");
				// An address in angle brackets is not bare: all between them belongs to it.
				fc.pre(!/<[^<>\s]*>/.test(text));
				for (const raw of linksIn(text)) {
					expect(text).toContain(raw);
					expect(raw).not.toMatch(/[\s<。、「」（）]/);
				}
				for (const [, href = ""] of renderCommentMarkdown(text).matchAll(/href="([^"]*)"/g)) {
					expect(href).toMatch(/^[\x21-\x7E]+$/);
				}
			}),
			{ numRuns: 2000 },
		);
	});
});

describe("names of hosts in other scripts", () => {
	it.each([
		["https://日本語.jp/猫", "https://xn--wgv71a119e.jp/猫"],
		["https://user@例え.jp:8080/?q#f", "https://user@xn--r8jz45g.jp:8080/?q#f"],
		["//münchen.example/a", "//xn--mnchen-3ya.example/a"],
		["mailto:hana@例え.jp?subject=猫", "mailto:hana@xn--r8jz45g.jp?subject=猫"],
		["https://example.com/日本語.jp", "https://example.com/日本語.jp"],
		["/日本語.jp/", "/日本語.jp/"],
		["https://日 本/", "https://日 本/"],
	])("become A-labels: %s", (address, ascii) => {
		expect(toAsciiAddress(address)).toBe(ascii);
	});

	it("become A-labels in e-mail addresses and every kind of link", () => {
		expect(toAsciiEmail("hana@例え.jp")).toBe("hana@xn--r8jz45g.jp");
		expect(toAsciiEmail("花@example.com")).toBe("花@example.com");
		const text =
			"hana@例え.jp、<https://例え.jp/>、[a](https://例え.jp/)、[b](mailto:hana@例え.jp)、https://例え.jp/";
		const hosts = [...renderCommentMarkdown(text).matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
		expect(hosts).toEqual([
			"mailto:hana@xn--r8jz45g.jp",
			"https://xn--r8jz45g.jp/",
			"https://xn--r8jz45g.jp/",
			"mailto:hana@xn--r8jz45g.jp",
			"https://xn--r8jz45g.jp/",
		]);
	});
});
