import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AuthorshipRepository, reviseComment } from "../../src/comments/authorship.ts";
import type { CommentState } from "../../src/comments/comment.ts";
import type { CommentRepository } from "../../src/comments/repository.ts";
import type { Judge } from "../../src/comments/submit.ts";
import { authorshipRepository } from "../../src/db/authorship.ts";
import { commentRepository } from "../../src/db/comments.ts";
import { type Database, startDatabase } from "../support/database.ts";

let database: Database;
let comments: CommentRepository;
let repository: AuthorshipRepository;

beforeAll(async () => {
	database = await startDatabase();
	comments = commentRepository(database.db);
	repository = authorshipRepository(database.db);
});
afterAll(() => database.stop());
beforeEach(async () => {
	for (const table of ["comments", "threads", "decisions", "revisions", "lessons"])
		await database.db.exec(`DELETE FROM ${table}`);
	await database.db.exec(
		"INSERT INTO comments (id, post_id, path, state, name, visitor, source, html, fingerprint, created_at) VALUES (1, 'p', '00000001', 'published', 'n', 'v', 'first', '<p>first</p>', 'f', 1000)",
	);
});

const fine: Judge = async () => ({ state: "published", findings: [] });
const decide = (state: CommentState) => comments.decide([1], state, { madeBy: "me", reason: "", at: 1500 });
const written = async () => {
	const comment = await repository.find(1);
	if (comment === null) throw new Error("the comment is gone");
	return comment;
};
const lesson = () =>
	database.db.prepare("SELECT lesson FROM lessons WHERE comment_id = 1").first<string>("lesson");

/** A judge during whose first judgement something else happens. */
function meanwhile(happens: () => Promise<unknown>): Judge {
	let happened = false;
	return async (submission) => {
		if (!happened) {
			happened = true;
			await happens();
		}
		return fine(submission);
	};
}

describe("a change that is under way", () => {
	it.each(["spam", "held"] as const)("does not undo a decision made meanwhile: %s", async (state) => {
		const judge = meanwhile(() => decide(state));
		expect(await reviseComment(await written(), "second", { repository, judge, now: 2000 })).toBe(true);
		expect(await written()).toMatchObject({ state, source: "second", editedAt: 2000 });
		expect(await lesson()).toBe(state === "spam" ? "spam" : null);
		expect(await repository.earlierVersions(1)).toHaveLength(1);
	});

	it("brings nothing back that was deleted meanwhile", async () => {
		const judge = meanwhile(() => decide("deleted"));
		expect(await reviseComment(await written(), "second", { repository, judge, now: 2000 })).toBe(false);
		expect(await written()).toMatchObject({ state: "deleted", source: "first" });
		expect(await repository.earlierVersions(1)).toEqual([]);
	});

	it("comes after another of the same moment, and both are kept", async () => {
		const comment = await written();
		const judge = meanwhile(() => reviseComment(comment, "second", { repository, judge: fine, now: 2000 }));
		expect(await reviseComment(comment, "third", { repository, judge, now: 2000 })).toBe(true);
		expect(await written()).toMatchObject({ source: "third", editedAt: 2001 });
		expect((await repository.earlierVersions(1)).map(({ source }) => source)).toEqual(["first", "second"]);
	});

	it("is no person's decision, even for what the rules had found before", async () => {
		const findings = [{ rule: "word", verdict: "spam", detail: "pills" }] as const;
		await database.db
			.prepare("UPDATE comments SET state = 'held', findings = ?")
			.bind(JSON.stringify(findings))
			.run();
		await decide("published");
		const judge: Judge = async () => ({ state: "spam", findings });
		await reviseComment(await written(), "other pills", { repository, judge, now: 2000 });
		expect(await written()).toMatchObject({ state: "spam", findings });
		expect(await lesson()).toBe("approved");
	});

	it("is given up, and said to be, where the comment never rests", async () => {
		let at = 3000;
		const judge: Judge = async (submission) => {
			at += 1;
			await reviseComment(await written(), `other ${at}`, { repository, judge: fine, now: at });
			return fine(submission);
		};
		const change = reviseComment(await written(), "second", { repository, judge, now: 2000 });
		await expect(change).rejects.toThrow("keeps changing");
	});
});
