import { describe, expect, it } from "vitest";
import { parseDraft } from "../../../src/comments/draft.ts";
import { hostsOf } from "../../../src/comments/links.ts";
import { renderCommentMarkdown } from "../../../src/comments/markdown.ts";
import { scriptOf } from "../../../src/comments/writing-system.ts";
import { featuresOf } from "../../../src/moderation/features.ts";
import { fold } from "../../../src/moderation/policy.ts";
import { repeated, sayOver, timeOf } from "../../support/adversarial.ts";

/** Milliseconds: many times the slowest case, and a small part of what quadratic time would take. */
const maxDuration = 2000;

describe("a repeated character sequence", () => {
	it.each(repeated)("is rendered, judged and validated in time: %j", async (sequence) => {
		for (const text of sayOver(sequence, 40_000)) {
			expect(await timeOf(() => renderCommentMarkdown(text))).toBeLessThan(maxDuration);
			expect(await timeOf(() => featuresOf({ name: text.slice(0, 80), website: null, text }))).toBeLessThan(
				maxDuration,
			);
			expect(await timeOf(() => [hostsOf({ text, website: null }), scriptOf(text), fold(text)])).toBeLessThan(
				maxDuration,
			);
		}
		// The most a form may hold, in every field: over the limit, which parsing has to find out.
		for (const text of sayOver(sequence, 250_000)) {
			const typed = { name: text, email: text, website: text, text };
			expect(await timeOf(() => parseDraft(typed))).toBeLessThan(maxDuration);
		}
	});
});
