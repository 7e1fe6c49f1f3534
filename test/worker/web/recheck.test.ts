import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { contentFindings } from "../../../src/moderation/rules.ts";
import { adminEn } from "../../../src/web/ui/strings/admin-en.ts";
import { signedIn, testStart } from "../../support/admin.ts";
import { type Blog, startBlog } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";

const post = "2024-05-01-hello";
const path = "/2024/05/01/hello/";
const minute = 60_000;
let blog: Blog;
let owner: { Cookie: string };

beforeAll(async () => {
	blog = await startBlog({
		files: {
			"site.yaml": "title: Cats\ntimezone: UTC\ncomments: { moderation: first, flood_limit: 30 }\n",
		},
	});
	owner = await signedIn(blog, "Mika", "owner");
});
afterAll(() => blog.stop());
beforeEach(async () => {
	blog.setClock(testStart);
	await emptyTables(
		blog.db,
		"comments",
		"threads",
		"audit_log",
		"training_examples",
		"settings",
		"rechecks",
		"link_targets",
	);
});

const write = (text: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
	blog.post("/comments", { post, name: "花子", text, ...fields }, headers);
const cookieOf = (response: Response) => response.headers.get("Set-Cookie")?.split(";")[0] ?? "";
const act = (address: string, fields: Record<string, string>) => blog.post(address, fields, owner);
const saveSettings = async (fields: Record<string, string>) => {
	const [, version = ""] = /name="version" value="(\d+)"/.exec(await settingsPage()) ?? [];
	const typed = { policy: "none", blockedWords: "", links: "", do: "save", version };
	return act("/admin/settings", { ...typed, ...fields });
};
const begin = (selection: string) => act("/admin/recheck", { selection });
const states = async () => {
	const { results } = await blog.db
		.prepare("SELECT state FROM comments ORDER BY id")
		.all<{ state: string }>();
	return results.map(({ state }) => state).join(" ");
};
const findings = async (id: number) =>
	blog.db.prepare("SELECT findings FROM comments WHERE id = ?").bind(id).first<string>("findings");
const count = (what: string) => blog.db.prepare(`SELECT count(*) AS n FROM ${what}`).first<number>("n");
const settingsPage = async () => (await blog.get("/admin/settings", owner)).text();
const finish = async () => {
	for (let i = 0; i < 30; i++) {
		await blog.cron();
		if ((await settingsPage()).includes("Finished")) return;
	}
	throw new Error("it did not finish");
};

describe("a recheck of waiting comments", () => {
	it("applies the current settings in one operation, undone together, and trains nothing", async () => {
		for (const text of ["one", "two", "three https://a.example"]) await write(text);
		expect(await states()).toBe("held held held");
		const before = await findings(1);
		await saveSettings({ blockedWords: "two" });
		await begin("waiting");
		await finish();
		expect(await states()).toBe("published held published");
		expect(await settingsPage()).toContain("3 checked, 2 changed.");
		expect(await (await blog.get(path)).text()).toContain("2 comments");
		const log = await (await blog.get("/admin/log", owner)).text();
		expect(log).toContain("Comment 1: Waiting → Published (recheck)");
		const { results } = await blog.db
			.prepare("SELECT DISTINCT operation FROM audit_log WHERE kind = 'rechecked'")
			.all();
		expect(results).toHaveLength(1);

		const undone = /name="operation" value="([^"]+)"/.exec(
			(await settingsPage()).split('id="recheck"')[1] ?? "",
		)?.[1];
		await act("/admin/undo", { operation: undone ?? "", back: "/admin/settings" });
		expect(await states()).toBe("held held held");
		expect(await findings(1)).toBe(before);
		expect(await settingsPage()).not.toContain("Undo this recheck");
		await blog.cron();
		expect(await count("training_examples")).toBe(0);
	});

	it("skips comments a person decided, comments deleted by their author, and the blog's own replies", async () => {
		const first = await write("put back by a person");
		await write("spam by a person");
		const third = await write("taken back");
		await write("waits");
		await act("/admin/decisions", { do: "published:1" });
		await act("/admin/comments/1/reply", { key: crypto.randomUUID(), text: "from the admin" });
		await act("/admin/decisions", { do: "held:1" });
		await act("/admin/decisions", { do: "spam:2" });
		await blog.post("/comments/3/deletion", {}, { Cookie: cookieOf(third) });
		expect(cookieOf(first)).not.toBe("");
		await saveSettings({});
		await begin("waiting");
		await finish();
		expect(await states()).toBe("held spam deleted published published");
		expect(await settingsPage()).toContain("1 checked, 1 changed.");
	});

	it("keeps findings about the moment a comment was posted", async () => {
		await saveSettings({});
		for (let i = 0; i < 31; i++) await write(`number ${i}`);
		await write("in the flood");
		const flooded = "WHERE findings LIKE '%\"flood\"%'";
		expect(await count(`comments ${flooded}`)).toBe(2);
		blog.setClock(testStart + 60 * minute);
		await blog.db.exec(
			`UPDATE comments SET findings = '[{"rule":"akismet_unreachable","verdict":"hold","detail":""}]' WHERE id = 32`,
		);
		await begin("waiting");
		await finish();
		expect(await count("comments WHERE state = 'held'")).toBe(2);
	});

	it("publishes no text that was edited while it waited", async () => {
		const posted = await write("harmless");
		await write("unchanged");
		await blog.post("/comments/1/revisions", { text: "harmful" }, { Cookie: cookieOf(posted) });
		await saveSettings({});
		await begin("waiting");
		await finish();
		expect(await states()).toBe("held published");
		expect(JSON.parse((await findings(1)) ?? "")).toMatchObject([{ rule: "policy_first" }]);
	});

	it("publishes nothing whose author's browser would have been challenged", async () => {
		const busy = await startBlog({
			files: { "site.yaml": "title: Cats\ncomments: { moderation: first, proof_limit: 2 }\n" },
		});
		busy.setClock(testStart);
		const mika = await signedIn(busy, "Mika", "owner");
		for (const text of ["one", "two", "three"]) await busy.post("/comments", { post, name: "花子", text });
		const found = await busy.db
			.prepare("SELECT findings FROM comments WHERE id = 3")
			.first<string>("findings");
		expect(JSON.parse(found ?? "")).toMatchObject([{ rule: "policy_first" }, { rule: "proof_of_work" }]);
		await busy.post("/admin/settings", { policy: "none", blockedWords: "", links: "", do: "save" }, mika);
		await busy.post("/admin/recheck", { selection: "waiting" }, mika);
		await busy.cron();
		const { results } = await busy.db.prepare("SELECT state FROM comments ORDER BY id").all();
		expect(results.map(({ state }) => state)).toEqual(["published", "published", "held"]);
		await busy.stop();
	});

	it("skips a comment that is held for an unknown reason", async () => {
		await write("anonymised since");
		await blog.db.exec("UPDATE comments SET findings = NULL");
		await saveSettings({});
		await begin("waiting");
		await finish();
		expect(await states()).toBe("held");
	});
});

