import { describe, expect, it } from "vitest";
import { fingerprintQuery } from "../../../src/backup/fingerprints.ts";
import { readTables } from "../../../src/backup/tables.ts";
import { fillEveryTable, migrated } from "../../support/backup.ts";

describe("fingerprints", () => {
	it("differ after a change of any value of any column", async () => {
		const opened = await migrated();
		const { database, d1 } = opened;
		fillEveryTable(
			opened,
			["Anna", "some words of a text", "x"].map((text) => Buffer.from(text)),
		);
		for (const { name } of database.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all())
			database.exec(`DROP TRIGGER ${name}`);
		database.exec("PRAGMA ignore_check_constraints = ON");
		for (const table of await readTables(d1)) {
			const print = () => JSON.stringify(database.prepare(fingerprintQuery(table)).all());
			for (const { name, type } of table.columns) {
				const before = print();
				database.exec("BEGIN");
				const changed = type === "TEXT" ? `"${name}" || 'x'` : `"${name}" + 1`;
				database.exec(
					`UPDATE ${table.name} SET "${name}" = ${changed} WHERE rowid = (SELECT max(rowid) FROM ${table.name} WHERE "${name}" IS NOT NULL)`,
				);
				expect({ table: table.name, name, same: print() === before }).toEqual({
					table: table.name,
					name,
					same: false,
				});
				database.exec("ROLLBACK");
			}
			const before = print();
			database.exec(`BEGIN; DELETE FROM ${table.name} WHERE rowid = (SELECT max(rowid) FROM ${table.name})`);
			expect(print()).not.toBe(before);
			database.exec("ROLLBACK");
		}
	});

	it("differ after an edit of the same length, and after two columns have swapped values", async () => {
		const { database, d1 } = await migrated();
		const table = (await readTables(d1)).find(({ name }) => name === "identities");
		if (table === undefined) throw new Error("there are no identities");
		database.exec(`INSERT INTO addresses (id, email) VALUES (1, 'a@mail.example');
			INSERT INTO identities VALUES (1, 1, 'Anna', 'skeleton', 'folded', 'visitor', 5)`);
		const print = () => JSON.stringify(database.prepare(fingerprintQuery(table)).all());
		const before = print();
		for (const change of [
			"name = 'Anya'",
			"name = 'Anan'",
			"skeleton = 'folded', folded_skeleton = 'skeleton'",
		]) {
			database.exec(`BEGIN; UPDATE identities SET ${change}`);
			expect(print()).not.toBe(before);
			database.exec("ROLLBACK");
		}
	});
});
