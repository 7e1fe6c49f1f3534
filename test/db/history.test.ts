import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Submission } from "../../src/comments/submit.ts";
import { noSigns } from "../../src/comments/submit.ts";
import { historyReader } from "../../src/db/history.ts";
import { standardsRepository } from "../../src/db/standards.ts";
import { judgeBy } from "../../src/moderation/judge.ts";
import { initialSettings } from "../../src/moderation/settings.ts";
import { standards } from "../support/candidate.ts";
import { counting } from "../support/counting.ts";
import { type Database, startDatabase } from "../support/database.ts";
import { fillThread } from "../support/fill.ts";

let database: Database;

beforeAll(async () => {
	database = await startDatabase();
});
afterAll(() => database.stop());

const submission: Submission = {
	draft: { name: "Hanako", email: null, website: null, text: "A word about lighthouses" },
	postId: "p",
	parentId: null,
	visitor: "v",
	formKey: null,
	network: null,
	signs: noSigns,
	now: 1,
};

describe("judging a comment", () => {
	it("reads as little when much has just been said as when nothing was, short of a flood", async () => {
		await fillThread(database.db, { postId: "busy", count: 2000, branch: 1 });
		const counted = counting(database.db);
		const read = historyReader(counted.db);
		const everywhere = async (since: number, flood: number) => {
			counted.rows = 0;
			const query = { ...submission, email: null, said: null, hosts: [], recentSince: since, flood };
			const { history } = await read(query);
			return { everywhere: history.everywhere, rows: counted.rows };
		};
		const quiet = await everywhere(1_700_000_000_000 + 1_999_000, 3000);
		const busy = await everywhere(1_700_000_000_000 - 1, 3000);
		expect([quiet.everywhere, busy.everywhere]).toEqual([0, 2000]);
		expect(busy.rows - quiet.rows).toBeLessThan(5);
		await database.db.exec("UPDATE comments SET state = 'spam' WHERE id % 2 = 0");
		await database.db.exec("UPDATE comments SET state = 'held' WHERE id % 4 = 1");
		expect((await everywhere(1_700_000_000_000 - 1, 2000)).everywhere).toBe(1000);
		expect((await everywhere(1_700_000_000_000 + 1_000_000, 500)).everywhere).toBe(499);
		await database.db.exec("DELETE FROM comments");
	});

	it("asks the database once, for the past and for what the owner has set", async () => {
		const counted = counting(database.db);
		const others = { isOverLimit: async () => false, secondOpinion: null };
		const judge = judgeBy(standards, historyReader(counted.db), () => ({ post: "en", site: ["en"] }), others);
		expect((await judge(submission)).state).toBe("published");
		expect(counted.trips).toBe(1);
		await standardsRepository(database.db).save({ ...initialSettings, words: ["lighthouses"] });
		expect((await judge(submission)).state).toBe("held");
		expect(counted.trips).toBe(2);
	});
});
