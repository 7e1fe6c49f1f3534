import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CommentRepository, PagePosition, Sort, ThreadPage } from "../../../src/comments/repository.ts";
import { commentRepository } from "../../../src/db/comments.ts";
import { type CountingDatabase, countReads } from "../../support/counting.ts";
import { type Database, startDatabase } from "../../support/database.ts";
import { fillThread } from "../../support/fill.ts";

let database: Database;
let counted: CountingDatabase;
let comments: CommentRepository;

const pageSize = 50;
/** Most replies the thread shows of one branch: with its root, half a page. */
const run = 24;

/** Threads by the shape of their branches: how many comments, and how many of them in one branch. */
const shapes = {
	flat: { count: 1000, branch: 1 },
	deep: { count: 1500, branch: 10 },
	"many middle-sized branches": { count: 900, branch: 30 },
	"branches longer than a page": { count: 1200, branch: 120 },
	"one branch": { count: 1000, branch: 1000 },
} as const;

beforeAll(async () => {
	database = await startDatabase();
	counted = countReads(database.db);
	comments = commentRepository(counted.db);
	for (const [postId, shape] of Object.entries(shapes)) await fillThread(database.db, { postId, ...shape });
}, 60_000);
afterAll(() => database.stop());

type ReadPage = { page: ThreadPage; rows: number };

async function read(postId: string, position: PagePosition, sort: Sort): Promise<ReadPage> {
	counted.rows = 0;
	const page = await comments.thread(postId, position, pageSize, sort);
	if (page === null) throw new Error(`${postId} has no page ${JSON.stringify(position)}`);
	return { page, rows: counted.rows };
}

/** Reads every page of a thread, and of each branch that continues, with the rows D1 read for each. */
async function readAll(postId: string, sort: Sort) {
	const main: ReadPage[] = [];
	const branches: ReadPage[] = [];
	for (let position: PagePosition = null, more = true; more; ) {
		const next = await read(postId, position, sort);
		main.push(next);
		for (const [branch, lastShown] of next.page.branchCursors)
			branches.push(...(await readBranch(postId, branch, lastShown)));
		more = next.page.next !== null;
		position = next.page.next === null ? null : { after: next.page.next };
	}
	return { main, branches };
}

async function readBranch(postId: string, branch: number, lastShown: number): Promise<ReadPage[]> {
	const pages: ReadPage[] = [];
	for (let after: number | null = lastShown; after !== null; ) {
		const next: ReadPage = await read(postId, { branch, after }, "oldest");
		pages.push(next);
		after = next.page.next;
	}
	return pages;
}

const idsOf = ({ page }: ReadPage) => page.comments.map(({ id }) => id);

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

/** The ratio of the most to the fewest rows read for one page. */
const ratioOf = (pages: readonly ReadPage[]) => {
	const rows = pages.map((page) => page.rows);
	return Math.max(...rows) / Math.min(...rows);
};

describe.each(["oldest", "newest", "top"] as const)("a thread read %s first", (sort) => {
	it.each(Object.keys(shapes) as (keyof typeof shapes)[])(
		"has every comment on exactly one page, and each page reads as many rows: %s",
		async (postId) => {
			const { main, branches } = await readAll(postId, sort);
			const all = await expected(postId, sort);
			const { branch } = shapes[postId];
			expect(main.flatMap(idsOf)).toEqual(all.filter((_, at) => at % branch <= run));
			const furtherOn = branches.flatMap((page) => idsOf(page).slice(1));
			expect(furtherOn).toEqual(all.filter((_, at) => at % branch > run));
			for (const pages of [main.slice(0, -1), branches.filter(({ page }) => page.next !== null)]) {
				if (pages.length > 0) expect(ratioOf(pages)).toBeLessThanOrEqual(1.2);
			}
			for (const { page, rows } of [...main, ...branches]) {
				expect(rows).toBeLessThan(250);
				expect(page.comments.length).toBeLessThanOrEqual(pageSize + 1);
			}
		},
		60_000,
	);
});

describe("a page of one branch", () => {
	it("begins with the root, and leads back page by page to the thread", async () => {
		const [root = 0, ...replies] = await expected("one branch", "oldest");
		const last = { branch: root, after: replies.at(-1) ?? 0 };
		expect(await comments.thread("one branch", last, pageSize)).toBeNull();
		let after = replies.at(-2) ?? 0;
		const seen: number[] = [];
		for (let at: number | null = after; at !== null; ) {
			const { page }: ReadPage = await read("one branch", { branch: root, after: at }, "oldest");
			expect(page.comments[0]?.id).toBe(root);
			seen.unshift(...page.comments.slice(1).map(({ id }) => id));
			after = at;
			at = page.branch?.previous ?? null;
		}
		expect(seen).toEqual(replies.slice(replies.indexOf(after) + 1));
		expect(replies.indexOf(after)).toBeLessThan(pageSize);
	});

	it("exists only for replies of that comment on that post", async () => {
		const [root = 0, reply = 0] = await expected("one branch", "oldest");
		const [other = 0, elsewhere = 0] = await expected("deep", "oldest");
		const at = (branch: number, after: number, postId = "one branch") =>
			comments.thread(postId, { branch, after }, pageSize);
		expect(await at(root, reply)).not.toBeNull();
		for (const [branch, after] of [
			[root, root],
			[root, elsewhere],
			[root, 999_999],
			[reply, reply],
			[other, elsewhere],
			[999_999, reply],
		] as const) {
			expect(await at(branch, after), `${branch}, ${after}`).toBeNull();
		}
		expect(await at(root, reply, "deep")).toBeNull();
		expect(await comments.thread("one branch", { after: reply }, pageSize)).toBeNull();
		expect(await comments.thread("one branch", { after: other }, pageSize)).toBeNull();
	});
});

