import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { lastingFindings } from "../../src/moderation/rules.ts";
import { deskEn } from "../../src/web/strings/desk-en.ts";
import { type Blog, startBlog } from "../support/blog.ts";
import { signedIn, testStart } from "../support/desk.ts";

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
	for (const table of ["comments", "threads", "decisions", "lessons", "settings", "rejudgings", "link_hosts"])
		await blog.db.exec(`DELETE FROM ${table}`);
});

const write = (text: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
	blog.post("/comments", { post, name: "花子", text, ...fields }, headers);
const cookieOf = (response: Response) => response.headers.get("Set-Cookie")?.split(";")[0] ?? "";
const act = (address: string, fields: Record<string, string>) => blog.post(address, fields, owner);
const rules = (fields: Record<string, string>) =>
	act("/admin/rules", { policy: "none", words: "", links: "", do: "save", ...fields });
const begin = (which: string) => act("/admin/rejudging", { which });
const states = async () => {
	const { results } = await blog.db
		.prepare("SELECT state FROM comments ORDER BY id")
		.all<{ state: string }>();
	return results.map(({ state }) => state).join(" ");
};
const findings = async (id: number) =>
	blog.db.prepare("SELECT findings FROM comments WHERE id = ?").bind(id).first<string>("findings");
const count = (what: string) => blog.db.prepare(`SELECT count(*) AS n FROM ${what}`).first<number>("n");
const rulesPage = async () => (await blog.get("/admin/rules", owner)).text();
const finish = async () => {
	for (let i = 0; i < 30; i++) {
		await blog.cron();
		if ((await rulesPage()).includes("Finished")) return;
	}
	throw new Error("it did not finish");
};

describe("what waits, judged again", () => {
	it("goes by the rules as they are now, in one act that is undone together, and teaches nothing", async () => {
		for (const text of ["one", "two", "three https://a.example"]) await write(text);
		expect(await states()).toBe("held held held");
		const before = await findings(1);
		await rules({ words: "two" });
		await begin("waiting");
		await finish();
		expect(await states()).toBe("published held published");
		expect(await rulesPage()).toContain("Looked at: 3. Changed: 2.");
		expect(await (await blog.get(path)).text()).toContain("2 comments");
		const log = await (await blog.get("/admin/log", owner)).text();
		expect(log).toContain("Comment 1: Waiting → Published, by the rules, asked again");
		const { results } = await blog.db
			.prepare("SELECT DISTINCT act FROM decisions WHERE kind = 'rejudged'")
			.all();
		expect(results).toHaveLength(1);

		const undone = /name="act" value="([^"]+)"/.exec(
			(await rulesPage()).split('id="rejudging"')[1] ?? "",
		)?.[1];
		await act("/admin/undo", { act: undone ?? "", back: "/admin/rules" });
		expect(await states()).toBe("held held held");
		expect(await findings(1)).toBe(before);
		expect(await rulesPage()).not.toContain("Undo what this changed");
		await blog.cron();
		expect(await count("lessons")).toBe(0);
	});

	it("leaves alone what a person decided, what its author took back, and the blog's own words", async () => {
		const first = await write("put back by a person");
		await write("spam by a person");
		const third = await write("taken back");
		await write("waits");
		await act("/admin/decisions", { do: "published:1" });
		await act("/admin/comments/1/reply", { key: crypto.randomUUID(), text: "from the desk" });
		await act("/admin/decisions", { do: "held:1" });
		await act("/admin/decisions", { do: "spam:2" });
		await blog.post("/comments/3/deletion", {}, { Cookie: cookieOf(third) });
		expect(cookieOf(first)).not.toBe("");
		await rules({});
		await begin("waiting");
		await finish();
		expect(await states()).toBe("held spam deleted published published");
		expect(await rulesPage()).toContain("Looked at: 1. Changed: 1.");
	});

	it("keeps what was found about the moment it came", async () => {
		await rules({});
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

	it("publishes no words that were changed while they waited", async () => {
		const posted = await write("harmless");
		await write("unchanged");
		await blog.post("/comments/1/revisions", { text: "harmful" }, { Cookie: cookieOf(posted) });
		await rules({});
		await begin("waiting");
		await finish();
		expect(await states()).toBe("held published");
		expect(JSON.parse((await findings(1)) ?? "")).toMatchObject([{ rule: "policy_first" }]);
	});

	it("publishes nothing whose writer's browser would have been asked for a step", async () => {
		const busy = await startBlog({
			files: { "site.yaml": "title: Cats\ncomments: { moderation: first, proof_limit: 2 }\n" },
		});
		busy.setClock(testStart);
		const mika = await signedIn(busy, "Mika", "owner");
		for (const text of ["one", "two", "three"]) await busy.post("/comments", { post, name: "花子", text });
		const found = await busy.db
			.prepare("SELECT findings FROM comments WHERE id = 3")
			.first<string>("findings");
		expect(JSON.parse(found ?? "")).toMatchObject([{ rule: "policy_first" }, { rule: "proof" }]);
		await busy.post("/admin/rules", { policy: "none", words: "", links: "", do: "save" }, mika);
		await busy.post("/admin/rejudging", { which: "waiting" }, mika);
		await busy.cron();
		const { results } = await busy.db.prepare("SELECT state FROM comments ORDER BY id").all();
		expect(results.map(({ state }) => state)).toEqual(["published", "published", "held"]);
		await busy.stop();
	});

	it("says nothing of a comment that waits for no known reason", async () => {
		await write("anonymised since");
		await blog.db.exec("UPDATE comments SET findings = NULL");
		await rules({});
		await begin("waiting");
		await finish();
		expect(await states()).toBe("held");
	});
});

