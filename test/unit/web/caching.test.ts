import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import type { Archive } from "../../../src/posts/archive.ts";
import type { Services } from "../../../src/services.ts";
import { type CachePolicy, cache } from "../../../src/web/http/caching.ts";
import type { AppEnv } from "../../../src/web/http/context.ts";
import { fake } from "../../support/fakes/fake.ts";

const services = fake<Services>({
	archive: fake<Archive>({ nextPublication: () => null, published: () => [] }),
	deployedAt: () => 0,
	clock: { now: () => 0, wait: async () => false },
});
const policies = ["shared", "asset", "forever", "none"] as const;
const pairs = policies.flatMap((first) => policies.map((last) => [first, last] as const));

/** Returns the headers of a response, and whether the page cache may store it, after policies were set in turn. */
async function headersAfter(...set: readonly CachePolicy[]) {
	let isStored = false;
	const app = new Hono<AppEnv>().get("/", (c) => {
		c.set("services", services);
		for (const policy of set) cache(c, policy, { tags: [`of-${policy}`] });
		isStored = c.var.pageValidity !== undefined;
		return c.body("");
	});
	return { isStored, headers: [...(await app.request("/")).headers] };
}

describe("the caching headers", () => {
	it.each(pairs)("of a response first %s and then %s are those of the last alone", async (first, last) => {
		expect(await headersAfter(first, last)).toEqual(await headersAfter(last));
	});

	it("keep no `noindex` on a response that is shared in the end, and have it on a private one", async () => {
		const { headers } = await headersAfter("none", "shared");
		expect(Object.fromEntries(headers)).toMatchObject({ "cache-tag": "of-shared" });
		expect(headers.map(([name]) => name)).not.toContain("x-robots-tag");
		expect(Object.fromEntries((await headersAfter("shared", "none")).headers)).toMatchObject({
			"x-robots-tag": "noindex",
		});
	});
});
