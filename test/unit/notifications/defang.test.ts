import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defang, excerpt, oneLine } from "../../../src/notifications/defang.ts";
import { bodyHtml, bodyText } from "../../../src/notifications/mail.ts";
import { codePoint } from "../../support/arbitraries.ts";

/** Matches all text that any mail program turns into a link. */
const autolinked = /https?:\/\/[^\s\u200B]|www\.[^\s\u200B]|[^\s\u200B]@[^\s\u200B]|\b[a-z0-9-]+\.[a-z]{2,}/i;

describe("defang", () => {
	it.each([
		"https://evil.example/a?b=c",
		"HTTP://EVIL.EXAMPLE",
		"see www.evil.example now",
		"evil.com",
		"write to bad@evil.example",
		"日本語のevil.exampleです",
		"[link](https://evil.example)",
	])("leaves nothing that becomes a link in %s", (text) => {
		expect(autolinked.test(text)).toBe(true);
		expect(defang(text)).not.toMatch(autolinked);
		expect(defang(text).replaceAll("\u200B", "")).toBe(text);
	});

	it("removes bidirectional control characters", () => {
		expect(defang("a\u202Eb\u2066c")).toBe("abc");
	});
});

describe("oneLine", () => {
	it("lets no text begin a second header", () => {
		fc.assert(
			fc.property(fc.string({ unit: codePoint }), (text) => {
				const line = oneLine(`Hello\r\nBcc: x@y.example\u2028${text}`, 80);
				expect(line).not.toMatch(/[\r\n\u2028\u2029\0]/);
				expect([...line].length).toBeLessThanOrEqual(80);
			}),
		);
	});
});

describe("excerpt", () => {
	it("cuts between characters", () => expect(excerpt("🐈🐈🐈", 2)).toBe("🐈🐈…"));
});

describe("a mail's body", () => {
	it("shows markup as the text it was typed as", () => {
		const blocks = [
			{ type: "quote", text: '<img src=x onerror="alert(1)">\n</blockquote>', lang: '"><b' },
		] as const;
		const html = bodyHtml("Subject", blocks, "en");
		expect(html).not.toMatch(/<img|<b\b(?!ody|lockquote)/);
		expect(html).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;<br>&lt;/blockquote&gt;");
		expect(bodyText(blocks)).toBe('> <img src=x onerror="alert(1)">\n> </blockquote>\n');
	});
});
