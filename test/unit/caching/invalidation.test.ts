import { beforeEach, describe, expect, it } from "vitest";
import { createBudget, invocationLimits } from "../../../src/budget.ts";
import { type Purge, purgePending } from "../../../src/caching/invalidation.ts";
import { purgeScopes } from "../../../src/caching/tags.ts";
import { pendingPurgesInMemory } from "../../support/fakes/pending-purges.ts";

const now = 1_000_000;

let pending: ReturnType<typeof pendingPurgesInMemory>;
let purges: { how: "drop" | "expire"; tags: readonly string[] }[];
let refused: (how: string) => boolean;

beforeEach(() => {
	pending = pendingPurgesInMemory();
	purges = [];
	refused = () => false;
});

const purge: Purge = async (how, tags) => {
	purges.push({ how, tags });
	return !refused(how);
};

const change = (postId: string, scope: number) =>
	pending.rows.push({ postId, scope, revision: 1, purgedAt: null });
const run = (at = now, budget = createBudget()) =>
	purgePending({ pendingPurges: pending, purge }, budget, at);

describe("purging what has changed", () => {
	it("does nothing, and asks for no lock, when nothing has", async () => {
		pending.acquire = () => Promise.reject(new Error("locked for nothing"));
		expect(await run()).toBe("done");
		expect(purges).toEqual([]);
	});

	it("expires the tags in the scope of the change, and no others", async () => {
		change("a", purgeScopes.thread);
		change("b", purgeScopes.thread | purgeScopes.counts | purgeScopes.commentFeeds);
		expect(await run()).toBe("done");
		expect(purges).toEqual([{ how: "expire", tags: ["thread:a", "thread:b", "count:b", "comments"] }]);
	});

	it("drops pages from which something was removed, so that none is served as a fallback", async () => {
		change("a", purgeScopes.thread);
		change("b", purgeScopes.thread | purgeScopes.removal);
		await run();
		expect(purges).toEqual([
			{ how: "drop", tags: ["thread:b"] },
			{ how: "expire", tags: ["thread:a"] },
		]);
	});

	it("purges once more after ten seconds, for pages that were being rendered, and then no more", async () => {
		change("a", purgeScopes.thread);
		await run();
		await run(now + 10_000);
		expect(purges).toHaveLength(1);
		await run(now + 10_001);
		expect(purges).toHaveLength(2);
		await run(now + 60_000);
		expect(purges).toHaveLength(2);
	});

	it("leaves the pages for the next run when the budget is spent", async () => {
		change("a", purgeScopes.thread);
		const statements = (count: number) => createBudget({ ...invocationLimits, statements: count });
		expect(await run(now, statements(0))).toBe("spent");
		expect(await run(now, statements(4))).toBe("spent");
		expect(purges).toEqual([]);
		expect(await run(now, statements(5))).toBe("done");
	});

	it("leaves the work to whoever holds the lock", async () => {
		change("a", purgeScopes.thread);
		pending.locked = true;
		expect(await run()).toBe("wait");
		expect(purges).toEqual([]);
	});

	it("includes what changes while it waits for the lock", async () => {
		change("a", purgeScopes.thread);
		pending.acquire = async () => {
			change("b", purgeScopes.thread);
			return true;
		};
		await run();
		expect(purges[0]?.tags).toEqual(["thread:a", "thread:b"]);
	});

	it("keeps what was refused for the next run, without repeating what was not", async () => {
		change("a", purgeScopes.thread);
		change("b", purgeScopes.thread | purgeScopes.removal);
		refused = (how) => how === "expire";
		expect(await run()).toBe("wait");
		refused = () => false;
		purges = [];
		expect(await run()).toBe("done");
		expect(purges).toEqual([{ how: "expire", tags: ["thread:a"] }]);
	});

	it("takes at most a hundred tags in one request, and leaves the other posts for the next", async () => {
		for (let post = 0; post < 60; post++) {
			change(`p${post}`, purgeScopes.thread | purgeScopes.counts | purgeScopes.commentFeeds);
		}
		expect(await run()).toBe("wait");
		expect(purges[0]?.tags).toHaveLength(99);
		expect(await run()).toBe("done");
		expect(purges[1]?.tags).toHaveLength(11 * 2 + 1);
	});
});
