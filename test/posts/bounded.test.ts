import { describe, expect, it } from "vitest";
import { bounded } from "../../src/posts/bounded.ts";

describe("what is kept within a bound", () => {
	it("is let go by when it was last asked for", () => {
		const kept = bounded<string>(24);
		for (const key of ["a", "b", "c", "d", "e", "f", "g", "h"]) kept.set(key, key, 3);
		expect(kept.get("a")).toBe("a");
		kept.set("i", "i", 3);
		expect(kept.get("b")).toBeUndefined();
		expect(kept.get("a")).toBe("a");
	});

	it("is weighed anew when it is kept again", () => {
		const kept = bounded<string>(16);
		for (let time = 0; time < 20; time++) kept.set("a", `${time}`, 2);
		kept.set("b", "b", 2);
		expect([kept.get("a"), kept.get("b")]).toEqual(["19", "b"]);
	});

	it("is nothing that would push out much of the rest", () => {
		const kept = bounded<string>(80);
		kept.set("small", "small", 10);
		kept.set("large", "large", 11);
		expect([kept.get("small"), kept.get("large")]).toEqual(["small", undefined]);
	});
});
