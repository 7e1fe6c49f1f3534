import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { derivedTables, readTables } from "../../../src/backup/tables.ts";
import { sqlOf } from "../../../src/backup/upload.ts";
import { readMigrations } from "../../../src/cli/migrate.ts";
import { requireReplaceable } from "../../../src/cli/replace-remote.ts";
import { backUp, fillEveryTable, migrated, newPath } from "../../support/backup.ts";

describe("a backup", () => {
	it("is one file of JSON Lines with a header, and a count and digest for each table", async () => {
		const opened = await migrated();
		fillEveryTable(opened, [Buffer.from("text")]);
		const path = newPath();
		await backUp(opened.d1, path);
		const lines = gunzipSync(readFileSync(path))
			.toString()
			.trimEnd()
			.split("\n")
			.map((line) => JSON.parse(line));
		expect(lines[0]).toEqual({
			format: "edgecat-backup",
			version: 1,
			createdAt: "2026-11-29T12:00:00.000Z",
			migrations: (await readMigrations()).map(({ name }) => name),
		});
		const tables = lines.filter((line) => line.table !== undefined);
		expect(tables.map(({ table }) => table)).toEqual(
			(await readTables(opened.d1)).map(({ name }) => name).filter((name) => !derivedTables.includes(name)),
		);
		expect(lines.filter((line) => /^[0-9a-f]{64}$/.test(line.sha256))).toHaveLength(tables.length);
		expect(lines.at(-1)).toEqual({ tables: tables.length, rows: lines.filter(Array.isArray).length });
	});

	it("replaces nothing without being told to, and nothing of another version's tables", async () => {
		const opened = await migrated();
		await requireReplaceable(opened.d1, false);
		fillEveryTable(opened, [Buffer.from("text")]);
		await expect(requireReplaceable(opened.d1, false)).rejects.toThrow("add --replace");
		await requireReplaceable(opened.d1, true);
		opened.database.exec("DELETE FROM d1_migrations WHERE id = 2");
		await expect(requireReplaceable(opened.d1, true)).rejects.toThrow("not at this version's last migration");
		expect([...sqlOf(opened.database, await readTables(opened.d1))].at(-1)).toMatch(/^CREATE TRIGGER/);
	});
});
