import { describe, expect, it } from "vitest";
import { parseDraft } from "../../../src/comments/draft.ts";
import { parseAddress } from "../../../src/notifications/subscription.ts";

const typed = { name: "花子", email: "", website: "", text: "hello" };

describe("parseDraft", () => {
	it("makes empty optional fields null and trims surrounding space", () => {
		expect(parseDraft({ ...typed, name: "  花 子 ", text: "\n hello \n" })).toEqual({
			draft: { name: "花 子", email: null, website: null, text: " hello" },
		});
	});

	it("returns the errors of all fields at once", () => {
		expect(parseDraft({ name: "", email: "x", website: "javascript:alert(1)", text: " " })).toEqual({
			errors: { name: "required", email: "invalid", website: "invalid", text: "required" },
		});
	});

	it("counts code points, not bytes", () => {
		expect(parseDraft({ ...typed, name: "🐈".repeat(80) })).toHaveProperty("draft");
		expect(parseDraft({ ...typed, name: "🐈".repeat(81) })).toEqual({ errors: { name: "too_long" } });
	});

	it("removes control characters and direction overrides from names", () => {
		const result = parseDraft({ ...typed, name: "a\u202Eb\u0000c\u2066d\n" });
		expect(result).toMatchObject({ draft: { name: "a b c d" } });
	});

	it.each(["Miкa Aoyama", "Eri\u200bк", "Νikos", "Ꮇika", "Αлекс"])(
		"rejects a word mixing alphabets that look alike: %s",
		(name) => {
			expect(parseDraft({ ...typed, name })).toEqual({ errors: { name: "mixed_scripts" } });
		},
	);

	it.each([
		"花子Mika",
		"Mika 花子ハナ",
		"Erik Эрик",
		"Эрик/Erik",
		"Νίκος-Nikos",
		"김Kim",
		"José",
		"Ø",
		"م Ann",
		"Ann ☆",
	])("accepts words of different alphabets side by side: %s", (name) => {
		expect(parseDraft({ ...typed, name })).toHaveProperty("draft");
	});

	it.each([
		["hana@例え.jp", "hana@xn--r8jz45g.jp"],
		["hana@münchen.example", "hana@xn--mnchen-3ya.example"],
		["hana@例え.テスト", "hana@xn--r8jz45g.xn--zckzah"],
		["hana@EXAMPLE.com", "hana@EXAMPLE.com"],
	])("takes e-mail addresses at domains in any script: %s", (email, ascii) => {
		expect(parseDraft({ ...typed, email })).toMatchObject({ draft: { email: ascii } });
		expect(parseAddress(email)).toBe(ascii.toLowerCase());
	});

	it.each([
		"https://x.example/\u0001",
		"ftp://a.example",
		"data:text/html,x",
		"https://a:b@c.example",
		"https:a.example",
		"https:/a.example",
		"https:\\\\a.example",
		"/me/erasure",
		"cats",
		"no thanks",
		"ann@social.example",
		"https://",
		`https://a.example/${"雲".repeat(200)}`,
	])("rejects a website that browsers would not follow to another host: %s", (website) => {
		expect(parseDraft({ ...typed, website })).toEqual({ errors: { website: "invalid" } });
	});

	it.each([
		["ann.example", "https://ann.example/"],
		["ann.example:8080/a b", "https://ann.example:8080/a%20b"],
		["//a.example", "https://a.example/"],
		["HTTP://Ann.Example", "http://ann.example/"],
		["https://猫.example/雲", "https://xn--z7x.example/%E9%9B%B2"],
		["http://localhost:8787/x", "http://localhost:8787/x"],
		["https://ann.example/a\\b", "https://ann.example/a/b"],
	])("stores a website as browsers follow it: %s", (website, href) => {
		expect(parseDraft({ ...typed, website })).toMatchObject({ draft: { website: href } });
	});
});
