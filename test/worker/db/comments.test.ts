import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type {
	CommentRepository,
	NewComment,
	ThreadPage,
	ThreadPosition,
} from "../../../src/comments/repository.ts";
import { commentRepository } from "../../../src/db/comments.ts";
import { reactionRepository } from "../../../src/db/reactions.ts";
import { type Database, startDatabase } from "../../support/database.ts";
import { emptyTables } from "../../support/empty-tables.ts";

let database: Database;
let comments: CommentRepository;

beforeAll(async () => {
	database = await startDatabase();
	comments = commentRepository(database.db);
});
afterAll(() => database.stop());
beforeEach(async () => {
	await emptyTables(database.db, "comments", "threads", "reactions", "audit_log");
});

let added = 0;
const add = async (fields: Partial<NewComment> = {}) => {
	added += 1;
	const stored = await comments.add(
		{
			postId: "p",
			parentId: null,
			name: "n",
			email: null,
			website: null,
			text: "t",
			visitor: "v",
			html: "<p>t</p>",
			lang: null,
			fingerprint: `f${added}`,
			formKey: null,
			network: null,
			contentHash: null,
			findings: [],
			byAuthor: false,
			nameSkeletons: null,
			state: "published",
			createdAt: 1000,
			...fields,
		},
		{ since: 0, doublePostSince: null, isNewVisitor: false },
	);
	if (typeof stored === "string") throw new Error(`the comment was not stored: ${stored}`);
	return stored.id;
};
const readPage = async (position: ThreadPosition, limit = 50): Promise<ThreadPage> => {
	const page = await comments.thread("p", position, limit);
	if (page === null) throw new Error(`there is no page ${JSON.stringify(position)}`);
	return page;
};
const idsOf = async (position: ThreadPosition, limit = 50) =>
	(await readPage(position, limit)).comments.map(({ id }) => id);

describe("a thread", () => {
	it("lists each comment, then its replies, oldest first", async () => {
		const first = await add();
		const second = await add();
		const reply = await add({ parentId: first });
		const answer = await add({ parentId: reply });
		const late = await add({ parentId: first });
		expect(await idsOf(null)).toEqual([first, reply, answer, late, second]);
		const { comments: read } = await readPage(null);
		expect(read.map(({ parentId }) => parentId)).toEqual([null, first, reply, first, null]);
	});

	it("bounds the paths of a long chain of replies and keeps its order", async () => {
		let parentId = await add();
		const chain = [parentId];
		for (let i = 0; i < 20; i++) {
			parentId = await add({ parentId });
			chain.push(parentId);
		}
		expect(await idsOf(null)).toEqual(chain);
		const { results } = await database.db.prepare("SELECT max(length(path)) AS longest FROM comments").all();
		expect(results).toEqual([{ longest: 56 }]);
	});

	it("is read page by page without gap or repetition, past what was deleted meanwhile", async () => {
		const all: number[] = [];
		for (let i = 0; i < 7; i++) all.push(await add());
		const first = await readPage(null, 3);
		await comments.decide([first.next ?? 0], "deleted", { actor: "me", reason: "", at: 1 });
		const second = await readPage({ after: first.next ?? 0 }, 3);
		const third = await readPage({ after: second.next ?? 0 }, 3);
		expect([first, second, third].flatMap((page) => page.comments.map(({ id }) => id))).toEqual(all);
		expect(third.next).toBeNull();
	});

	it("shows a placeholder for a deleted comment with replies, and nothing for one without", async () => {
		const parent = await add();
		const reply = await add({ parentId: parent });
		const alone = await add();
		for (const id of [parent, alone])
			await comments.decide([id], "deleted", { actor: "me", reason: "", at: 1 });
		const { comments: read, count } = await readPage(null);
		expect(read.map(({ id, state }) => [id, state])).toEqual([
			[parent, "deleted"],
			[reply, "published"],
		]);
		expect(count).toBe(1);
	});

	it("shows the held comment it is read around in its later place", async () => {
		const first = await add();
		const waiting = await add({ parentId: first, state: "held" });
		const second = await add();
		expect(await idsOf(null)).toEqual([first, second]);
		expect(await idsOf({ around: waiting })).toEqual([first, waiting, second]);
	});

	it("read around a comment far down a long branch is a page of that branch, held or not", async () => {
		const first = await add();
		const replies: number[] = [];
		for (let i = 0; i < 30; i++) replies.push(await add({ parentId: first }));
		const waiting = await add({ parentId: first, state: "held" });
		const second = await add();
		const shared = await readPage(null);
		expect(shared.comments.map(({ id }) => id)).toEqual([first, ...replies.slice(0, 24), second]);
		expect([...shared.branchCursors]).toEqual([[first, replies[23]]]);
		for (const [id, shown] of [
			[replies[29] ?? 0, [first, ...replies.slice(24)]],
			[waiting, [first, ...replies.slice(24), waiting]],
		] as const) {
			const { comments: around, branch } = await readPage({ around: id });
			expect(branch).toEqual({ root: first, previous: null });
			expect(around.map(({ id }) => id)).toEqual(shown);
		}
	});

	it("uses its index for every page", async () => {
		const plan = await database.db
			.prepare(
				"EXPLAIN QUERY PLAN SELECT id FROM comments WHERE post_id = ? AND (state = 'published' OR has_public_replies) AND path > ? ORDER BY path LIMIT 51",
			)
			.bind("p", "00000001")
			.all<{ detail: string }>();
		expect(plan.results.map(({ detail }) => detail)).toEqual([
			"SEARCH comments USING INDEX comments_thread (post_id=? AND path>?)",
		]);
	});
});

describe("decisions", () => {
	it("change the count with the state, are logged, and report when nothing changed", async () => {
		const id = await add({ state: "held" });
		expect((await comments.listHeld(10)).map((comment) => comment.id)).toEqual([id]);
		expect(await comments.decide([id], "published", { actor: "me", reason: "fine", at: 5 })).toEqual([id]);
		expect(await comments.decide([id], "published", { actor: "me", reason: "again", at: 6 })).toEqual([]);
		expect((await comments.counts(["p"])).get("p")).toBe(1);
		expect(await comments.decide([id], "spam", { actor: "me", reason: "", at: 7 })).toEqual([id]);
		expect((await comments.counts(["p"])).get("p")).toBe(0);
		const { results } = await database.db.prepare("SELECT state, actor, reason FROM audit_log").all();
		expect(results).toEqual([
			{ state: "published", actor: "me", reason: "fine" },
			{ state: "spam", actor: "me", reason: "" },
		]);
		expect(await comments.decide([999], "spam", { actor: "me", reason: "", at: 8 })).toEqual([]);
	});
});

describe("tallies", () => {
	it("always match the rows, whatever removes them", async () => {
		const reactions = reactionRepository(database.db);
		const id = await add();
		const target = { postId: "p", commentId: id };
		await Promise.all(
			Array.from({ length: 30 }, (_, i) =>
				reactions.add({ target, kind: "like", visitor: `visitor ${i % 10}`, network: null, now: 1 }),
			),
		);
		await reactions.remove(target, "like", "visitor 3");
		await reactions.remove(target, "like", "visitor 3");
		await database.db.exec("DELETE FROM reactions WHERE visitor = 'visitor 4'");
		const [comment] = (await readPage(null)).comments;
		expect(comment?.tallies).toEqual({ like: 8 });
	});
});
