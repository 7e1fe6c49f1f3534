import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { signedIn } from "../../support/admin.ts";
import { startBlog } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";

const post = "2024-05-01-hello";
const start = Date.parse("2026-01-01T00:00:00Z");
const day = 86_400_000;
const blog = await startBlog({
	files: {
		"site.yaml":
			"title: Cats\ncomments: { blocked_words: [casino] }\nlimits: { comments_per_hour: 500, comments_per_day: 2000 }\nprivacy: { network_days: 60 }\n",
	},
});
const owner = await signedIn(blog, "Mika", "owner");
afterAll(() => blog.stop());
beforeEach(async () => {
	blog.setClock(start);
	await emptyTables(
		blog.db,
		"comments",
		"threads",
		"training_examples",
		"classifier",
		"audit_log",
		"write_counts",
	);
});

const comment = (text: string, fields: Record<string, string> = {}, network = "192.0.2.1") =>
	blog.post(
		"/comments",
		{ post, name: "Ann", email: "ann@mail.example", text, ...fields },
		{ "CF-Connecting-IP": network },
	);
const spam = (text: string, network?: string) => comment(text, { subject: "x" }, network);
const rows = async (sql: string) => (await blog.db.prepare(sql).all<Record<string, unknown>>()).results;
const sources = async () =>
	(await rows("SELECT source FROM comments ORDER BY id")).map(({ source }) => source);
/** Runs the cron trigger at the minute of the hour in which it purges. */
async function purgeAt(time: number) {
	blog.setClock(time - (time % 3_600_000) + 30 * 60_000);
	await blog.cron();
}

describe("rejected comments", () => {
	it("are emptied after their days, with everything about their authors, and others stay", async () => {
		await spam("spam of today");
		await comment("a good one");
		await comment("casino, so it waits");
		await comment("deleted by a moderator");
		await blog.db.exec("UPDATE comments SET state = 'deleted' WHERE id = 4");
		await purgeAt(start + 29 * day);
		expect(await sources()).toEqual([
			"spam of today",
			"a good one",
			"casino, so it waits",
			"deleted by a moderator",
		]);
		await purgeAt(start + 31 * day);
		expect(await sources()).toEqual(["", "a good one", "casino, so it waits", ""]);
		expect(await rows("SELECT * FROM comments WHERE id = 1")).toMatchObject([
			{ state: "deleted", name: "", email: null, html: "", visitor: "", network: null, findings: null },
		]);
		expect(await rows("SELECT id FROM tombstones ORDER BY id")).toEqual([{ id: "1" }, { id: "4" }]);
		expect(await rows("SELECT kind, actor, after FROM audit_log")).toEqual([
			{ kind: "purged", actor: "retention", after: "2" },
		]);
		await purgeAt(start + 32 * day);
		expect(await rows("SELECT kind FROM audit_log")).toHaveLength(1);
	});

	it("are kept for as long after the last decision", async () => {
		await comment("an old one");
		blog.setClock(start + 40 * day);
		await blog.db.exec(
			`UPDATE comments SET state = 'spam'; INSERT INTO audit_log (comment_id, state, actor, reason, created_at) VALUES (1, 'spam', 'Mika', '', ${start + 40 * day});`,
		);
		await purgeAt(start + 41 * day);
		expect(await sources()).toEqual(["an old one"]);
		await purgeAt(start + 71 * day);
		expect(await sources()).toEqual([""]);
	});

	it("leave the classifier what it has learnt from them", async () => {
		await comment("learn these words");
		await blog.db.exec("UPDATE comments SET state = 'spam'");
		await blog.cron();
		const learnt = await rows("SELECT label, trained_label FROM training_examples");
		expect(learnt).toEqual([{ label: "spam", trained_label: "spam" }]);
		await purgeAt(start + 31 * day);
		await blog.cron();
		expect(await sources()).toEqual([""]);
		expect(await rows("SELECT label, trained_label FROM training_examples")).toEqual(learnt);
		expect(await rows("SELECT spam FROM classifier")).toEqual([{ spam: 1 }]);
	});

	it("are at most 200 a time", async () => {
		await spam("one of many");
		await blog.db.exec(
			`INSERT INTO comments (post_id, path, state, name, visitor, source, html, fingerprint, created_at) WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 250) SELECT '${post}', printf('%08x', i), 'spam', 'Bot', 'bot', 'words', '', '', ${start} FROM n`,
		);
		const left = () => rows("SELECT count(*) AS n FROM comments WHERE source <> ''");
		await purgeAt(start + 31 * day);
		expect(await left()).toEqual([{ n: 50 }]);
		await purgeAt(start + 32 * day);
		expect(await left()).toEqual([{ n: 0 }]);
	});
});

describe("what a network sent", () => {
	it("is deleted by an owner's one press, but not what is public or from elsewhere, and is logged", async () => {
		await comment("public");
		await comment("casino, waits");
		await spam("spam");
		await spam("spam from elsewhere", "198.51.100.1");
		const [one] = await rows("SELECT visitor FROM comments WHERE id = 2");
		const page = `/admin/commenters/${one?.visitor}`;
		expect(await (await blog.get(page, owner)).text()).toContain(`action="${page}/purge"`);
		const unsure = await blog.post(`${page}/purge`, {}, owner);
		expect([unsure.status, await sources()]).toEqual([
			422,
			["public", "casino, waits", "spam", "spam from elsewhere"],
		]);
		const done = await blog.post(`${page}/purge`, { sure: "yes" }, owner);
		expect(done.headers.get("Location")).toMatch(/^\/admin\/commenters\?done=/);
		expect(await sources()).toEqual(["public", "", "", "spam from elsewhere"]);
		expect(await rows("SELECT kind, actor, after FROM audit_log")).toEqual([
			{ kind: "purged", actor: "Mika", after: "2" },
		]);
		const result = await (await blog.get(done.headers.get("Location") ?? "", owner)).text();
		expect(result).toContain("Comments of the network deleted for good.");
		expect(result).not.toContain(">Undo<");
		expect(await (await blog.get("/admin/log", owner)).text()).toContain(
			"Deleted rejected comments for good (2)",
		);
	});
});
