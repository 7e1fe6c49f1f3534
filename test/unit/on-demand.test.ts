import { describe, expect, it } from "vitest";
import { onDemand } from "../../src/on-demand.ts";

/** A repository that says how often it was loaded. */
function counted() {
	const loads = { count: 0 };
	const repository = onDemand(async () => {
		loads.count += 1;
		return {
			double: async (value: number) => 2 * value,
			fail: async (): Promise<string> => Promise.reject(new Error("no such table")),
		};
	});
	return { loads, repository };
}

describe("onDemand", () => {
	it("loads nothing before a function is called, and then once, however many are called at once", async () => {
		const { loads, repository } = counted();
		const { double } = repository;
		expect(loads.count).toBe(0);
		expect(await Promise.all([double(1), double(2), repository.double(3)])).toEqual([2, 4, 6]);
		expect(loads.count).toBe(1);
	});

	it("passes errors on", async () => {
		await expect(counted().repository.fail()).rejects.toThrow("no such table");
	});

	it("may be what a promise resolves to", async () => {
		const { loads, repository } = counted();
		expect(await (await Promise.resolve(repository)).double(4)).toBe(8);
		expect(loads.count).toBe(1);
	});
});
