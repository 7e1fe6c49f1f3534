import { describe, expect, it } from "vitest";
import { createLruCache } from "../../../src/posts/lru-cache.ts";

describe("an LRU cache", () => {
	it("evicts the least recently used value", () => {
		const kept = createLruCache<string>(24);
		for (const key of ["a", "b", "c", "d", "e", "f", "g", "h"]) kept.set(key, key, 3);
		expect(kept.get("a")).toBe("a");
		kept.set("i", "i", 3);
		expect(kept.get("b")).toBeUndefined();
		expect(kept.get("a")).toBe("a");
	});

	it("updates the weight of a replaced value", () => {
		const kept = createLruCache<string>(16);
		for (let time = 0; time < 20; time++) kept.set("a", `${time}`, 2);
		kept.set("b", "b", 2);
		expect([kept.get("a"), kept.get("b")]).toEqual(["19", "b"]);
	});

	it("does not store values over an eighth of its capacity", () => {
		const kept = createLruCache<string>(80);
		kept.set("small", "small", 10);
		kept.set("large", "large", 11);
		expect([kept.get("small"), kept.get("large")]).toEqual(["small", undefined]);
	});
});
