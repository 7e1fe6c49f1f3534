import { describe, expect, it } from "vitest";
import { deployedThreads, orphanWarnings } from "../../src/cli/orphans.ts";

const thread = (id: string, count = 2) => ({ post_id: id, comment_count: count });

describe("orphanWarnings", () => {
	it("names each post that is gone, with what to do, and nothing of the others", () => {
		const warnings = orphanWarnings(
			[thread("hello", 1), thread("cats"), thread("\u001b[31mred")],
			new Set(["hello", "other"]),
		);
		expect(warnings).toEqual([
			'warning: 2 comments are stored under "cats", and no post has that id any more. If you renamed its file, write id: cats in its front matter, or move the comments at /admin/orphans.',
			expect.not.stringContaining("\u001b"),
		]);
		expect(orphanWarnings([thread("hello", 1)], new Set())[0]).toContain("1 comment is stored");
		expect(orphanWarnings([], new Set())).toEqual([]);
	});

	it("names at most ten, and counts the rest", () => {
		const many = Array.from({ length: 25 }, (_, at) => thread(`post ${at}`));
		const warnings = orphanWarnings(many, new Set());
		expect(warnings).toHaveLength(11);
		expect(warnings.at(-1)).toBe("warning: the same is true of 15 more; see /admin/orphans.");
	});
});

describe("deployedThreads", () => {
	it("reads the database of the deployment, and nothing when it does not answer", async () => {
		const commands: string[] = [];
		const answer = JSON.stringify([{ results: [thread("cats")], success: true }]);
		const run = (ok: boolean) => async (args: readonly string[]) => {
			commands.push(args.join(" "));
			return { ok, stdout: answer, stderr: "" };
		};
		expect(await deployedThreads(run(true), ["--env=staging"])).toEqual([thread("cats")]);
		expect(await deployedThreads(run(false), ["--env=staging"])).toEqual([]);
		expect(commands[0]).toMatch(/^d1 execute DB --remote --json --command SELECT post_id.* --env=staging$/);
	});
});
