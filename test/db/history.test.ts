import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Submission } from "../../src/comments/submit.ts";
import { noSigns } from "../../src/comments/submit.ts";
import { historyReader } from "../../src/db/history.ts";
import { standardsRepository } from "../../src/db/standards.ts";
import { judgeBy } from "../../src/moderation/judge.ts";
import { initialSettings } from "../../src/moderation/settings.ts";
import { counting } from "../support/counting.ts";
import { type Database, startDatabase } from "../support/database.ts";

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
	it("asks the database once, for the past and for what the owner has set", async () => {
		const counted = counting(database.db);
		const site = { policy: "none", words: [], linkLimit: 4, floodLimit: 1000 } as const;
		const judge = judgeBy(site, historyReader(counted.db), () => ({ post: "en", site: ["en"] }));
		expect((await judge(submission)).state).toBe("published");
		expect(counted.trips).toBe(1);
		await standardsRepository(database.db).save({ ...initialSettings, words: ["lighthouses"] });
		expect((await judge(submission)).state).toBe("held");
		expect(counted.trips).toBe(2);
	});
});
