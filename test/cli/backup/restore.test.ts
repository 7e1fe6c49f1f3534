import { drizzle } from "drizzle-orm/d1";
import { describe, expect, it } from "vitest";
import { restoreBackup } from "../../../src/backup/restore.ts";
import { readSince } from "../../../src/backup/since.ts";
import { readMigrations } from "../../../src/cli/migrate.ts";
import { redactComment, redactVisitor } from "../../../src/db/redaction.ts";
import { backUp, emptyFile, migrated, newPath, now, type OpenDatabase } from "../../support/backup.ts";

/** A blog with threads, replies, reactions, subscriptions, a verified name and a member, written through the triggers. */
async function writtenBlog(): Promise<OpenDatabase> {
	const opened = await migrated();
	opened.database.exec(`
		INSERT INTO comments (id, post_id, parent_id, path, state, name, email, visitor, source, html, fingerprint, created_at) VALUES
			(1, 'post', NULL, '00000001', 'published', 'Ann', 'ann@mail.example', 'ann', 'One', '<p>One</p>', 'a', 1000),
			(2, 'post', 1, '0000000100000002', 'published', 'Bob', NULL, 'bob', 'Two', '<p>Two</p>', 'b', 2000),
			(3, 'post', NULL, '00000003', 'held', 'Ann', NULL, 'ann', 'Three', '<p>Three</p>', 'c', 3000),
			(4, 'post', 3, '0000000300000004', 'published', 'Cat', NULL, 'cat', 'Four', '<p>Four</p>', 'd', 4000),
			(5, 'other', NULL, '00000005', 'published', 'Dan', NULL, 'dan', 'Five', '<p>Five</p>', 'e', 5000);
		UPDATE comments SET source = 'One, edited' WHERE id = 1;
		INSERT INTO revisions (comment_id, name, source, written_at, replaced_at) VALUES (1, 'Ann', 'One', 1000, 1500);
		INSERT INTO reactions (post_id, comment_id, kind, visitor, created_at) VALUES
			('post', 0, 'like', 'ann', 1), ('post', 0, 'like', 'bob', 2), ('post', 1, 'like', 'bob', 3), ('post', 2, 'like', 'cat', 4);
		DELETE FROM reactions WHERE post_id = 'post' AND comment_id = 2;
		INSERT INTO addresses (id, email) VALUES (7, 'ann@mail.example'), (8, 'bob@mail.example'), (9, 'gone@mail.example');
		DELETE FROM addresses WHERE id = 9;
		INSERT INTO subscriptions (id, address_id, post_id, comment_id, visitor, state, requested_at, created_at, confirmed_at) VALUES
			(1, 7, 'post', 0, 'ann', 'active', 1, 1, 2), (2, 8, 'post', 0, 'bob', 'active', 1, 1, 2);
		INSERT INTO identities (address_id, name, skeleton, folded_skeleton, visitor, created_at) VALUES (7, 'Ann', 'Ann', 'ann', 'ann', 5);
		INSERT INTO members (id, name, role, created_at) VALUES (1, 'Mika', 'owner', 1);
		INSERT INTO sessions (member_id, token, device, created_at, rotated_at, expires_at) VALUES (1, 'token', 'd', 1, 1, 9e12);
		INSERT INTO outbox (key, channel, event, recipient, state, due_at, created_at) VALUES ('k', 'mail', 'published', 0, 'due', 1, 1);
	`);
	return opened;
}

/** Restores a backup of a database into a new one, in place of `replaced` if given. */
async function restored(source: OpenDatabase, replaced: OpenDatabase | null = null) {
	const path = newPath();
	await backUp(source.d1, path);
	const target = emptyFile();
	const result = await restoreBackup(
		target,
		path,
		await readMigrations(),
		async (first) => (replaced === null ? null : readSince(replaced.d1, first)),
		now + 60_000,
	);
	const all = (sql: string) =>
		target.database
			.prepare(sql)
			.all()
			.map((row) => ({ ...row }));
	return { ...result, all, database: target.database };
}

