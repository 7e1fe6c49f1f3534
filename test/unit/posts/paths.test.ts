import { describe, expect, it } from "vitest";
import { formatDay, formatMinute, formatMonth } from "../../../src/posts/dates.ts";
import { pathKey, slugify } from "../../../src/posts/paths.ts";
import { href } from "../../../src/web/ui/links.ts";
import { fill, plural, stringsFor } from "../../../src/web/ui/strings/strings.ts";

describe("pathKey", () => {
	it("normalizes every spelling of a path", () => {
		const spellings = ["/タグ/がぎ/", "/タグ/がぎ", "/タグ/がぎ".normalize("NFD"), encodeURI("/タグ/がぎ//")];
		expect(new Set(spellings.map(pathKey))).toEqual(new Set(["/タグ/がぎ"]));
		expect(pathKey("/A/B/")).toBe("/a/b");
		expect(pathKey("/")).toBe("/");
	});

	it("returns invalid UTF-8 unchanged", () => {
		expect(pathKey("/%E0%A4%A")).toBe("/%e0%a4%a");
	});
});

describe("slugify", () => {
	it.each([
		["Hello, World!", "hello-world"],
		["クラウド コンピューティング", "クラウド-コンピューティング"],
		["「引用」について", "引用-について"],
		["  C++ & Rust ", "c-rust"],
		["がぎ".normalize("NFD"), "がぎ"],
		["../..", ""],
	])("%s becomes %s", (text, slug) => {
		expect(slugify(text)).toBe(slug);
	});
});

describe("encodePath", () => {
	it("encodes everything outside ASCII and what would end the path", () => {
		expect(href("/2009/こ/")).toBe("/2009/%E3%81%93/");
		expect(href("/why?/#1/")).toBe("/why%3F/%231/");
	});
});

describe("dates", () => {
	const instant = Date.parse("2009-03-31T16:30:00Z");

	it("are formatted by language, in the site's time zone", () => {
		expect(formatDay(instant, "en", "Europe/London")).toBe("31 March 2009");
		expect(formatDay(instant, "en", "Asia/Tokyo")).toBe("1 April 2009");
		expect(formatDay(instant, "ja", "Asia/Tokyo")).toBe("2009年4月1日");
		expect(formatMinute(instant, "ja", "Asia/Tokyo")).toBe("2009年4月1日 1:30");
		expect(formatMonth(2009, 3, "ja")).toBe("2009年3月");
		expect(formatMonth(2009, 3, "en")).toBe("March 2009");
	});
});

describe("interface strings", () => {
	it("have the plural forms their language has", () => {
		const { commentCount } = stringsFor("en");
		expect([0, 1, 2, 1000].map((count) => plural(commentCount, count, "en"))).toEqual([
			"0 comments",
			"1 comment",
			"2 comments",
			"1,000 comments",
		]);
		expect(plural(stringsFor("ja").commentCount, 2, "ja")).toBe("コメント2件");
	});

	it("are found for a region, and in English for an untranslated language", () => {
		expect(stringsFor("ja-JP").reply).toBe("返信");
		expect(stringsFor("eo").reply).toBe("Reply");
	});

	it("have the same placeholders in every language", () => {
		const places = (message: string | object) =>
			[...JSON.stringify(message).matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
		const [en, ja] = [stringsFor("en"), stringsFor("ja")];
		for (const key of Object.keys(en) as (keyof typeof en)[]) {
			expect(new Set(places(ja[key])), key).toEqual(new Set(places(en[key])));
		}
	});

	it("never expand placeholders in user input", () => {
		expect(fill("Reply to {name}", { name: "{name} {count}" })).toBe("Reply to {name} {count}");
	});
});
