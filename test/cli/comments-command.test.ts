import { describe, expect, it } from "vitest";
import { readQueueCommand } from "../../src/cli/comments-command.ts";

describe("readQueueCommand", () => {
	it("reads list, approve and delete, here or on a deployment", () => {
		expect(readQueueCommand(["list"])).toEqual({
			ok: true,
			order: { action: "list" },
			remote: false,
			env: "",
		});
		expect(readQueueCommand(["approve", "12", "--remote"])).toMatchObject({
			order: { action: "approve", id: 12, reason: "" },
			remote: true,
		});
		expect(
			readQueueCommand(["delete", "3", "--remote", "--env", "staging", "--reason", "spam"]),
		).toMatchObject({
			order: { action: "delete", id: 3, reason: "spam" },
			env: "staging",
		});
	});

	it.each([[[]], [["publish", "1"]], [["list", "1"]], [["approve", "1", "2"]], [["list", "--loudly"]]])(
		"shows how it is used when it does not understand %j",
		(args) => {
			const command = readQueueCommand(args);
			expect(command).toMatchObject({
				ok: false,
				says: expect.stringContaining("Usage: npm run comments -- list"),
			});
		},
	);

	it.each([undefined, "0", "-1", "1.5", "1; DROP TABLE comments", "#7", "9".repeat(16)])(
		"refuses %j as a comment",
		(id) => {
			const command = readQueueCommand(id === undefined ? ["approve"] : ["approve", "--", id]);
			expect(command).toEqual({
				ok: false,
				says: "approve takes the number of a comment, as npm run comments -- list shows it.",
			});
		},
	);

	it("asks for --remote where a deployment is named, and for a reason that fits", () => {
		expect(readQueueCommand(["list", "--env", "staging"])).toMatchObject({
			ok: false,
			says: expect.stringContaining("add --remote"),
		});
		expect(readQueueCommand(["delete", "1", "--reason", "x".repeat(1001)])).toMatchObject({ ok: false });
	});
});
