import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { limits, parseDraft, type TypedComment } from "../../src/comments/draft.ts";
import { hostsOf, linksOf } from "../../src/comments/links.ts";
import { renderComment } from "../../src/comments/markdown.ts";
import { verifyOwn } from "../../src/comments/own-link.ts";
import { digestOfSaid } from "../../src/comments/said.ts";
import { scriptOf } from "../../src/comments/script.ts";
import { fold } from "../../src/moderation/standards.ts";
import { signDrawn, signFresh, verifyDrawn, verifyFresh } from "../../src/web/tokens.ts";

/** Any text at all, with what parsers trip over more likely than chance would have it. */
const anything = fc.oneof(
	fc.string({ unit: "binary", maxLength: 400 }),
	fc
		.array(
			fc.constantFrom(
				"\0",
				"\r",
				"\n",
				"\u202e",
				"\ufeff",
				"\ud800",
				"あ",
				"ｱ",
				"e\u0301",
				"<",
				"&",
				"://",
				"@",
				" ",
				"x",
			),
			{ maxLength: 60 },
		)
		.map((parts) => parts.join("")),
);
const typed: fc.Arbitrary<TypedComment> = fc.record({
	name: anything,
	email: fc.oneof(anything, fc.emailAddress(), fc.constant("")),
	website: fc.oneof(anything, fc.webUrl(), fc.constant("")),
	text: anything,
});
const secret = "a secret for tests";

describe("parseDraft, whatever is typed", () => {
	it("gives errors or a draft that is bounded, clean, and a draft again", () => {
		fc.assert(
			fc.property(typed, (comment) => {
				const parsed = parseDraft(comment);
				if ("errors" in parsed) {
					expect(Object.keys(parsed.errors).length).toBeGreaterThan(0);
					return;
				}
				const { name, email, website, text } = parsed.draft;
				for (const [field, value] of Object.entries({
					name,
					email: email ?? "",
					website: website ?? "",
					text,
				})) {
					expect([...value].length).toBeLessThanOrEqual(limits[field as keyof typeof limits]);
				}
				expect(name).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
				expect(text).not.toMatch(/[\0\r]/);
				if (website !== null) expect(new URL(website).protocol).toMatch(/^https?:$/);
				const again = { name, email: email ?? "", website: website ?? "", text };
				expect(parseDraft(again)).toEqual({ draft: parsed.draft });
			}),
			{ numRuns: 1000 },
		);
	});
});

describe("what reads a comment's text, whatever it is", () => {
	it("finds only hosts that a link was typed for, and never fails", async () => {
		await fc.assert(
			fc.asyncProperty(anything, fc.webUrl(), async (text, url) => {
				const draft = { text: `${text} ${url} `, website: null };
				expect(linksOf(draft).length).toBeGreaterThanOrEqual(1);
				for (const host of hostsOf(draft)) expect(host).toMatch(/^[^\s/@:?#]+$|^\[[0-9a-f:.]+\]$/);
				scriptOf(text);
				expect(fold(fold(text))).toBe(fold(text));
				expect((await digestOfSaid(text)) ?? "0".repeat(64)).toMatch(/^[0-9a-f]{64}$/);
			}),
			{ numRuns: 500 },
		);
	});

	it("renders it to the same HTML each time, with every element closed", () => {
		fc.assert(
			fc.property(anything, (text) => {
				const html = renderComment(text);
				expect(renderComment(text)).toBe(html);
				const open: string[] = [];
				for (const [, end, name = ""] of html.matchAll(/<(\/?)([a-z]+)[^>]*>/g)) {
					if (name === "br") continue;
					if (end === "") open.push(name);
					else expect(open.pop()).toBe(name);
				}
				expect(open).toEqual([]);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe("a token from outside", () => {
	it("is nothing, whatever it is, unless it is one of ours, for that and at that time", async () => {
		const act = { post: "p", comment: 1, act: "posted", kind: null } as const;
		const ours = await signFresh(act, secret, 0);
		const drawn = await signDrawn(5, secret);
		expect(await verifyFresh(ours, secret, 0)).toMatchObject(act);
		expect(await verifyDrawn(drawn, secret)).toBe(5);
		expect(await verifyDrawn(ours, secret)).toBeNull();
		expect(await verifyFresh(drawn, secret, 0)).toBeNull();
		const forged = fc.oneof(
			anything,
			fc.nat({ max: ours.length - 1 }).map((at) => ours.slice(0, at)),
			fc
				.record({ at: fc.nat({ max: ours.length - 1 }), sign: fc.constantFrom("A", "z", ".", "-", "~") })
				.filter(({ at, sign }) => ours[at] !== sign && at < ours.length - 1)
				.map(({ at, sign }) => ours.slice(0, at) + sign + ours.slice(at + 1)),
		);
		await fc.assert(
			fc.asyncProperty(forged, async (token) => {
				expect(await verifyFresh(token, secret, 0)).toBeNull();
				expect(await verifyDrawn(token, secret)).toBeNull();
				expect(await verifyOwn(token, 1, secret, 0)).toBe(false);
			}),
			{ numRuns: 500 },
		);
	});
});
