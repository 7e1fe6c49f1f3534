import { describe, expect, it } from "vitest";
import { parseSlug, slugFromName } from "../../../src/build/slugs.ts";

describe("a slug", () => {
	it("may be of any script and is kept in NFC", () => {
		expect(parseSlug("はじめての記事")).toEqual({ value: "はじめての記事" });
		expect(parseSlug("ガイド".normalize("NFD"))).toEqual({ value: "ガイド" });
		expect(parseSlug("Café_2.0~x")).toEqual({ value: "Café_2.0~x" });
	});

	it("is rejected with a suggestion when it would break an address", () => {
		expect(parseSlug("a/b")).toEqual({ error: '"a/b" contains "/"; write one such as a-b.' });
		expect(parseSlug("what?")).toEqual({ error: '"what?" contains "?"; write one such as what.' });
		expect(parseSlug("c#")).toEqual({ error: '"c#" contains "#"; write one such as c.' });
		expect(parseSlug("100%")).toEqual({ error: '"100%" contains "%"; write one such as 100.' });
		expect(parseSlug("a\\b")).toEqual({ error: '"a\\b" contains "\\"; write one such as a-b.' });
		expect(parseSlug("two words")).toEqual({
			error: '"two words" contains a space; write one such as two-words.',
		});
	});

	it("is rejected when it is empty or made of dots", () => {
		for (const slug of ["", ".", ".."]) {
			expect(parseSlug(slug)).toEqual({
				error: `"${slug}" is not a valid slug; write one such as my-first-post.`,
			});
		}
	});

	it("is derived from the file name without a leading date", () => {
		expect(slugFromName("2024/2024-09-14-sqlite")).toBe("sqlite");
		expect(slugFromName("2024-09-14")).toBe("2024-09-14");
		expect(slugFromName("雲と猫")).toBe("雲と猫");
		expect(slugFromName("My first  post")).toBe("My-first-post");
	});
});