const visible =
	"SELECT id, name, source, html, visitor, email, tallies, reaction_count, has_public_replies, state, version FROM comments";
const threads = "SELECT * FROM threads ORDER BY post_id";

describe("restoring", () => {
	it("counts nothing twice and finds every counter as the triggers kept it", async () => {
		const blog = await writtenBlog();
		const { all, corrected } = await restored(blog);
		expect(corrected).toBe(0);
		for (const sql of [visible, threads, "SELECT * FROM reactions", "SELECT * FROM training_examples"]) {
			expect(all(sql)).toEqual(
				blog.database
					.prepare(sql)
					.all()
					.map((row) => ({ ...row })),
			);
		}
		expect(all("PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
	});

	it("corrects counters that were wrong, and says how many", async () => {
		const blog = await writtenBlog();
		const expected = [visible, threads].map((sql) => blog.database.prepare(sql).all());
		blog.database.exec(`UPDATE threads SET comment_count = 9, tallies = '{"like":5}' WHERE post_id = 'post';
			DELETE FROM threads WHERE post_id = 'other';
			UPDATE comments SET has_public_replies = 1 - has_public_replies WHERE id IN (1, 2, 3);
			UPDATE comments SET reaction_count = 3 WHERE id = 2;
			UPDATE comments SET tallies = '{}' WHERE id = 1`);
		const { all, corrected } = await restored(blog);
		expect(corrected).toBe(9);
		const [comments, counts] = [all(visible), all(threads)];
		expect(comments.map(({ has_public_replies }) => has_public_replies)).toEqual([1, 0, 1, 0, 0]);
		expect(comments.map(({ reaction_count }) => reaction_count)).toEqual([1, 0, 0, 0, 0]);
		expect(counts.map(({ comment_count }) => comment_count)).toEqual(
			expected[1]?.map(({ comment_count }) => comment_count),
		);
	});

	it("gives new rows the ids they would have had", async () => {
		const { database } = await restored(await writtenBlog());
		database.exec("INSERT INTO addresses (email) VALUES ('new@mail.example')");
		expect(database.prepare("SELECT max(id) AS id FROM addresses").get()).toMatchObject({ id: 10 });
		const comment = database.prepare(
			`INSERT INTO comments (post_id, path, state, name, visitor, source, html, fingerprint, created_at)
			VALUES ('post', '00000006', 'published', 'Eve', 'eve', 'Six', '<p>Six</p>', 'f', 6000) RETURNING id`,
		);
		expect(comment.get()).toMatchObject({ id: 6 });
		expect(database.prepare("SELECT comment_count FROM threads WHERE post_id = 'post'").get()).toMatchObject({
			comment_count: 4,
		});
	});

	it("ends sessions, drops notices that were due, and purges every page under a revision nobody has seen", async () => {
		const blog = await writtenBlog();
		const other = await writtenBlog();
		other.database.exec("UPDATE pending_purges SET revision = 5000 WHERE post_id = 'post'");
		const { all } = await restored(blog, other);
		expect(all("SELECT * FROM sessions")).toEqual([]);
		expect(all("SELECT * FROM comment_events")).toEqual([]);
		expect(all("SELECT state, settled_at FROM outbox")).toEqual([
			{ state: "dropped", settled_at: now + 60_000 },
		]);
		const purges = all("SELECT scope, revision, purged_at FROM pending_purges ORDER BY post_id");
		// The first one is of all threads.
		expect(purges).toEqual([
			{ scope: 15, revision: 61, purged_at: null },
			{ scope: 15, revision: expect.any(Number), purged_at: null },
			{ scope: 15, revision: 5001, purged_at: null },
		]);
		const before = blog.database.prepare("SELECT revision FROM pending_purges WHERE post_id = 'other'").get();
		expect(Number(purges[1]?.revision)).toBeGreaterThan(Number(before?.revision) + 60);
	});

	it("migrates a backup of an older schema, with its rows", async () => {
		const path = newPath();
		await backUp((await writtenBlog()).d1, path);
		const migrations = [
			...(await readMigrations()),
			{
				name: "9999_later.sql",
				sql: "ALTER TABLE comments ADD COLUMN mood TEXT; UPDATE comments SET mood = lower(name)",
			},
		];
		const { database, d1 } = emptyFile();
		const { newer } = await restoreBackup({ database, d1 }, path, migrations, async () => null, now);
		expect(newer).toEqual(["9999_later.sql"]);
		expect(database.prepare("SELECT mood FROM comments WHERE id = 2").get()).toMatchObject({ mood: "bob" });
		expect(
			database
				.prepare("SELECT name FROM d1_migrations ORDER BY id")
				.all()
				.map(({ name }) => name),
		).toEqual(migrations.map(({ name }) => name));
	});
});

describe("people who were erased after the backup was made", () => {
	const everything = ({ database }: { database: OpenDatabase["database"] }) =>
		JSON.stringify(
			database
				.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
				.all()
				.map(({ name }) => database.prepare(`SELECT * FROM ${name}`).all()),
		);

	it("stay erased, with their reactions, subscriptions, names and earlier versions", async () => {
		const blog = await writtenBlog();
		const { database, erased } = await restored(blog, blog);
		expect(everything({ database })).toContain("ann@mail.example");
		expect(erased).toEqual({ people: 0, comments: 0, ended: 0 });

		const later = await writtenBlog();
		const path = newPath();
		await backUp(later.d1, path);
		await redactVisitor(drizzle(later.d1), {
			visitor: "ann",
			words: "gone",
			actor: "author",
			at: now + 1000,
		});
		const target = emptyFile();
		const result = await restoreBackup(
			target,
			path,
			await readMigrations(),
			(first) => readSince(later.d1, first),
			now + 5000,
		);
		expect(result.erased).toEqual({ people: 1, comments: 0, ended: 0 });
		const text = everything(target);
		for (const trace of ["Ann", "ann@mail.example", "One, edited", "Three", '"ann"'])
			expect(text).not.toContain(trace);
		for (const kept of ["Two", "Four", "bob@mail.example"]) expect(text).toContain(kept);
		expect(target.database.prepare("SELECT * FROM tombstones ORDER BY id").all()).toEqual(
			later.database.prepare("SELECT * FROM tombstones ORDER BY id").all(),
		);
		expect(target.database.prepare(threads).all()).toEqual(later.database.prepare(threads).all());
	});

	it("stay anonymous, and comments deleted by their authors stay deleted", async () => {
		const later = await writtenBlog();
		const path = newPath();
		await backUp(later.d1, path);
		const db = drizzle(later.d1);
		await redactVisitor(db, { visitor: "ann", words: "kept", name: "Someone", actor: "Mika", at: now });
		await redactComment(db, 2, now);
		later.database.exec("DELETE FROM subscriptions WHERE id = 2");
		const target = emptyFile();
		const result = await restoreBackup(
			target,
			path,
			await readMigrations(),
			(first) => readSince(later.d1, first),
			now + 5000,
		);
		expect(result.erased).toEqual({ people: 1, comments: 1, ended: 1 });
		const text = everything(target);
		for (const trace of ["ann@mail.example", "bob@mail.example", "Two"]) expect(text).not.toContain(trace);
		expect(text).toContain("One, edited");
		expect(
			target.database
				.prepare("SELECT DISTINCT name FROM comments WHERE id IN (1, 3)")
				.all()
				.map(({ name }) => name),
		).toEqual(["Someone"]);
	});

	it("are not looked for in another blog's database, whose ids are others'", async () => {
		const other = await migrated();
		other.database.exec(`INSERT INTO comments (id, post_id, path, state, name, visitor, source, html, fingerprint, created_at)
			VALUES (1, 'x', '00000001', 'published', 'Else', '', 'Other', '', '', 777777)`);
		const { erased, all } = await restored(await writtenBlog(), other);
		expect(erased).toEqual({ people: 0, comments: 0, ended: 0 });
		expect(all("SELECT count(*) AS n FROM subscriptions")).toEqual([{ n: 2 }]);
	});
});
