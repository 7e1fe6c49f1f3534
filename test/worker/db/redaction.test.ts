import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import { drizzle } from "drizzle-orm/d1";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { redactVisitor, type VisitorRedaction } from "../../../src/db/redaction.ts";
import { type Database, startDatabase } from "../../support/database.ts";
import { emptyTables } from "../../support/empty-tables.ts";

/** Comments of the visitor, and reactions: more than one request redacts. */
const total = { comments: 620, reactions: 300 };

/** Statements of one redaction: an invocation may make 50, and has others to make. */
const allowed = 35;

let database: Database;
beforeAll(async () => {
	database = await startDatabase();
});
afterAll(() => database.stop());

beforeEach(async () => {
	await emptyTables(
		database.db,
		"comments",
		"threads",
		"reactions",
		"audit_log",
		"subscriptions",
		"addresses",
	);
	const numbers = (n: number) =>
		`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${n})`;
	await database.db.batch(
		[
			`${numbers(total.comments)}
			INSERT INTO comments (id, post_id, path, state, name, email, visitor, source, html, fingerprint, created_at)
			SELECT i, 'p', printf('%08x', i), iif(i % 3, 'published', 'held'), 'Ann', 'ann@mail.example', 'ann', 'words', '<p>words</p>', i, i
			FROM n`,
			`${numbers(total.reactions)}
			INSERT INTO reactions (post_id, comment_id, kind, visitor, created_at) SELECT 'p', i, 'like', 'ann', i FROM n`,
			"INSERT INTO addresses (id, email) VALUES (1, 'ann@mail.example')",
			`INSERT INTO subscriptions (address_id, post_id, comment_id, visitor, state, requested_at, created_at)
			VALUES (1, 'p', 0, 'ann', 'active', 1, 1)`,
		].map((sql) => database.db.prepare(sql)),
	);
});

const count = async (sql: string) =>
	Number(await database.db.prepare(`SELECT count(*) AS n FROM ${sql}`).first("n"));
const left = async () => ({
	comments: await count("comments WHERE visitor = 'ann'"),
	reactions: await count("reactions WHERE visitor = 'ann'"),
	subscriptions: await count("subscriptions"),
	addresses: await count("addresses"),
});

/** A database that counts statements and fails from a batch on. */
function counting(failsAfter = Number.POSITIVE_INFINITY) {
	const { db } = database;
	const counted = { statements: 0, batches: 0 };
	const batch = async (statements: D1PreparedStatement[]) => {
		counted.batches += 1;
		counted.statements += statements.length;
		if (counted.batches > failsAfter) throw new Error("D1_ERROR: the network is gone");
		return db.batch(statements);
	};
	return { counted, d1: { prepare: (sql: string) => db.prepare(sql), batch } as unknown as D1Database };
}

const redaction = (words: VisitorRedaction["words"], rest: Partial<VisitorRedaction> = {}) =>
	({ visitor: "ann", words, actor: "author", at: 5000, ...rest }) as const;

describe.each(["gone", "kept"] as const)("redacting many comments, words %s", (words) => {
	it("takes as many requests as it needs, each with a bounded number of statements, and says when it is done", async () => {
		let changed = 0;
		for (let request = 1; ; request++) {
			const { d1, counted } = counting();
			const result = await redactVisitor(drizzle(d1), redaction(words));
			expect(counted.statements).toBeLessThanOrEqual(allowed);
			changed += result.changed;
			const { comments, ...others } = await left();
			expect(changed + comments).toBe(total.comments);
			if (result.complete) {
				expect([request, comments]).toEqual([2, 0]);
				expect(others).toEqual({ reactions: 0, subscriptions: 0, addresses: 0 });
				break;
			}
			// The columns by which the visitor is found and signs in stay to the end.
			expect(others).toMatchObject({ subscriptions: 1, addresses: 1 });
		}
		expect(await count("comments WHERE email IS NOT NULL")).toBe(0);
		expect(await count("comments WHERE source <> ''")).toBe(words === "gone" ? 0 : total.comments);
		expect(await count("tombstones")).toBe(words === "gone" ? total.comments : 0);
	});

	it("continues after a failure", async () => {
		await expect(redactVisitor(drizzle(counting(3).d1), redaction(words))).rejects.toThrow();
		expect((await left()).comments).toBe(total.comments - 250);
		expect(await redactVisitor(drizzle(database.db), redaction(words))).toEqual({
			...{ changed: total.comments - 250, complete: true },
		});
	});
});

describe("a moderator's redaction", () => {
	it("logs each part with the number of comments in it", async () => {
		const entry = { operation: "o", kind: "erased", actor: "Mika", reason: "", at: 5000 } as const;
		const erasing = redaction("gone", { actor: "Mika", entry });
		expect(await redactVisitor(drizzle(database.db), erasing)).toEqual({ changed: 500, complete: false });
		await redactVisitor(drizzle(database.db), erasing);
		await redactVisitor(drizzle(database.db), erasing);
		const { results } = await database.db
			.prepare("SELECT after FROM audit_log WHERE kind = 'erased' ORDER BY id")
			.all<{ after: string }>();
		expect(results.map(({ after }) => after)).toEqual(["250", "250", "120"]);
	});
});
