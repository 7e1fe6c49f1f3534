import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { repeated, sayOver, timeOf } from "../../../support/adversarial.ts";
import { codePoint } from "../../../support/arbitraries.ts";
import { render } from "../../../support/render.ts";

const text = fc.oneof(
	fc.string({ unit: codePoint, maxLength: 300 }),
	fc
		.array(fc.constantFrom(...repeated, "\n", "\n\n", " ", "x", "\0", "\ud800"), { maxLength: 40 })
		.map((parts) => parts.join("")),
);

describe("a post's Markdown with arbitrary text", () => {
	it("is rendered deterministically", async () => {
		await fc.assert(
			fc.asyncProperty(text, fc.boolean(), async (markdown, breaks) => {
				const html = await render(markdown, { breaks, contents: true });
				expect(await render(markdown, { breaks, contents: true })).toBe(html);
			}),
			{ numRuns: 500, examples: [["# \ud800", false]] },
		);
	});

	it.each(repeated)("is rendered quickly with many repetitions of %j", async (sign) => {
		for (const markdown of sayOver(sign, 10_000)) {
			// Several times what the slowest takes on a busy machine; the square of it would be minutes.
			expect(await timeOf(() => render(markdown))).toBeLessThan(4000);
		}
	});

	it("keeps the text of quotes and lists beyond the nesting limit", async () => {
		for (const sign of ["> ", "- ", "1. ", "> - "]) {
			const html = await render(`${sign.repeat(500)}at the bottom`);
			expect(html).toContain("at the bottom");
			expect(html.match(/<(?:blockquote|li)>/g)).toHaveLength(40);
		}
	});
});
