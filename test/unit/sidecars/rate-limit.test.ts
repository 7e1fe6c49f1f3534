import { describe, expect, it } from "vitest";
import { createRateLimit } from "../../../src/sidecars/rate-limit.ts";

describe("the rate limit of a machine of one's own", () => {
	it("lets each key through as often as it says, in each period", () => {
		let now = Date.parse("2026-01-01T00:00:10Z");
		const limit = createRateLimit({ limit: 2, period: 60 }, () => now);
		expect(["a", "a", "b", "a"].map(limit)).toEqual([true, true, true, false]);
		now += 49_999;
		expect(limit("a")).toBe(false);
		now += 1;
		expect(["a", "a", "a"].map(limit)).toEqual([true, true, false]);
	});
});
