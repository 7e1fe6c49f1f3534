import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { BackupError } from "../../../src/backup/error.ts";
import { fillScratch } from "../../../src/backup/scratch.ts";
import { readMigrations } from "../../../src/cli/migrate.ts";
import { backUp, emptyFile, fillEveryTable, migrated, newPath } from "../../support/backup.ts";

async function backupLines(): Promise<string[]> {
	const opened = await migrated();
	fillEveryTable(opened, [Buffer.from("text")]);
	const path = newPath();
	await backUp(opened.d1, path);
	return gunzipSync(readFileSync(path)).toString().trimEnd().split("\n");
}

async function restore(bytes: Uint8Array) {
	const path = newPath();
	writeFileSync(path, bytes);
	const failed = await fillScratch(emptyFile().database, path, await readMigrations()).catch(
		(error: unknown) => error,
	);
	expect(failed).toBeInstanceOf(BackupError);
	return String((failed as Error).message).replace(path, "FILE");
}

const packed = (lines: readonly string[]) => gzipSync(`${lines.join("\n")}\n`);

describe("a damaged or foreign file", () => {
	it("is refused with what is wrong and what to do", async () => {
		const lines = await backupLines();
		const whole = packed(lines);
		const at = lines.findIndex((line) => line.startsWith('{"table":"comments"')) + 1;
		const changed = lines.with(at, lines[at]?.replace("text", "tent") ?? "");
		const header = JSON.parse(lines[0] ?? "");
		expect(await restore(packed(changed))).toMatch(
			/^FILE is damaged: the rows of comments are not those that were written\. Copy it again/,
		);
		expect(await restore(packed(lines.toSpliced(at, 1)))).toMatch(/the rows of comments are not those/);
		expect(await restore(packed(lines.slice(0, -1)))).toMatch(/its end is missing/);
		expect(await restore(packed(lines.slice(0, at + 1)))).toMatch(/its end is missing/);
		expect(await restore(whole.subarray(0, whole.length - 400))).toMatch(
			/^FILE is damaged: .+ Copy it again/,
		);
		expect(await restore(packed([...lines, "[]"]))).toMatch(/something follows its last line/);
		expect(await restore(Buffer.from("title: Cats\n"))).toBe("FILE is no backup of edgecat; name one.");
		expect(await restore(packed(["{}"]))).toBe("FILE is no backup of edgecat; name one.");
		const newer = packed(lines.with(0, JSON.stringify({ ...header, version: 2 })));
		expect(await restore(newer)).toBe(
			"FILE is of a newer version of edgecat (format 2); restore it with that.",
		);
		const foreign = packed(lines.with(0, JSON.stringify({ ...header, migrations: ["0000_other.sql"] })));
		expect(await restore(foreign)).toMatch(
			/another version of edgecat: its database has the migration 0000_other\.sql/,
		);
	});

	it("is refused wherever it is cut off, or a byte of it is another", async () => {
		const whole = packed(await backupLines());
		for (let cut = 1; cut < whole.length; cut += 997) await restore(whole.subarray(0, cut));
		for (let at = 20; at < whole.length; at += 1499) {
			const bytes = Buffer.from(whole);
			bytes[at] = (bytes[at] ?? 0) ^ 0x10;
			await restore(bytes);
		}
	});
});
