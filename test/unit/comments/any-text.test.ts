import { describe, expect, it } from "vitest";
import { hostsOf } from "../../../src/comments/links.ts";
import { renderCommentMarkdown } from "../../../src/comments/markdown.ts";
import { featuresOf } from "../../../src/moderation/features.ts";
import { fold } from "../../../src/moderation/policy.ts";
import { scriptOf } from "../../../src/text/scripts.ts";
import { maxDuration, repeated, sayOver, timeOf } from "../../support/adversarial.ts";

describe("a repeated character sequence", () => {
	it.each(repeated)("is rendered and judged in time: %j", async (sequence) => {
		for (const text of sayOver(sequence, 40_000)) {
			expect(await timeOf(() => renderCommentMarkdown(text))).toBeLessThan(maxDuration);
			expect(await timeOf(() => featuresOf({ name: text.slice(0, 80), website: null, text }))).toBeLessThan(
				maxDuration,
			);
			expect(await timeOf(() => [hostsOf({ text, website: null }), scriptOf(text), fold(text)])).toBeLessThan(
				maxDuration,
			);
		}
	});
});
