import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv, promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { parseInviteCommand } from "../../src/cli/invite-command.ts";
import { readInvitation } from "../../src/members/invitation.ts";

const root = new URL("../..", import.meta.url).pathname;

describe("parseInviteCommand", () => {
	it("invites owners to the local blog by default", () => {
		expect(parseInviteCommand([])).toEqual({
			ok: true,
			name: null,
			role: "owner",
			remote: false,
			env: "",
			url: null,
		});
		const args = ["--role", "moderator", "--name", "  花子 ", "--remote", "--url", "https://cats.example/x"];
		expect(parseInviteCommand(args)).toMatchObject({
			name: "花子",
			role: "moderator",
			remote: true,
			url: "https://cats.example",
		});
	});

	it.each([
		[["--role", "king"], "owner or moderator"],
		[["--name", " "], "1 to 60 characters"],
		[["--name", "x".repeat(61)], "1 to 60 characters"],
		[["--env", "staging"], "add --remote"],
		[["--remote", "--url", "cats"], "https://blog.example"],
		[["--frobnicate"], "Usage"],
	])("returns an error message for %j", (args, message) => {
		expect(parseInviteCommand(args)).toEqual({ ok: false, message: expect.stringContaining(message) });
	});
});

describe("npm run invite", () => {
	it("prints a link signed with the local INVITE_SECRET", async () => {
		const folder = await mkdtemp(join(tmpdir(), "edgecat-invite-"));
		const { stdout } = await promisify(execFile)(process.execPath, ["src/cli/invite.ts", "--name", "Mika"], {
			cwd: root,
			env: { ...process.env, PERSIST_TO: folder, PORT: "8899" },
		});
		const link = new URL(stdout.trim());
		expect(`${link.origin}${link.pathname}`).toBe("http://localhost:8899/admin/enrolment");
		const secrets = parseEnv(await readFile(join(folder, "secrets.env"), "utf8"));
		const token = link.searchParams.get("invitation") ?? "";
		const read = (secret: string, now: number) => readInvitation(token, secret, now);
		const secret = secrets.INVITE_SECRET ?? "";
		expect(secret.length).toBeGreaterThan(32);
		expect(await read(secret, Date.now())).toMatchObject({ name: "Mika", role: "owner" });
		expect(await read(secrets.SIGNING_SECRET ?? "", Date.now())).toBe(null);
		expect(await read(secret, Date.now() + 25 * 60 * 60_000)).toBe(null);
		await rm(folder, { recursive: true });
	});
});
