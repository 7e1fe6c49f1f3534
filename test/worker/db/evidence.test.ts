import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Submission } from "../../../src/comments/submit.ts";
import { noFormSignals } from "../../../src/comments/submit.ts";
import { changeRepository } from "../../../src/db/changes.ts";
import { evidenceReader } from "../../../src/db/evidence.ts";
import { createJudge } from "../../../src/moderation/judge.ts";
import { initialSettings } from "../../../src/moderation/settings.ts";
import { policy } from "../../support/candidate.ts";
import { countReads } from "../../support/counting.ts";
import { type Database, startDatabase } from "../../support/database.ts";
import { emptyTables } from "../../support/empty-tables.ts";
import { fillThread } from "../../support/fill.ts";

let database: Database;

beforeAll(async () => {
	database = await startDatabase();
});
afterAll(() => database.stop());

const submission: Submission = {
	draft: { name: "Hanako", email: null, website: null, text: "A word about lighthouses" },
	html: "<p>A word about lighthouses</p>",
	postId: "p",
	parentId: null,
	visitor: "v",
	formKey: null,
	network: null,
	formSignals: noFormSignals,
	now: 1,
	log: () => {},
};

describe("judging a comment", () => {
	it("reads as few rows after many recent comments as after none, short of a flood", async () => {
		await fillThread(database.db, { postId: "busy", count: 2000, branch: 1 });
		const counted = countReads(database.db);
		const read = evidenceReader(counted.db);
		const everywhere = async (since: number, flood: number) => {
			counted.rows = 0;
			const query = {
				...submission,
				email: null,
				contentHash: null,
				linkTargets: [],
				recentSince: since,
				now: 1_700_000_000_000 + 2_000_000,
				countLimit: flood,
			};
			const { evidence } = await read(query);
			return { everywhere: evidence.recentOnSite, rows: counted.rows };
		};
		const quiet = await everywhere(1_700_000_000_000 + 1_999_000, 3000);
		const busy = await everywhere(1_700_000_000_000 - 1, 3000);
		expect([quiet.everywhere, busy.everywhere]).toEqual([0, 2000]);
		expect(busy.rows - quiet.rows).toBeLessThan(5);
		await database.db.exec("UPDATE comments SET state = 'spam' WHERE id % 2 = 0");
		await database.db.exec("UPDATE comments SET state = 'held' WHERE id % 4 = 1");
		expect((await everywhere(1_700_000_000_000 - 1, 2000)).everywhere).toBe(1000);
		expect((await everywhere(1_700_000_000_000 + 1_000_000, 500)).everywhere).toBe(499);
		await emptyTables(database.db, "comments");
	});

	it("queries the database once, for the evidence and the owner's settings", async () => {
		const counted = countReads(database.db);
		const others = { isOverLimit: async () => false, spamService: null };
		const judge = createJudge(
			policy,
			evidenceReader(counted.db),
			() => ({ post: "en", site: ["en"], scripts: [] }),
			others,
		);
		expect((await judge(submission)).state).toBe("published");
		expect(counted.trips).toBe(1);
		const settings = { ...initialSettings, blockedWords: ["lighthouses"] };
		await changeRepository(database.db).apply(
			[{ is: "settings", settings, before: initialSettings, version: 0 }],
			{ actor: "Mika", reason: "", at: 1, operation: "a" },
		);
		expect((await judge(submission)).state).toBe("held");
		expect(counted.trips).toBe(2);
	});
});

describe("repeats of a text", () => {
	const contentHash = "c";
	const write = (id: number, given: { postId?: string; visitor: string; state: string }) =>
		database.db
			.prepare(
				`INSERT INTO comments (id, post_id, path, state, name, visitor, source, html, fingerprint, created_at, content_hash)
				VALUES (?, ?, printf('%08x', ?1), ?, 'n', ?, 's', 'h', ?1, ?1, ?)`,
			)
			.bind(id, given.postId ?? "other", given.state, given.visitor, contentHash)
			.run();
	const repeats = async (exceptId?: number) => {
		const query = { ...submission, email: null, contentHash, linkTargets: [], recentSince: 0, countLimit: 1 };
		const read = evidenceReader(database.db);
		const { evidence } = await read({ ...query, ...(exceptId === undefined ? {} : { exceptId }) });
		return evidence.duplicates;
	};

	it("are those by others under other posts, in whatever state, and those that a person marked as spam", async () => {
		await emptyTables(database.db, "comments", "training_examples");
		await write(1, { visitor: "v", state: "published" });
		await write(2, { visitor: "v", state: "spam" });
		await write(3, { visitor: "w", state: "published", postId: "p" });
		await write(4, { visitor: "w", state: "spam", postId: "p" });
		expect(await repeats()).toEqual([]);
		await write(5, { visitor: "w", state: "spam" });
		await write(6, { visitor: "", state: "published" });
		expect(await repeats()).toEqual([
			{ postId: "other", isMarkedSpam: false },
			{ postId: "other", isMarkedSpam: false },
		]);
		expect(await repeats(6)).toEqual([{ postId: "other", isMarkedSpam: false }]);
		await database.db.exec("UPDATE comments SET state = 'spam' WHERE id IN (1, 3)");
		expect((await repeats(6)).filter(({ isMarkedSpam }) => isMarkedSpam)).toHaveLength(2);
		await database.db.exec("UPDATE comments SET state = 'published' WHERE id IN (1, 3)");
		expect((await repeats()).filter(({ isMarkedSpam }) => isMarkedSpam)).toEqual([]);
	});
});
