import { describe, expect, it } from "vitest";
import { anchorsIn } from "../../../src/comments/anchors.ts";
import { linkTargetsOf } from "../../../src/comments/links.ts";
import { renderCommentMarkdown } from "../../../src/comments/markdown.ts";
import { featuresOf } from "../../../src/moderation/features.ts";
import { fold } from "../../../src/moderation/policy.ts";
import { scriptOf } from "../../../src/text/scripts.ts";
import { maxDuration, repeated, sayOver, timeOf } from "../../support/adversarial.ts";

describe("a repeated character sequence", () => {
	it.each(repeated)("is rendered and judged in time: %j", async (sequence) => {
		for (const text of sayOver(sequence, 40_000)) {
			let html = "";
			const rendering = () => {
				html = renderCommentMarkdown(text);
			};
			expect(await timeOf(rendering)).toBeLessThan(maxDuration);
			let links: ReturnType<typeof anchorsIn> = [];
			const reading = () => {
				links = anchorsIn(html);
			};
			expect(await timeOf(reading)).toBeLessThan(maxDuration);
			const draft = { name: text.slice(0, 80), website: null, text };
			expect(await timeOf(() => featuresOf(draft, links))).toBeLessThan(maxDuration);
			expect(await timeOf(() => [linkTargetsOf(links), scriptOf(text), fold(text)])).toBeLessThan(
				maxDuration,
			);
		}
	});
});
