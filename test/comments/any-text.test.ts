import { describe, expect, it } from "vitest";
import { parseDraft } from "../../src/comments/draft.ts";
import { hostsOf } from "../../src/comments/links.ts";
import { renderComment } from "../../src/comments/markdown.ts";
import { scriptOf } from "../../src/comments/script.ts";
import { featuresOf } from "../../src/moderation/features.ts";
import { fold } from "../../src/moderation/standards.ts";
import { repeated, sayOver, timeOf } from "../support/adversarial.ts";

/** Milliseconds: many times what the slowest takes, and a small part of what it takes where time grows as the square. */
const patience = 2000;

describe("a sign said over and over", () => {
	it.each(repeated)("does not keep those waiting who read, judge or refuse it: %j", async (sign) => {
		for (const text of sayOver(sign, 40_000)) {
			expect(await timeOf(() => renderComment(text))).toBeLessThan(patience);
			expect(await timeOf(() => featuresOf({ name: text.slice(0, 80), website: null, text }))).toBeLessThan(
				patience,
			);
			expect(await timeOf(() => [hostsOf({ text, website: null }), scriptOf(text), fold(text)])).toBeLessThan(
				patience,
			);
		}
		// As much as a form may hold, in every field: too long, but that has to be found out first.
		for (const text of sayOver(sign, 250_000)) {
			const typed = { name: text, email: text, website: text, text };
			expect(await timeOf(() => parseDraft(typed))).toBeLessThan(patience);
		}
	});
});
