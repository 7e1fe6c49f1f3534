import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Comment, CommentState } from "../../../src/comments/comment.ts";
import { type PagePosition, type Sort, sorts } from "../../../src/comments/repository.ts";
import { commentRepository } from "../../../src/db/comments.ts";
import { ownCommentRepository } from "../../../src/db/own-comments.ts";
import { reactionRepository } from "../../../src/db/reactions.ts";
import { visitorRepository } from "../../../src/db/visitors.ts";
import { countReads } from "../../support/counting.ts";
import { type Database, startDatabase } from "../../support/database.ts";
import { fillThread } from "../../support/fill.ts";

let database: Database;
let comments: ReturnType<typeof commentRepository>;

beforeAll(async () => {
	database = await startDatabase();
	comments = commentRepository(database.db);
});
afterAll(() => database.stop());

let posts = 0;
const nextPost = () => `post-${++posts}`;
let written = 0;

/** Posts a comment as a visitor and returns its id; null if its parent is not public. */
async function write(postId: string, visitor: string, state: CommentState, parentId: number | null = null) {
	const text = `words ${++written}`;
	const result = await comments.add(
		{
			...{
				postId,
				parentId,
				name: visitor,
				email: null,
				website: null,
				text,
				visitor,
				html: text,
				lang: null,
			},
			...{ fingerprint: text, formKey: null, network: null, contentHash: null, state, findings: [] },
			...{ byAuthor: false, nameSkeletons: null, createdAt: written },
		},
		{ since: 0, doublePostSince: null, isNewVisitor: false },
	);
	return typeof result === "string" ? null : result.id;
}

const decide = (ids: readonly number[], state: CommentState) =>
	comments.decide(ids, state, { actor: "me", reason: "", at: 1 });

const eraseVisitor = (visitor: string) => visitorRepository(database.db).eraseAll(visitor, 1);

/** A page as read: its comments without the root that a page of a branch repeats. */
type ReadPage = { shown: readonly Comment[]; last: boolean };

/** Walks all pages of a thread and of the branches that continue. */
async function walk(postId: string, sort: Sort, limit: number): Promise<ReadPage[]> {
	const pages: ReadPage[] = [];
	const positions: PagePosition[] = [null];
	for (let position = positions.shift(); position !== undefined; position = positions.shift()) {
		const page = await comments.thread(postId, position, limit, sort);
		if (page === null) throw new Error(`no page ${JSON.stringify(position)}, to which a page links`);
		const { branch, next } = page;
		pages.push({
			shown: branch === null ? page.comments : page.comments.slice(1),
			last: next === null,
		});
		if (next !== null)
			positions.push(branch === null ? { after: next } : { branch: branch.root, after: next });
		for (const [root, after] of page.branchCursors) positions.push({ branch: root, after });
	}
	return pages;
}

const rowsOf = async (postId: string) => {
	const { results } = await database.db
		.prepare("SELECT id, path, state FROM comments WHERE post_id = ? ORDER BY path")
		.bind(postId)
		.all<{ id: number; path: string; state: CommentState }>();
	return results;
};

/** Compares every page of a thread in every order with the rows of its comments. */
async function expectNoEmptyPlaces(postId: string, limit: number): Promise<void> {
	const rows = await rowsOf(postId);
	const published = rows.filter(({ state }) => state === "published");
	const inThread = rows.filter(({ path }) => published.some((other) => other.path.startsWith(path)));
	const idsOf = (all: readonly { id: number }[]) => all.map(({ id }) => id).toSorted((a, b) => a - b);
	for (const sort of sorts) {
		const pages = await walk(postId, sort, limit);
		for (const { shown, last } of pages) {
			if (published.length > 0) expect(shown.some(({ state }) => state === "published")).toBe(true);
			if (!last) expect(shown.length).toBeGreaterThanOrEqual(limit / 2);
			expect(shown.length).toBeLessThanOrEqual(limit);
		}
		const all = pages.flatMap(({ shown }) => shown);
		expect(idsOf(all.filter(({ state }) => state === "published"))).toEqual(idsOf(published));
		// Each placeholder is above a public comment, is there once, and says nothing about the comment it replaces.
		expect(idsOf(all)).toEqual(idsOf(inThread));
		for (const { state, name, html, createdAt } of all) {
			if (state !== "published") expect([state, name, html, createdAt]).toEqual(["deleted", "", "", 0]);
		}
	}
	for (const { id } of [published.at(0), published.at(-1)].filter((row) => row !== undefined)) {
		const place = await comments.locate(id, limit);
		const page = place && (await comments.thread(postId, place.position, limit));
		expect(page?.comments.map((comment) => comment.id)).toContain(id);
	}
}

