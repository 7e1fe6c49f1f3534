import { describe, expect, it } from "vitest";
import { parseCommentsCommand } from "../../src/cli/comments-command.ts";

describe("parseCommentsCommand", () => {
	it("parses list, approve and delete, locally or on a deployment", () => {
		expect(parseCommentsCommand(["list"])).toEqual({
			ok: true,
			command: { action: "list" },
			remote: false,
			env: "",
		});
		expect(parseCommentsCommand(["approve", "12", "--remote"])).toMatchObject({
			command: { action: "approve", id: 12, reason: "" },
			remote: true,
		});
		expect(
			parseCommentsCommand(["delete", "3", "--remote", "--env", "staging", "--reason", "spam"]),
		).toMatchObject({
			command: { action: "delete", id: 3, reason: "spam" },
			env: "staging",
		});
	});

	it.each([[[]], [["publish", "1"]], [["list", "1"]], [["approve", "1", "2"]], [["list", "--loudly"]]])(
		"shows the usage for %j",
		(args) => {
			const command = parseCommentsCommand(args);
			expect(command).toMatchObject({
				ok: false,
				message: expect.stringContaining("Usage: npm run comments -- list"),
			});
		},
	);

	it.each([undefined, "0", "-1", "1.5", "1; DROP TABLE comments", "#7", "9".repeat(16)])(
		"refuses %j as a comment",
		(id) => {
			const command = parseCommentsCommand(id === undefined ? ["approve"] : ["approve", "--", id]);
			expect(command).toEqual({
				ok: false,
				message: "approve needs the number of a comment; run npm run comments -- list to see them.",
			});
		},
	);

	it("requires --remote with --env, and a reason of at most 1000 characters", () => {
		expect(parseCommentsCommand(["list", "--env", "staging"])).toMatchObject({
			ok: false,
			message: expect.stringContaining("add --remote"),
		});
		expect(parseCommentsCommand(["delete", "1", "--reason", "x".repeat(1001)])).toMatchObject({ ok: false });
	});
});
