import { readdirSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, it } from "vitest";

const folder = new URL("../../../migrations/", import.meta.url);
let db: DatabaseSync;
beforeEach(() => {
	db = new DatabaseSync(":memory:");
	const migrations = readdirSync(folder).filter((name) => name.endsWith(".sql"));
	for (const name of migrations.sort()) db.exec(readFileSync(new URL(name, folder), "utf8"));
});

const insertComment = (id: number | "NULL", state = "published", more = "") =>
	db.exec(
		`INSERT INTO comments (id, post_id, path, state, name, visitor, source, html, fingerprint, created_at${more && ", by_author"})
		VALUES (${id}, 'p', printf('%08x', ${id}), '${state}', 'n', 'v', 's', 'h', 'f' || ${id}, 1${more && `, ${more}`})`,
	);

describe("the schema", () => {
	it("never gives a comment's id to another comment, since no comment can be deleted", () => {
		insertComment(1);
		insertComment(7);
		expect(() => db.exec("DELETE FROM comments WHERE id = 7")).toThrow("comments are never deleted");
		expect(() => db.exec("DELETE FROM comments")).toThrow("comments are never deleted");
		expect(db.prepare("SELECT max(id) AS latest FROM comments").get()).toEqual({ latest: 7 });
	});

	it("takes comments with the ids they had elsewhere, as long as eight hexadecimal digits hold them", () => {
		insertComment(123_456);
		insertComment(5);
		insertComment(0xffffffff);
		for (const id of [0, -1, 0x100000000]) expect(() => insertComment(id)).toThrow("comments_id");
	});

	it.each([
		["a comment's state", () => insertComment(1, "hidden"), "comments_state"],
		["a boolean", () => insertComment(1, "held", "2"), "comments_by_author"],
		[
			"a role",
			() => db.exec("INSERT INTO members (name, role, created_at) VALUES ('n', 'admin', 1)"),
			"members_role",
		],
		[
			"a kind of block",
			() =>
				db.exec(
					"INSERT INTO blocks (kind, value, label, actor, reason, created_at, operation) VALUES ('name', '', '', '', '', 1, '')",
				),
			"blocks_kind",
		],
		[
			"a reaction kind that is no word",
			() =>
				db.exec(
					`INSERT INTO reactions (post_id, comment_id, kind, visitor, created_at) VALUES ('p', 0, 'a"b', 'v', 1)`,
				),
			"reactions_kind",
		],
		[
			"a second row of settings",
			() => db.exec("INSERT INTO settings (id, body) VALUES (2, '{}')"),
			"settings_id",
		],
		[
			"a purge of no known scope",
			() => db.exec("INSERT INTO pending_purges (post_id, scope) VALUES ('p', 16)"),
			"pending_purges_scope",
		],
		[
			"a session of nobody",
			() =>
				db.exec(
					"INSERT INTO sessions (member_id, token, device, created_at, rotated_at, expires_at) VALUES (9, 't', '', 1, 1, 1)",
				),
			"FOREIGN KEY",
		],
		[
			"an identity without an address",
			() =>
				db.exec(
					"INSERT INTO identities (address_id, name, skeleton, folded_skeleton, visitor, created_at) VALUES (9, 'n', 's', 'f', 'v', 1)",
				),
			"FOREIGN KEY",
		],
	])("refuses %s", (_, insert, constraint) => {
		expect(insert).toThrow(constraint);
	});
});
