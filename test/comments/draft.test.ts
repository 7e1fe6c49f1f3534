import { describe, expect, it } from "vitest";
import { parseDraft } from "../../src/comments/draft.ts";

const typed = { name: "花子", email: "", website: "", text: "hello" };

describe("parseDraft", () => {
	it("makes empty options null and trims what surrounds", () => {
		expect(parseDraft({ ...typed, name: "  花 子 ", text: "\n hello \n" })).toEqual({
			draft: { name: "花 子", email: null, website: null, text: " hello" },
		});
	});

	it("tells every field's error at once", () => {
		expect(parseDraft({ name: "", email: "x", website: "javascript:alert(1)", text: " " })).toEqual({
			errors: { name: "required", email: "invalid", website: "invalid", text: "required" },
		});
	});

	it("counts characters as people do, not bytes", () => {
		expect(parseDraft({ ...typed, name: "🐈".repeat(80) })).toHaveProperty("draft");
		expect(parseDraft({ ...typed, name: "🐈".repeat(81) })).toEqual({ errors: { name: "too_long" } });
	});

	it("takes control characters and direction overrides out of names", () => {
		const result = parseDraft({ ...typed, name: "a\u202Eb\u0000c\u2066d\n" });
		expect(result).toMatchObject({ draft: { name: "a b c d" } });
	});

	it.each(["Miкa Aoyama", "Eri\u200bк", "Νikos", "Ꮇika", "Αлекс"])(
		"refuses a word of two alphabets that look like each other's: %s",
		(name) => {
			expect(parseDraft({ ...typed, name })).toEqual({ errors: { name: "mixed" } });
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
	])("takes words of alphabets side by side: %s", (name) => {
		expect(parseDraft({ ...typed, name })).toHaveProperty("draft");
	});

	it("refuses websites that are no web address or carry a password", () => {
		for (const website of ["ftp://a.example", "data:text/html,x", "https://a:b@c.example", "a.example"]) {
			expect(parseDraft({ ...typed, website }), website).toEqual({ errors: { website: "invalid" } });
		}
	});
});
