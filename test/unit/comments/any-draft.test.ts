import { describe, expect, it } from "vitest";
import { parseDraft } from "../../../src/comments/draft.ts";
import { maxDuration, repeated, sayOver, timeOf } from "../../support/adversarial.ts";

describe("a form full of a repeated character sequence", () => {
	// The most a form may hold, in every field: over the limit, which parsing has to find out.
	it.each(repeated)("is validated in time: %j", async (sequence) => {
		for (const text of sayOver(sequence, 250_000)) {
			const typed = { name: text, email: text, website: text, text };
			expect(await timeOf(() => parseDraft(typed))).toBeLessThan(maxDuration);
		}
	});
});
