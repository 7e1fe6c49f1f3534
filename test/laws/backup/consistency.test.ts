import type { D1Database } from "@cloudflare/workers-types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { derivedTables } from "../../../src/backup/tables.ts";
import { verifyBackup } from "../../../src/backup/verify.ts";
import { readMigrations } from "../../../src/cli/migrate.ts";
import {
	backUp,
	emptyFile,
	fillEveryTable,
	migrated,
	newPath,
	type OpenDatabase,
} from "../../support/backup.ts";

/** A change of a blog that is written to while it is backed up. */
const changes = [
	({ database }: OpenDatabase, n: number) =>
		database
			.prepare(
				`INSERT INTO comments (post_id, path, state, name, visitor, source, html, fingerprint, created_at)
				VALUES ('post', printf('%08x', (SELECT max(id) + 1 FROM comments)), 'published', 'new', 'v', 'text', '<p>text</p>', ?, ?)`,
			)
			.run(`f${n}`, n),
	({ database }: OpenDatabase, n: number) =>
		database.prepare("UPDATE comments SET source = ?1 WHERE id = ?2").run(`edit ${n}`, 1 + (n % 1500)),
	({ database }: OpenDatabase, n: number) =>
		database
			.prepare("UPDATE comments SET state = iif(state = 'held', 'spam', 'held') WHERE id = ?")
			.run(1 + (n % 1500)),
	({ database }: OpenDatabase, n: number) =>
		database.prepare("UPDATE settings SET body = ?1, version = version + 1").run(`{"n":${n}}`),
	({ database }: OpenDatabase) =>
		database.prepare("DELETE FROM subscriptions WHERE id = (SELECT min(id) FROM subscriptions)").run(),
	({ database }: OpenDatabase, n: number) =>
		database
			.prepare(
				"INSERT OR IGNORE INTO reactions (post_id, comment_id, kind, visitor, created_at) VALUES ('post', 0, 'like', ?1, ?2)",
			)
			.run(`v${n}`, n),
];

/** A database with several pages and fingerprints of comments. */
async function busyBlog(comments = 1500): Promise<OpenDatabase> {
	const opened = await migrated();
	fillEveryTable(opened, [Buffer.from("text")], 9);
	opened.database.exec(`WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < ${comments})
		INSERT INTO comments (id, post_id, path, state, name, visitor, source, html, fingerprint, created_at)
		SELECT i, 'post', printf('%08x', i), 'published', 'n' || i, 'v', 'text ' || i, '<p>text</p>', 'f' || i, i FROM n`);
	return opened;
}

/** Calls a function before each answer of a D1. */
function watched(d1: D1Database, before: () => void): D1Database {
	const wrap = (statement: object): object =>
		new Proxy(statement, {
			get: (target, key) => {
				const member = Reflect.get(target, key);
				if (key === "bind") return (...values: unknown[]) => wrap(member(...values));
				if (key !== "all" && key !== "first") return member;
				return (...args: unknown[]) => {
					before();
					return member(...args);
				};
			},
		});
	const plain = new WeakMap<object, object>();
	return {
		prepare(sql: string) {
			const statement = d1.prepare(sql);
			const wrapped = wrap(statement);
			plain.set(wrapped, statement);
			return wrapped;
		},
		batch(statements: object[]) {
			before();
			return d1.batch(statements.map((each) => plain.get(each) ?? each) as never);
		},
	} as unknown as D1Database;
}

describe("a backup of a blog that is written to", () => {
	it("is the database as it was at one instant", () =>
		fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(fc.nat(changes.length - 1), fc.nat(5000), fc.nat(6)), {
					minLength: 10,
					maxLength: 30,
				}),
				async (planned) => {
					const opened = await busyBlog();
					const waiting = [...planned];
					const instants = [snapshot(opened)];
					let wait = 0;
					const d1 = watched(opened.d1, () => {
						if (wait-- > 0) return;
						const next = waiting.shift();
						if (next === undefined) return;
						const [change, n, gap] = next;
						changes[change]?.(opened, n);
						instants.push(snapshot(opened));
						wait = gap;
					});
					const path = newPath();
					await backUp(d1, path, undefined, 20_000);
					const restored = emptyFile();
					await verifyBackup(restored, path, await readMigrations(), () => {});
					expect(instants.includes(snapshot(restored))).toBe(true);
					opened.database.close();
				},
			),
			{ numRuns: 3 },
		));

	it("does not take a value that changed and changed back for one that never changed", async () => {
		const opened = await busyBlog(520);
		const name = (value: string) => {
			for (const id of [5, 500, 519])
				opened.database.prepare("UPDATE comments SET name = ?1 WHERE id = ?2").run(value, id);
			opened.database
				.prepare("UPDATE threads SET comment_count = comment_count + ?")
				.run(value === "" ? -1 : 1);
		};
		name("");
		let calls = 1;
		for (let changedBefore = 1; changedBefore <= calls; changedBefore++) {
			calls = 0;
			const instants = [snapshot(opened)];
			const d1 = watched(opened.d1, () => {
				calls += 1;
				if (calls !== changedBefore && calls !== changedBefore + 1) return;
				name(calls === changedBefore ? "for a moment" : "");
				instants.push(snapshot(opened));
			});
			const path = newPath();
			await backUp(d1, path, undefined, 60_000);
			const restored = emptyFile();
			await verifyBackup(restored, path, await readMigrations(), () => {});
			expect({ changedBefore, isAnInstant: instants.includes(snapshot(restored)) }).toEqual({
				changedBefore,
				isAnInstant: true,
			});
		}
		expect(calls).toBeGreaterThan(8);
	});

	it("goes on where it was stopped, and reads again what changed meanwhile", async () => {
		const opened = await busyBlog();
		const path = newPath();
		const stop = new AbortController();
		let calls = 0;
		const stopped = watched(opened.d1, () => ++calls === 12 && stop.abort());
		await expect(backUp(stopped, path, stop.signal, 10_000)).rejects.toThrow();
		for (const [at, change] of changes.entries()) change(opened, at * 7);
		const readAgain: number[] = [];
		await backUp(
			watched(opened.d1, () => readAgain.push(1)),
			path,
			undefined,
			10_000,
		);
		const fresh = newPath();
		let all = 0;
		await backUp(
			watched(opened.d1, () => ++all),
			fresh,
			undefined,
			10_000,
		);
		expect(readAgain.length).toBeLessThan(all);
		const restored = emptyFile();
		await verifyBackup(restored, path, await readMigrations(), () => {});
		expect(snapshot(restored)).toBe(snapshot(opened));
	});
});

/** Returns all rows that a backup has, as text. */
function snapshot({ database }: OpenDatabase): string {
	const tables = database
		.prepare(
			"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('d1_migrations', 'sqlite_sequence') ORDER BY name",
		)
		.all()
		.filter(({ name }) => !derivedTables.includes(String(name)));
	return JSON.stringify(
		tables.map(({ name }) => database.prepare(`SELECT * FROM ${name} ORDER BY rowid`).all()),
	);
}
