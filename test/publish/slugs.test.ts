import { describe, expect, it } from "vitest";
import { parseSlug, slugFromName } from "../../src/publish/slugs.ts";

describe("a slug", () => {
	it("may be of any script and is kept in NFC", () => {
		expect(parseSlug("はじめての記事")).toEqual({ value: "はじめての記事" });
		expect(parseSlug("ガイド".normalize("NFD"))).toEqual({ value: "ガイド" });
		expect(parseSlug("Café_2.0~x")).toEqual({ value: "Café_2.0~x" });
	});

	it("is refused when an address would break on it, with one that would do", () => {
		expect(parseSlug("a/b")).toEqual({ wrong: '"a/b" holds "/"; write one such as a-b.' });
		expect(parseSlug("what?")).toEqual({ wrong: '"what?" holds "?"; write one such as what.' });
		expect(parseSlug("c#")).toEqual({ wrong: '"c#" holds "#"; write one such as c.' });
		expect(parseSlug("100%")).toEqual({ wrong: '"100%" holds "%"; write one such as 100.' });
		expect(parseSlug("a\\b")).toEqual({ wrong: '"a\\b" holds "\\"; write one such as a-b.' });
		expect(parseSlug("two words")).toEqual({
			wrong: '"two words" holds a space; write one such as two-words.',
		});
	});

	it("is refused when it names a place and not a thing", () => {
		for (const slug of ["", ".", ".."]) {
			expect(parseSlug(slug)).toEqual({
				wrong: `"${slug}" is no name for an address; write one such as my-first-post.`,
			});
		}
	});

	it("comes from the file's name without a leading date", () => {
		expect(slugFromName("2024/2024-09-14-sqlite")).toBe("sqlite");
		expect(slugFromName("2024-09-14")).toBe("2024-09-14");
		expect(slugFromName("雲と猫")).toBe("雲と猫");
		expect(slugFromName("My first  post")).toBe("My-first-post");
	});
});
