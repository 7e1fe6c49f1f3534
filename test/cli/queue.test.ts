import { describe, expect, it } from "vitest";
import { type ListedComment, type Queue, runQueueCommand } from "../../src/cli/queue.ts";
import type { CommentState } from "../../src/comments/comment.ts";
import type { Decision } from "../../src/comments/repository.ts";

const comment = (id: number, source: string, name = "Mika"): ListedComment => ({
	id,
	name,
	createdAt: Date.UTC(2026, 10, 22, 21, 7, 33),
	postId: "2026/hello",
	source,
});

/** A queue of comments in these states, and the decisions made on it. */
function queueOf(states: Record<number, CommentState>, held: ListedComment[] = [], decides = true) {
	const decisions: (Decision & { ids: readonly number[]; state: CommentState })[] = [];
	const queue: Queue = {
		comments: {
			listHeld: async (limit) => held.slice(0, limit),
			decide: async (ids, state, decision) => {
				decisions.push({ ids, state, ...decision });
				return decides ? ids : [];
			},
		},
		find: async (id) => {
			const state = states[id];
			return state === undefined
				? null
				: { state, name: "Mika\u202e", source: "first\nsecond", version: 900 };
		},
		now: () => 1000,
	};
	return { queue, decisions };
}

describe("runQueueCommand", () => {
	it("lists number, time, post, name and text without control characters", async () => {
		const { queue } = queueOf({}, [
			comment(7, "first\nsecond \u001b[31m"),
			comment(8, "third", "\u202eakiM"),
		]);
		expect(await runQueueCommand({ action: "list" }, queue)).toEqual({
			ok: true,
			message: [
				"7  2026-11-22 21:07Z  2026/hello  Mika",
				"    first",
				"    second <U+001B>[31m",
				"",
				"8  2026-11-22 21:07Z  2026/hello  <U+202E>akiM",
				"    third",
				"",
				"To approve one: npm run comments -- approve ID",
			].join("\n"),
		});
	});

	it("says so if no comments are waiting, or more than it lists", async () => {
		expect((await runQueueCommand({ action: "list" }, queueOf({}).queue)).message).toBe(
			"No comments waiting.",
		);
		const many = Array.from({ length: 150 }, (_, at) => comment(at + 1, "text"));
		const { message } = await runQueueCommand({ action: "list" }, queueOf({}, many).queue);
		expect(message).toContain("Only the oldest 100 are shown.");
		expect(message).not.toContain("\n101  ");
	});

	it.each(["held", "spam"] as const)(
		"approves a comment that is %s, with a reason and a time",
		async (state) => {
			const { queue, decisions } = queueOf({ 7: state });
			const command = { action: "approve", id: 7, reason: "kind" } as const;
			expect(await runQueueCommand(command, queue)).toEqual({
				ok: true,
				message: "Comment 7 by Mika<U+202E> is published:\n    first\n    second",
			});
			expect(decisions).toEqual([
				{
					ids: [7],
					state: "published",
					operation: expect.any(String),
					actor: "command line",
					reason: "kind",
					at: 1000,
					seen: new Map([[7, 900]]),
				},
			]);
		},
	);

	it.each(["held", "spam", "published"] as const)("deletes a comment that is %s", async (state) => {
		const { queue, decisions } = queueOf({ 7: state });
		expect(await runQueueCommand({ action: "delete", id: 7, reason: "" }, queue)).toEqual({
			ok: true,
			message: "Comment 7 by Mika<U+202E> is deleted.",
		});
		expect(decisions).toMatchObject([{ ids: [7], state: "deleted" }]);
	});

	it.each([
		["approve", undefined, "There is no comment 7."],
		["delete", undefined, "There is no comment 7."],
		["approve", "published", "Comment 7 is already published."],
		["approve", "deleted", "Comment 7 is deleted."],
		["delete", "deleted", "Comment 7 is already deleted."],
	] as const)("does not %s a comment that is %s", async (action, state, sentence) => {
		const { queue, decisions } = queueOf(state === undefined ? {} : { 7: state });
		const done = await runQueueCommand({ action, id: 7, reason: "" }, queue);
		expect(done).toEqual({ ok: false, message: expect.stringContaining(sentence) });
		expect(decisions).toEqual([]);
	});

	it("reports a comment that was changed in the meantime", async () => {
		const { queue } = queueOf({ 7: "held" }, [], false);
		const done = await runQueueCommand({ action: "approve", id: 7, reason: "" }, queue);
		expect(done).toEqual({
			ok: false,
			message: "Comment 7 was changed by someone else in the meantime; nothing was done.",
		});
	});
});
