import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { parseBackupCommand, parseRestoreCommand } from "../../src/cli/backup-command.ts";
import { localDatabaseFile } from "../../src/cli/local-database.ts";
import { migrateLocally } from "../../src/cli/migrate.ts";
import { sqliteD1 } from "../../src/cli/sqlite-d1.ts";
import { fillEveryTable, rowsOf } from "../support/backup.ts";
import { runCommand } from "./command.ts";
import { temporaryFolder } from "./temporary.ts";

describe("the drill", () => {
	it("backs up, verifies, restores where there is no database, and backs up the same again", async () => {
		const [folder, before, after] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
		await migrateLocally(before);
		const database = new DatabaseSync(await localDatabaseFile(before));
		fillEveryTable({ database, d1: sqliteD1(database) }, [Buffer.from("line\\n\nend"), Buffer.from("猫\0")]);
		database.close();
		const [first, second] = [join(folder, "first.jsonl.gz"), join(folder, "second.jsonl.gz")];

		const made = await runCommand("backup", [first], { PERSIST_TO: before });
		expect(made).toMatchObject({
			code: 0,
			stderr: "",
			stdout: expect.stringMatching(/^\d+ rows \(3 comments\) are in /),
		});
		expect(statSync(first).mode & 0o077).toBe(0);
		const verified = await runCommand("backup", ["--verify", first], {});
		expect(verified).toMatchObject({
			code: 0,
			stdout: expect.stringContaining("is whole and can be restored: "),
		});
		const restored = await runCommand("restore", [first], { PERSIST_TO: after });
		expect(restored).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("is restored: ") });
		expect(statSync(await localDatabaseFile(after)).mode & 0o077).toBe(0);
		expect(await runCommand("backup", [second], { PERSIST_TO: after })).toMatchObject({ code: 0 });
		expect(rowsOf(second)).toEqual(rowsOf(first));

		expect(await runCommand("backup", [first], { PERSIST_TO: before })).toMatchObject({
			code: 1,
			stderr: `${first} is there already; name a new file.\n`,
		});
		expect(await runCommand("restore", [first], { PERSIST_TO: after })).toMatchObject({
			code: 1,
			stderr: expect.stringContaining("then add --replace."),
		});
		writeFileSync(second, readFileSync(first).subarray(0, 900));
		const damaged = await runCommand("restore", [second, "--replace"], { PERSIST_TO: after });
		expect(damaged).toMatchObject({ code: 1, stderr: expect.stringContaining("is damaged: ") });
		const kept = new DatabaseSync(await localDatabaseFile(after), { readOnly: true });
		expect(kept.prepare("SELECT count(*) AS n FROM comments").get()).toMatchObject({ n: 3 });
		kept.close();
	});
});

describe("the arguments of backup and restore", () => {
	it.each([
		[parseBackupCommand, [], { path: null, verify: false, remote: false }],
		[parseBackupCommand, ["--verify", "x.gz"], { path: "x.gz", verify: true }],
		[
			parseBackupCommand,
			["x.gz", "--remote", "--env", "staging"],
			{ path: "x.gz", remote: true, env: "staging" },
		],
		[parseRestoreCommand, ["x.gz", "--replace"], { path: "x.gz", replace: true, remote: false }],
	])("%o %j", (parse, args, expected) => {
		expect(parse(args)).toMatchObject({ ok: true, ...expected });
	});

	it.each([
		[parseBackupCommand, ["a", "b"], "Name one file."],
		[parseBackupCommand, ["--verify"], "Name the backup to verify."],
		[parseBackupCommand, ["--env", "staging"], "--env staging selects a deployment; add --remote."],
		[parseRestoreCommand, [], "Name one backup."],
		[parseRestoreCommand, ["a", "--env", "staging"], "--env staging selects a deployment; add --remote."],
	])("%o refuses %j", (parse, args, message) => {
		expect(parse(args)).toMatchObject({ ok: false, message: expect.stringContaining(message) });
	});
});