describe("a recheck of published comments", () => {
	it("holds them for words, links and texts now known as spam, and not for a policy", async () => {
		await saveSettings({});
		for (const text of ["fine words", "buy pills", "see https://bad.example", "see https://bad.example too"])
			await write(text);
		await act("/admin/decisions", { do: "spam:4" });
		await blog.cron();
		await saveSettings({ policy: "all", blockedWords: "pills" });
		await begin("published");
		await finish();
		expect(await states()).toBe("published held held spam");
		expect(JSON.parse((await findings(2)) ?? "")).toMatchObject([{ rule: "blocked_word" }]);
		expect(await (await blog.get(path)).text()).not.toContain("buy pills");
		expect(await count("training_examples WHERE comment_id <> 4")).toBe(0);
	});

	it("counts no comment as evidence for itself, nor its copies against it", async () => {
		await saveSettings({});
		const words = "These are the first and only words that I have ever written here";
		await write(words);
		await write("Купите сейчас недорого");
		await blog.db.exec("UPDATE comments SET state = 'published', findings = NULL WHERE id = 2");
		await blog.db.exec("DELETE FROM training_examples");
		for (const other of ["2024-05-02-こんばんは", "about"]) await write(words, { post: other });
		expect(await states()).toBe("published published held");
		await begin("published");
		await finish();
		// Its own script in the thread, and its own place on the page, are nothing in its favour.
		expect(await states()).toBe("published held held");
	});
});

