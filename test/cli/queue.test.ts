import { describe, expect, it } from "vitest";
import { type Queue, type Waiting, workQueue } from "../../src/cli/queue.ts";
import type { CommentState } from "../../src/comments/comment.ts";
import type { Decision } from "../../src/comments/repository.ts";

const comment = (id: number, source: string, name = "Mika"): Waiting => ({
	id,
	name,
	createdAt: Date.UTC(2026, 10, 22, 21, 7, 33),
	postId: "2026/hello",
	source,
});

/** A conversation of a few comments, and every decision made on it. */
function queueOf(states: Record<number, CommentState>, waiting: Waiting[] = [], decides = true) {
	const decisions: (Decision & { ids: readonly number[]; state: CommentState })[] = [];
	const queue: Queue = {
		comments: {
			waiting: async (limit) => waiting.slice(0, limit),
			decide: async (ids, state, decision) => {
				decisions.push({ ids, state, ...decision });
				return decides ? ids : [];
			},
		},
		find: async (id) => {
			const state = states[id];
			return state === undefined
				? null
				: { state, name: "Mika\u202e", source: "first\nsecond", editedAt: 900 };
		},
		now: () => 1000,
	};
	return { queue, decisions };
}

describe("workQueue", () => {
	it("lists number, minute, post, name and text, with nothing in them that steers a terminal", async () => {
		const { queue } = queueOf({}, [
			comment(7, "first\nsecond \u001b[31m"),
			comment(8, "third", "\u202eakiM"),
		]);
		expect(await workQueue({ action: "list" }, queue)).toEqual({
			ok: true,
			says: [
				"7  2026-11-22 21:07Z  2026/hello  Mika",
				"    first",
				"    second <U+001B>[31m",
				"",
				"8  2026-11-22 21:07Z  2026/hello  <U+202E>akiM",
				"    third",
				"",
				"To publish one: npm run comments -- approve ID",
			].join("\n"),
		});
	});

	it("says so when nothing waits, and when more wait than it lists", async () => {
		expect((await workQueue({ action: "list" }, queueOf({}).queue)).says).toBe(
			"No comment waits for approval.",
		);
		const many = Array.from({ length: 150 }, (_, at) => comment(at + 1, "text"));
		const { says } = await workQueue({ action: "list" }, queueOf({}, many).queue);
		expect(says).toContain("These are the oldest 100; more wait.");
		expect(says).not.toContain("\n101  ");
	});

	it.each(["held", "spam"] as const)(
		"approves a comment that is %s, with a reason and a time",
		async (state) => {
			const { queue, decisions } = queueOf({ 7: state });
			const order = { action: "approve", id: 7, reason: "kind" } as const;
			expect(await workQueue(order, queue)).toEqual({
				ok: true,
				says: "Comment 7 by Mika<U+202E> is published:\n    first\n    second",
			});
			expect(decisions).toEqual([
				{
					ids: [7],
					state: "published",
					act: expect.any(String),
					madeBy: "command line",
					reason: "kind",
					at: 1000,
					seen: new Map([[7, 900]]),
				},
			]);
		},
	);

	it.each(["held", "spam", "published"] as const)("deletes a comment that is %s", async (state) => {
		const { queue, decisions } = queueOf({ 7: state });
		expect(await workQueue({ action: "delete", id: 7, reason: "" }, queue)).toEqual({
			ok: true,
			says: "Comment 7 by Mika<U+202E> is deleted.",
		});
		expect(decisions).toMatchObject([{ ids: [7], state: "deleted" }]);
	});

	it.each([
		["approve", undefined, "There is no comment 7."],
		["delete", undefined, "There is no comment 7."],
		["approve", "published", "Comment 7 is already published."],
		["approve", "deleted", "Comment 7 was deleted and stays so."],
		["delete", "deleted", "Comment 7 is already deleted."],
	] as const)("does not %s a comment that is %s", async (action, state, sentence) => {
		const { queue, decisions } = queueOf(state === undefined ? {} : { 7: state });
		const done = await workQueue({ action, id: 7, reason: "" }, queue);
		expect(done).toEqual({ ok: false, says: expect.stringContaining(sentence) });
		expect(decisions).toEqual([]);
	});

	it("tells when someone else was first", async () => {
		const { queue } = queueOf({ 7: "held" }, [], false);
		const done = await workQueue({ action: "approve", id: 7, reason: "" }, queue);
		expect(done).toEqual({
			ok: false,
			says: "Comment 7 was changed by someone else a moment ago, and is as they left it.",
		});
	});
});