describe("what is published, judged again", () => {
	it("is hidden for its words, links and likes now known for spam, and not for a policy", async () => {
		await rules({});
		for (const text of ["fine words", "buy pills", "see https://bad.example", "see https://bad.example too"])
			await write(text);
		await act("/admin/decisions", { do: "spam:4" });
		await blog.cron();
		await rules({ policy: "all", words: "pills" });
		await begin("published");
		await finish();
		expect(await states()).toBe("published held held spam");
		expect(JSON.parse((await findings(2)) ?? "")).toMatchObject([{ rule: "word" }]);
		expect(await (await blog.get(path)).text()).not.toContain("buy pills");
		expect(await count("lessons WHERE comment_id <> 4")).toBe(0);
	});

	it("does not speak for itself, nor suffer for those who copy it", async () => {
		await rules({});
		const words = "These are the first and only words that I have ever written here";
		await write(words);
		await write("Купите сейчас недорого");
		await blog.db.exec("UPDATE comments SET state = 'published', findings = NULL WHERE id = 2");
		await blog.db.exec("DELETE FROM lessons");
		for (const other of ["2024-05-02-こんばんは", "about"]) await write(words, { post: other });
		expect(await states()).toBe("published published held");
		await begin("published");
		await finish();
		// Its own script in the thread, and its own place on the page, are nothing in its favour.
		expect(await states()).toBe("published held held");
	});
});

describe("judging again", () => {
	const hold = async (number: number) => {
		for (let i = 0; i < number; i++) await write(`number ${i}`);
		await rules({});
	};

	it("goes on in pieces, each once however many run, and shows how far it is", async () => {
		await hold(25);
		await begin("waiting");
		await begin("published");
		expect(await rulesPage()).toContain("Looked at: 0 of 25.");
		await Promise.all([blog.cron(), blog.cron(), blog.cron()]);
		const looked = Number(/Looked at: (\d+) of 25/.exec(await rulesPage())?.[1]);
		expect(looked).toBeGreaterThanOrEqual(8);
		expect(await count("comments WHERE state = 'published'")).toBe(looked);
		for (let left = 25 - looked; left >= 0; left -= 8) await blog.cron();
		expect(await rulesPage()).toContain("Looked at: 25. Changed: 25.");
		expect(await count("decisions WHERE kind = 'rejudged'")).toBe(25);
	});

	it("can be stopped, and undone while it is under way", async () => {
		await hold(20);
		await begin("waiting");
		await blog.cron();
		await act("/admin/rejudging/end", {});
		await blog.cron();
		expect(await rulesPage()).toMatch(/Stopped 1 January 2026[^<]*Looked at: 8 of 20. Changed: 8./);
		await begin("waiting");
		await blog.cron();
		expect(await count("comments WHERE state = 'published'")).toBe(16);
		const running = await blog.db
			.prepare("SELECT act FROM rejudgings WHERE state = 'running'")
			.first<string>("act");
		await act("/admin/undo", { act: running ?? "", back: "/admin/rules" });
		await blog.cron();
		expect(await count("comments WHERE state = 'published'")).toBe(8);
	});

	it("does not undo what somebody has decided since", async () => {
		await hold(2);
		await begin("waiting");
		await finish();
		await act("/admin/decisions", { do: "spam:1" });
		const done = await blog.db.prepare("SELECT act FROM rejudgings").first<string>("act");
		await act("/admin/undo", { act: done ?? "", back: "/admin/rules" });
		expect(await states()).toBe("spam held");
	});

	it("is undone by owners only", async () => {
		await hold(1);
		await begin("waiting");
		await finish();
		const done = await blog.db.prepare("SELECT act FROM rejudgings").first<string>("act");
		const moderator = await signedIn(blog, "Tom", "moderator");
		const refused = await blog.post("/admin/undo", { act: done ?? "", back: "/admin" }, moderator);
		expect(refused.status).toBe(403);
		expect(await states()).toBe("published");
		expect(await (await blog.get("/admin/rules", moderator)).text()).not.toContain("Judge again what waits");
	});

	it("leaves nothing of a person in the log who is forgotten", async () => {
		await rules({});
		const written = await write("hello", { email: "ann@example.com" });
		const blocked = { email: "ann@example.com" };
		await act("/admin/blocks", blocked);
		await begin("published");
		await finish();
		expect(await states()).toBe("spam");
		await act("/admin/blocks/removal", { kind: "email", value: "ann@example.com" });
		const undo = await blog.db.prepare("SELECT act FROM rejudgings").first<string>("act");
		await act("/admin/undo", { act: undo ?? "", back: "/admin" });
		expect(await states()).toBe("published");
		expect(JSON.stringify((await blog.db.prepare("SELECT * FROM decisions").all()).results)).toContain(
			"ann@",
		);
		const visitor = await blog.db.prepare("SELECT visitor FROM comments").first<string>("visitor");
		await act(`/admin/people/${visitor}/anonymity`, { sure: "yes" });
		expect(written.status).toBe(303);
		expect(JSON.stringify((await blog.db.prepare("SELECT * FROM decisions").all()).results)).not.toContain(
			"ann@",
		);
	});
});

it("knows every name a lasting rule finds by, and the desk has words for each", () => {
	for (const name of lastingFindings) expect(Object.keys(deskEn)).toContain(`rule_${name}`);
});