describe("a recheck", () => {
	const hold = async (number: number) => {
		for (let i = 0; i < number; i++) await write(`number ${i}`);
		await saveSettings({});
	};

	it("runs in batches, each once however many cron runs overlap, and shows its progress", async () => {
		await hold(25);
		await begin("waiting");
		await begin("published");
		expect(await settingsPage()).toContain("0 of 25 checked");
		await Promise.all([blog.cron(), blog.cron(), blog.cron()]);
		const checked = Number(/(\d+) of 25 checked/.exec(await settingsPage())?.[1]);
		expect(checked).toBeGreaterThanOrEqual(8);
		expect(await count("comments WHERE state = 'published'")).toBe(checked);
		for (let left = 25 - checked; left >= 0; left -= 8) await blog.cron();
		expect(await settingsPage()).toContain("25 checked, 25 changed.");
		expect(await count("audit_log WHERE kind = 'rechecked'")).toBe(25);
	});

	it("can be stopped, and undone while it runs", async () => {
		await hold(20);
		await begin("waiting");
		await blog.cron();
		await act("/admin/recheck/end", {});
		await blog.cron();
		expect(await settingsPage()).toMatch(/Stopped 1 January 2026[^<]*: 8 of 20 checked, 8 changed\./);
		await begin("waiting");
		await blog.cron();
		expect(await count("comments WHERE state = 'published'")).toBe(16);
		const running = await blog.db
			.prepare("SELECT operation FROM rechecks WHERE state = 'running'")
			.first<string>("operation");
		await act("/admin/undo", { operation: running ?? "", back: "/admin/settings" });
		await blog.cron();
		expect(await count("comments WHERE state = 'published'")).toBe(8);
	});

	it("does not undo decisions made since", async () => {
		await hold(2);
		await begin("waiting");
		await finish();
		await act("/admin/decisions", { do: "spam:1" });
		const done = await blog.db.prepare("SELECT operation FROM rechecks").first<string>("operation");
		await act("/admin/undo", { operation: done ?? "", back: "/admin/settings" });
		expect(await states()).toBe("spam held");
	});

	it("is undone by owners only", async () => {
		await hold(1);
		await begin("waiting");
		await finish();
		const done = await blog.db.prepare("SELECT operation FROM rechecks").first<string>("operation");
		const moderator = await signedIn(blog, "Tom", "moderator");
		const refused = await blog.post(
			"/admin/undo",
			{ operation: done ?? "", back: "/admin/comments" },
			moderator,
		);
		expect(refused.status).toBe(403);
		expect(await states()).toBe("published");
		expect(await (await blog.get("/admin/settings", moderator)).text()).not.toContain(
			"Recheck waiting comments",
		);
	});

	it("leaves nothing of an anonymized commenter in the log", async () => {
		await saveSettings({});
		const written = await write("hello", { email: "ann@example.com" });
		const blocked = { email: "ann@example.com" };
		await act("/admin/blocks", blocked);
		await begin("published");
		await finish();
		expect(await states()).toBe("spam");
		await act("/admin/blocks/removal", { kind: "email", value: "ann@example.com" });
		const undo = await blog.db.prepare("SELECT operation FROM rechecks").first<string>("operation");
		await act("/admin/undo", { operation: undo ?? "", back: "/admin/comments" });
		expect(await states()).toBe("published");
		expect(JSON.stringify((await blog.db.prepare("SELECT * FROM audit_log").all()).results)).toContain(
			"ann@",
		);
		const visitor = await blog.db.prepare("SELECT visitor FROM comments").first<string>("visitor");
		await act(`/admin/commenters/${visitor}/anonymity`, { sure: "yes" });
		expect(written.status).toBe(303);
		expect(JSON.stringify((await blog.db.prepare("SELECT * FROM audit_log").all()).results)).not.toContain(
			"ann@",
		);
	});
});

it("knows the finding of every content rule, and the admin has a string for each", () => {
	for (const name of contentFindings) expect(Object.keys(adminEn)).toContain(`rule_${name}`);
});