describe("places in a thread", () => {
	/** The largest share of a branch on a page, 7 replies, is as deep as a branch can be, so each page can have a public comment. */
	const limit = 16;
	const visitors = ["ann", "bob", "cyd"] as const;
	const states = ["published", "held", "spam", "deleted"] as const;
	const visitor = fc.constantFrom(...visitors);
	const state = fc.constantFrom(...states);
	/** Chooses a comment: a position among all, or among those of the post in the order of their paths. */
	const which = fc.nat(999);
	const step = fc.oneof(
		fc.record({
			step: fc.constant("post" as const),
			visitor,
			count: fc.integer({ min: 1, max: 20 }),
			state: fc.constantFrom("published" as const, "published" as const, "held" as const, "spam" as const),
		}),
		fc.record({
			step: fc.constant("reply" as const),
			visitor,
			which,
			count: fc.integer({ min: 1, max: 10 }),
		}),
		fc.record({ step: fc.constant("chain" as const), visitor, which, count: fc.integer({ min: 2, max: 8 }) }),
		fc.record({ step: fc.constant("decide" as const), which, count: fc.integer({ min: 1, max: 12 }), state }),
		fc.record({ step: fc.constant("delete" as const), which }),
		fc.record({ step: fc.constant("react" as const), which }),
		fc.record({ step: fc.constant("erase" as const), visitor }),
	);
	type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

	async function take(postId: string, next: Step): Promise<void> {
		const who = (name: string) => `${name} of ${postId}`;
		const rows = await rowsOf(postId);
		const chosen = "which" in next ? rows[next.which % Math.max(1, rows.length)] : undefined;
		if (next.step === "post") {
			for (let n = 0; n < next.count; n++) await write(postId, who(next.visitor), next.state);
		} else if (next.step === "erase") {
			await eraseVisitor(who(next.visitor));
		} else if (chosen === undefined) {
			return;
		} else if (next.step === "reply" || next.step === "chain") {
			for (let n = 0, parent: number | null = chosen.id; n < next.count && parent !== null; n++) {
				const id: number | null = await write(postId, who(next.visitor), "published", parent);
				if (next.step === "chain") parent = id;
			}
		} else if (next.step === "decide") {
			const from = rows.indexOf(chosen);
			await decide(
				rows.slice(from, from + next.count).map(({ id }) => id),
				next.state,
			);
		} else if (next.step === "delete") {
			await ownCommentRepository(database.db).erase(chosen.id, 1);
		} else {
			await reactionRepository(database.db).add({
				target: { postId, commentId: chosen.id },
				kind: "like",
				visitor: "dan",
				network: null,
				now: 1,
			});
		}
	}

	it("are of public comments and of those above them, whatever happened to all others", async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
				const postId = nextPost();
				for (const next of steps) await take(postId, next);
				await expectNoEmptyPlaces(postId, limit);
			}),
			{ numRuns: 30 },
		);
	}, 300_000);

	it("are given up by a chain of hidden comments with its last public reply, and taken again with it", async () => {
		const postId = nextPost();
		const chain: number[] = [];
		for (let n = 0; n < 8; n++)
			chain.push((await write(postId, "eve", "published", chain.at(-1) ?? null)) ?? 0);
		const shown = async () =>
			(await walk(postId, "newest", limit)).flatMap((page) => page.shown.map(({ id }) => id));
		await decide(chain.slice(0, -1), "held");
		// The last reply is too deep for a level of its own, so it is beside its parent, which takes no place.
		expect(await shown()).toEqual([...chain.slice(0, 6), chain[7]]);
		await decide(chain.slice(-1), "spam");
		expect(await shown()).toEqual([]);
		await decide(chain.slice(3, 4), "published");
		expect(await shown()).toEqual(chain.slice(0, 4));
	});

	it.each([55, 220])(
		"are not of %i comments that were held until their author deleted everything",
		async (count) => {
			const postId = nextPost();
			const mallory = `mallory ${count}`;
			const published: number[] = [];
			for (let n = 0; n < count; n++) {
				if (n % Math.ceil(count / 4) === 0) published.push((await write(postId, "ann", "published")) ?? 0);
				await write(postId, mallory, n % 2 === 0 ? "held" : "spam");
			}
			expect(published.length).toBe(4);
			await eraseVisitor(mallory);
			for (const sort of sorts) {
				const page = await comments.thread(postId, null, 50, sort);
				const expected = sort === "oldest" ? published : published.toReversed();
				expect(
					page?.comments.map(({ id }) => id),
					sort,
				).toEqual(expected);
				expect(page?.next, sort).toBeNull();
			}
		},
	);

	it("cost no more to read after a thousand others were deleted", async () => {
		const postId = nextPost();
		await fillThread(database.db, { postId, count: 1200, branch: 4 });
		const rows = await rowsOf(postId);
		await decide(
			rows.slice(0, 1000).map(({ id }) => id),
			"deleted",
		);
		const counted = countReads(database.db);
		for (const sort of sorts) {
			counted.rows = 0;
			const page = await commentRepository(counted.db).thread(postId, null, 50, sort);
			expect(page?.comments.length).toBeGreaterThanOrEqual(25);
			expect(counted.rows, sort).toBeLessThan(250);
		}
	});

	it("do not begin a page after the last of them", async () => {
		const postId = nextPost();
		const ids: number[] = [];
		for (let n = 0; n < 12; n++) ids.push((await write(postId, "ann", "published")) ?? 0);
		const [first = 0] = ids;
		expect((await comments.thread(postId, { after: first }, 8))?.comments.length).toBe(8);
		await decide(ids.slice(1), "deleted");
		for (const after of ids) expect(await comments.thread(postId, { after }, 8)).toBeNull();
	});
});