describe("a page that does not exist", () => {
	it("costs a few rows, not a page of them", async () => {
		const [root = 0, reply = 0] = await expected("branches longer than a page", "oldest");
		const [, elsewhere = 0] = await expected("deep", "oldest");
		const positions: PagePosition[] = [
			...[reply, elsewhere, 999_999, 1e14].map((after) => ({ after })),
			...[root, elsewhere, 999_999].map((after) => ({ branch: root, after })),
			{ branch: 999_999, after: reply },
		];
		for (const postId of ["branches longer than a page", "flat"])
			for (const position of positions)
				for (const sort of ["oldest", "newest", "top"] as const) {
					if (postId === "flat" && position !== null && !("branch" in position)) continue;
					counted.rows = 0;
					await comments.thread(postId, position, pageSize, sort);
					expect(counted.rows, JSON.stringify([postId, position, sort])).toBeLessThan(20);
				}
	});
});

describe("the place of a comment", () => {
	it.each(Object.keys(shapes) as (keyof typeof shapes)[])(
		"is a page that has it, found with as many rows as a page reads: %s",
		async (postId) => {
			const ids = await expected(postId, "oldest");
			const { branch } = shapes[postId];
			for (const at of [0, 1, 24, 25, 49, 50, 51, 74, 75, 99, 100, 123, 619, 899]) {
				const id = ids[at] ?? 0;
				counted.rows = 0;
				const place = await comments.locate(id, pageSize);
				expect(counted.rows).toBeLessThan(280);
				if (place === null) throw new Error(`comment ${id} has no place`);
				expect(place.position !== null && "branch" in place.position).toBe(at % branch > run);
				const { page } = await read(postId, place.position, "oldest");
				expect(page.comments.map(({ id }) => id)).toContain(id);
			}
		},
		60_000,
	);

	it("is the first page if that has it, or else one that begins with its own branch", async () => {
		const ids = await expected("deep", "oldest");
		expect((await comments.locate(ids[49] ?? 0, pageSize))?.position).toBeNull();
		expect((await comments.locate(ids[50] ?? 0, pageSize))?.position).toEqual({ after: ids[40] });
		expect((await comments.locate(ids[1236] ?? 0, pageSize))?.position).toEqual({ after: ids[1220] });
		expect(await comments.locate(999_999, pageSize)).toBeNull();
	});

	it("far down a branch is the page after the last reply in the thread, or one half a page before it", async () => {
		const [branch = 0, ...replies] = await expected("one branch", "oldest");
		const place = async (at: number) => (await comments.locate(replies[at] ?? 0, pageSize))?.position;
		expect(await place(23)).toBeNull();
		expect(await place(24)).toEqual({ branch, after: replies[23] });
		expect(await place(73)).toEqual({ branch, after: replies[23] });
		expect(await place(74)).toEqual({ branch, after: replies[48] });
		expect(await place(998)).toEqual({ branch, after: replies[972] });
	});
});

describe("a hidden comment with visible replies", () => {
	it("leaves a placeholder in its place in every order, so that its replies stay below it", async () => {
		await fillThread(database.db, { postId: "hidden", count: 6, branch: 3 });
		const [, , , second = 0, reply = 0] = await expected("hidden", "oldest");
		await comments.decide([second], "spam", { actor: "me", reason: "", at: 1 });
		for (const sort of ["oldest", "newest", "top"] as const) {
			const { page } = await read("hidden", null, sort);
			const at = page.comments.findIndex(({ id }) => id === second);
			const { state, name, html } = page.comments[at] ?? {};
			expect([state, name, html], sort).toEqual(["deleted", "", ""]);
			expect(page.comments[at + 1]?.id).toBe(reply);
			expect(page.comments.length).toBe(6);
		}
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

	it("are followed by the older ones to the first, each once and by the same index", async () => {
		for (const postId of ["branches longer than a page", null]) {
			const all = (await comments.latest(postId, 100_000)).map(({ id }) => id);
			const walked: number[] = [];
			let before: number | null = null;
			do {
				counted.rows = 0;
				const found: readonly { id: number }[] = await comments.latest(postId, 500, before);
				expect(counted.rows).toBeLessThan(3 * 500 + 20);
				walked.push(...found.map(({ id }) => id));
				before = found.at(-1)?.id ?? null;
			} while (before !== null);
			expect(walked).toEqual(all);
		}
		const [elsewhere] = await comments.latest("deep", 1);
		expect(await comments.latest("hidden", 20, elsewhere?.id)).toEqual([]);
	});
});

describe("a parent", () => {
	it("is named in a reply even when it is on another page, and not once it is gone", async () => {
		const [root = 0, ...replies] = await expected("branches longer than a page", "oldest");
		const names = async () => {
			const { page } = await read(
				"branches longer than a page",
				{ branch: root, after: replies[23] ?? 0 },
				"oldest",
			);
			return new Set(page.comments.slice(1).map(({ parentName }) => parentName));
		};
		expect(await names()).toEqual(new Set(["person 1"]));
		await comments.decide([root], "deleted", { actor: "me", reason: "", at: 1 });
		expect(await names()).toEqual(new Set([null]));
	});
});
