import { readdir, readFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { databaseId, localDatabaseFile } from "../../src/cli/local-database.ts";
import { migrateLocally, migrationsDir } from "../../src/cli/migrate.ts";
import { schemaSql } from "../../src/cli/schema-sql.ts";
import { temporaryFolder } from "./temporary.ts";

async function openDatabase(persistTo: string) {
	return new DatabaseSync(await localDatabaseFile(persistTo));
}

describe("migrateLocally", () => {
	it("applies each migration once, and records it as wrangler does", async () => {
		const persistTo = temporaryFolder();
		for (let times = 0; times < 2; times++) expect(await migrateLocally(persistTo)).toBeNull();
		const database = await openDatabase(persistTo);
		const recorded = database.prepare("SELECT name FROM d1_migrations ORDER BY id").all();
		expect(recorded.map(({ name }) => name)).toEqual(
			(await readdir(migrationsDir)).filter((name) => name.endsWith(".sql")).sort(),
		);
		expect(database.prepare("SELECT count(*) AS n FROM comments").get()).toEqual({ n: 0 });
		database.close();
	});

	it("says what to do about a database that another version's migrations made", async () => {
		const persistTo = temporaryFolder();
		await migrateLocally(persistTo);
		const database = await openDatabase(persistTo);
		database.exec("UPDATE d1_migrations SET name = '0000_conversation.sql' WHERE id = 1");
		database.close();
		expect(await migrateLocally(persistTo)).toBe(
			`Another version of edgecat made this database: it has the migration 0000_conversation.sql, which migrations/ does not. Delete ${persistTo}/v3/d1, its comments included, then run npm start again.`,
		);
	});

	it("changes nothing if a migration fails", async () => {
		const persistTo = temporaryFolder();
		await migrateLocally(persistTo);
		const database = await openDatabase(persistTo);
		database.exec("DELETE FROM d1_migrations");
		expect(await migrateLocally(persistTo)).toMatch(/^SQLite reports: table .* already exists$/);
		expect(database.prepare("SELECT count(*) AS n FROM d1_migrations").get()).toEqual({ n: 0 });
		database.close();
	});
});

describe("databaseId", () => {
	it.each([
		['[[d1_databases]]\nbinding = "DB"\ndatabase_name = "cats"\n', "DB"],
		[
			'[[d1_databases]]\nbinding = "DB"\ndatabase_id = "0b0e"\n\n[[env.staging.d1_databases]]\nbinding = "X"\n',
			"0b0e",
		],
		['[[d1_databases]]\nbinding = "DB"\ndatabase_id = "0b0e"\npreview_database_id = "1c1f"\n', "1c1f"],
		['[[d1_databases]]\nbinding = "DB"\n\n[[env.staging.d1_databases]]\ndatabase_id = "0b0e"\n', "DB"],
	])("is the one wrangler uses locally: %j", (toml, id) => {
		expect(databaseId(toml)).toBe(id);
	});
});

describe("src/db/schema.sql", () => {
	it("shows the database as the migrations make it; run npm run migration if not", async () => {
		const written = await readFile(new URL("../../src/db/schema.sql", import.meta.url), "utf8");
		expect(written).toBe(await schemaSql());
	});
});
