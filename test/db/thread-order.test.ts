import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommentRepository, Sort } from "../../src/comments/repository.ts";
import { commentRepository } from "../../src/db/comments.ts";
import { type Counted, counting } from "../support/counting.ts";
import { type Database, startDatabase } from "../support/database.ts";
import { fillThread } from "../support/fill.ts";

let database: Database;
let counted: Counted;
let comments: CommentRepository;

beforeAll(async () => {
	database = await startDatabase();
	counted = counting(database.db);
	comments = commentRepository(counted.db);
	await fillThread(database.db, { postId: "deep", count: 3000, branch: 10 });
	await fillThread(database.db, { postId: "one branch", count: 1000, branch: 1000 });
});
afterAll(() => database.stop());

/** Every page of a thread from first to last, and the rows D1 read for each. */
async function readAll(postId: string, sort: Sort) {
	const pages: { ids: number[]; rows: number }[] = [];
	let after: number | null = null;
	do {
		counted.rows = 0;
		const page: Awaited<ReturnType<CommentRepository["thread"]>> = await comments.thread(
			postId,
			after === null ? null : { after },
			50,
			sort,
		);
		pages.push({ ids: page.comments.map(({ id }) => id), rows: counted.rows });
		after = page.next;
	} while (after !== null);
	return pages;
}

const expected = async (postId: string, sort: Sort) => {
	const order = { oldest: "", newest: "root.path DESC,", top: "root.reaction_count DESC, root.path DESC," };
	const { results } = await database.db
		.prepare(
			`SELECT c.id FROM comments AS c JOIN comments AS root ON root.path = substr(c.path, 1, 8)
			WHERE c.post_id = ? ORDER BY ${order[sort]} c.path`,
		)
		.bind(postId)
		.all<{ id: number }>();
	return results.map(({ id }) => id);
};

describe.each(["oldest", "newest", "top"] as const)("a thread read %s first", (sort) => {
	it.each(["deep", "one branch"])(
		"has every comment on exactly one page, each page for the same price: %s",
		async (postId) => {
			const pages = await readAll(postId, sort);
			expect(pages.flatMap(({ ids }) => ids)).toEqual(await expected(postId, sort));
			const full = pages.slice(0, -1).map(({ rows }) => rows);
			const [first = 0] = full;
			expect(first).toBeGreaterThan(0);
			expect(Math.max(...full) / first).toBeLessThanOrEqual(1.2);
			expect(Math.max(...full)).toBeLessThan(250);
		},
	);
});

describe("the place of a comment", () => {
	it("is a page that has it, wherever it is, found for the price of a page", async () => {
		const ids = await expected("deep", "oldest");
		for (const at of [0, 49, 50, 51, 1234, 2999]) {
			counted.rows = 0;
			const place = await comments.place(ids[at] ?? 0, 50);
			expect(counted.rows).toBeLessThan(120);
			expect(place?.after === null).toBe(at < 50);
			const after = place?.after ?? null;
			const page = await comments.thread("deep", after === null ? null : { after }, 50);
			expect(page.comments.map(({ id }) => id)).toContain(ids[at]);
		}
	});

	it("begins with its own branch, or half a page before it when the branch is longer than a page", async () => {
		const ids = await expected("deep", "oldest");
		const place = await comments.place(ids[1236] ?? 0, 50);
		expect(place?.after).toBe(ids[1229]);
		const long = await expected("one branch", "oldest");
		expect((await comments.place(long[500] ?? 0, 50))?.after).toBe(long[474]);
		expect(await comments.place(999_999, 50)).toBeNull();
	});
});

describe("the newest comments", () => {
	it("are read by their index, of one post or of all", async () => {
		for (const postId of ["deep", null]) {
			counted.rows = 0;
			const latest = await comments.latest(postId, 20);
			expect(latest.length).toBe(20);
			expect(counted.rows).toBeLessThan(70);
			const times = latest.map(({ createdAt }) => createdAt);
			expect(times).toEqual(times.toSorted((a, b) => b - a));
		}
	});
});

describe("a parent", () => {
	it("is named in a reply even when it is on another page, and not once it is gone", async () => {
		const ids = await expected("one branch", "oldest");
		const page = await comments.thread("one branch", { after: ids[99] ?? 0 }, 50);
		expect(new Set(page.comments.map(({ parentName }) => parentName))).toEqual(new Set(["person 1"]));
		await comments.decide([ids[0] ?? 0], "deleted", { madeBy: "me", reason: "", at: 1 });
		const later = await comments.thread("one branch", { after: ids[99] ?? 0 }, 50);
		expect(new Set(later.comments.map(({ parentName }) => parentName))).toEqual(new Set([null]));
	});
});
