import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CommentState } from "../../../src/comments/comment.ts";
import { type OwnCommentRepository, reviseComment } from "../../../src/comments/own-comments.ts";
import type { CommentRepository } from "../../../src/comments/repository.ts";
import type { Judge } from "../../../src/comments/submit.ts";
import { commentRepository } from "../../../src/db/comments.ts";
import { ownCommentRepository } from "../../../src/db/own-comments.ts";
import { type Database, startDatabase } from "../../support/database.ts";
import { emptyTables } from "../../support/empty-tables.ts";

let database: Database;
let comments: CommentRepository;
let repository: OwnCommentRepository;

beforeAll(async () => {
	database = await startDatabase();
	comments = commentRepository(database.db);
	repository = ownCommentRepository(database.db);
});
afterAll(() => database.stop());
beforeEach(async () => {
	await emptyTables(
		database.db,
		"comments",
		"threads",
		"audit_log",
		"revisions",
		"training_examples",
		"pauses",
	);
	await database.db.exec(
		"INSERT INTO comments (id, post_id, path, state, name, visitor, source, html, fingerprint, created_at) VALUES (1, 'p', '00000001', 'published', 'n', 'v', 'first', '<p>first</p>', 'f', 1000)",
	);
});

const publish: Judge = async () => ({ state: "published", findings: [] });
const decide = (state: CommentState) => comments.decide([1], state, { actor: "me", reason: "", at: 1500 });
const written = async () => {
	const comment = await repository.find(1);
	if (comment === null) throw new Error("the comment is gone");
	return comment;
};
const label = () =>
	database.db.prepare("SELECT label FROM training_examples WHERE comment_id = 1").first<string>("label");

/** Makes a judge during whose first judgement something else happens. */
function meanwhile(happens: () => Promise<unknown>): Judge {
	let happened = false;
	return async (submission) => {
		if (!happened) {
			happened = true;
			await happens();
		}
		return publish(submission);
	};
}

/** Edits the comment as its author does, who saw the first version. */
const revise = async (text: string, judge: Judge = publish, { version } = { version: 1 }) =>
	reviseComment(await written(), { text, version }, { repository, judge, now: 2000, log: () => {} });

describe("an edit in progress", () => {
	it.each(["spam", "held"] as const)("does not undo a decision made meanwhile: %s", async (state) => {
		const judge = meanwhile(() => decide(state));
		expect(await revise("second", judge)).toBe("done");
		expect(await written()).toMatchObject({ state, source: "second", editedAt: 2000 });
		expect(await label()).toBe(state === "spam" ? "spam" : null);
		expect(await repository.earlierVersions(1)).toHaveLength(1);
	});

	it("is judged again when commenting is paused meanwhile, and is not published", async () => {
		let isPaused = false;
		const judge: Judge = async () => {
			if (isPaused) return { state: "held", findings: [{ rule: "paused", verdict: "hold", detail: "" }] };
			await database.db.exec("INSERT INTO pauses (id, mode, version) VALUES (1, 'hold', 1)");
			isPaused = true;
			return { state: "published", findings: [] };
		};
		expect(await revise("second", judge)).toBe("done");
		expect(await written()).toMatchObject({ state: "held", source: "second" });
	});

	it("does not restore a comment deleted meanwhile", async () => {
		const judge = meanwhile(() => decide("deleted"));
		expect(await revise("second", judge)).toBe("deleted");
		expect(await written()).toMatchObject({ state: "deleted", source: "first" });
		expect(await repository.earlierVersions(1)).toEqual([]);
	});

	it("does not replace the words of another edit, which it returns", async () => {
		const judge = meanwhile(() => revise("second"));
		expect(await revise("third", judge)).toMatchObject({ source: "second", version: 2 });
		expect(await written()).toMatchObject({ source: "second", editedAt: 2000 });
		expect(await revise("third", publish, { version: 2 })).toBe("done");
		// In the same millisecond, and still a later version.
		expect(await written()).toMatchObject({ source: "third", editedAt: 2001, version: 3 });
		expect((await repository.earlierVersions(1)).map(({ source }) => source)).toEqual(["first", "second"]);
	});

	it("is the same edit when it is sent twice", async () => {
		const judge = meanwhile(() => revise("second"));
		expect(await revise("second", judge)).toBe("done");
		expect(await repository.earlierVersions(1)).toHaveLength(1);
	});

	it("records no training example, even if the rules find the same again", async () => {
		const findings = [{ rule: "blocked_word", verdict: "spam", detail: "pills" }] as const;
		await database.db
			.prepare("UPDATE comments SET state = 'held', findings = ?")
			.bind(JSON.stringify(findings))
			.run();
		await decide("published");
		const judge: Judge = async () => ({ state: "spam", findings });
		await revise("other pills", judge);
		expect(await written()).toMatchObject({ state: "spam", findings });
		expect(await label()).toBe("approved");
	});

	it("fails with an error if the comment keeps changing", async () => {
		const states = ["held", "published"] as const;
		let decisions = 0;
		const judge: Judge = async (submission) => {
			await decide(states[decisions++ % 2] ?? "held");
			return publish(submission);
		};
		const change = revise("second", judge);
		await expect(change).rejects.toThrow("keeps changing");
	});
});
