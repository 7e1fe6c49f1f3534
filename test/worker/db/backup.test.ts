import { afterAll, beforeAll, expect, it } from "vitest";
import { readTables } from "../../../src/backup/tables.ts";
import { sqlOf } from "../../../src/backup/upload.ts";
import { verifyBackup } from "../../../src/backup/verify.ts";
import { readMigrations } from "../../../src/cli/migrate.ts";
import {
	backUp,
	broughtBack,
	emptyFile,
	fillEveryTable,
	linesOf,
	migrated,
	newPath,
} from "../../support/backup.ts";
import { type Database, startDatabase } from "../../support/database.ts";

let database: Database;
beforeAll(async () => {
	database = await startDatabase();
});
afterAll(() => database.stop());

it("D1 takes a restored database as SQL, and gives a backup of it, byte by byte", async () => {
	const { db } = database;
	const source = await migrated();
	const texts = [
		"a\\n\nb\r\n",
		"NUL \0 after",
		"猫 😀 \u2028",
		"'; DROP TABLE comments; --",
		"long ".repeat(9000),
	];
	fillEveryTable(source, [...texts.map((text) => Buffer.from(text)), Buffer.from("61eda08062ff", "hex")]);
	const statements = [...sqlOf(source.database, await readTables(source.d1))];
	await db.batch(statements.map((sql) => db.prepare(sql)));

	// As D1 itself stores what is no text.
	await db.prepare("UPDATE comments SET source = ?1 WHERE id = 1").bind("half \ud83d of a pair").run();
	// The tests' database is migrated without wrangler.
	const names = (await readMigrations()).map(({ name }) => name);
	await db
		.prepare("CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE)")
		.run();
	await db.batch(names.map((name) => db.prepare("INSERT INTO d1_migrations (name) VALUES (?1)").bind(name)));
	const path = newPath();
	await backUp(db, path, undefined, 1_000_000);
	await db.prepare("DROP TABLE d1_migrations").run();

	const restored = emptyFile();
	await verifyBackup(restored, path, await readMigrations(), () => {});
	source.database.exec(
		"UPDATE comments SET source = (SELECT 'half ' || CAST(X'EDA0BD' AS TEXT) || ' of a pair') WHERE id = 1",
	);
	expect(await linesOf(restored.d1)).toEqual(broughtBack(await linesOf(source.d1)));
});
