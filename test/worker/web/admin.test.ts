import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { signedIn, testStart } from "../../support/admin.ts";
import { type Blog, startBlog } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";

const post = "2024-05-01-hello";
const path = "/2024/05/01/hello/";
let blog: Blog;
let owner: { Cookie: string };
let moderator: { Cookie: string };

beforeAll(async () => {
	blog = await startBlog({
		files: {
			"site.yaml":
				"title: Cats\ntimezone: Asia/Tokyo\nauthor:\n  name: Mika\ncomments:\n  moderation: first\n",
		},
	});
	owner = await signedIn(blog, "Mika", "owner");
	moderator = await signedIn(blog, "Tom", "moderator");
});
afterAll(() => blog.stop());
beforeEach(async () => {
	blog.setClock(testStart);
	await emptyTables(
		blog.db,
		"comments",
		"threads",
		"reactions",
		"audit_log",
		"blocks",
		"settings",
		"revisions",
	);
});

const write = async (fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
	blog.post("/comments", { post, name: "花子", text: "よい記事でした", ...fields }, headers);
const cookieOf = (response: Response) => response.headers.get("Set-Cookie")?.split(";")[0] ?? "";
const adminPage = async (address: string, who = moderator) => (await blog.get(address, who)).text();
const act = (address: string, fields: Record<string, string>, who = moderator) =>
	blog.post(address, fields, who);
const page = async () => (await blog.get(path)).text();
const stateOf = async (id: number) =>
	(await blog.db.prepare("SELECT state FROM comments WHERE id = ?").bind(id).first<{ state: string }>())
		?.state;
const landing = (response: Response) => response.headers.get("Location") ?? "";
const operationIn = (html: string) => /name="operation" value="([0-9a-f-]{36})"/.exec(html)?.[1] ?? "";

/** Undoes an operation by the button on the page after it. */
async function undoOn(response: Response, who = moderator): Promise<Response> {
	return act(
		"/admin/undo",
		{ operation: operationIn(await adminPage(landing(response), who)), back: "/admin/comments" },
		who,
	);
}

describe("the moderation queue", () => {
	it("shows waiting comments with everything a decision needs", async () => {
		const first = await write({ text: "first words" });
		await act("/admin/decisions", { do: "published:1" });
		await write({ text: "same person", parent: "1" }, { Cookie: cookieOf(first) });
		await write({
			parent: "1",
			name: "Ann",
			text: "**held**",
			email: "ann@example.com",
			website: "https://ann.example",
		});
		const html = await adminPage("/admin/comments");
		expect(html).toContain("1 comment waiting");
		expect(html).toContain("<strong>held</strong>");
		expect(html).toContain("In reply to 花子");
		expect(html).toContain("first words");
		expect(html).toContain("ann@example.com · https://ann.example");
		expect(html).toContain("first-time commenter");
		expect(html).toContain("0 published, 1 waiting, 0 spam");
		expect(html).toContain(`<a href="${path}#comments" lang="en">Hello</a>`);
		expect(html).not.toContain("same person");
	});

	it("publishes, marks as spam and deletes, each reversed by undo", async () => {
		await write();
		for (const [verb, state] of [
			["published", "published"],
			["spam", "spam"],
			["deleted", "deleted"],
		]) {
			const done = await act("/admin/decisions", { do: `${verb}:1`, back: "/admin/comments?state=any" });
			expect(landing(done)).toMatch(/^\/admin\/comments\?state=any&done=[0-9a-f-]{36}$/);
			expect(await stateOf(1)).toBe(state);
			expect((await page()).includes("よい記事でした")).toBe(state === "published");
			const undone = await undoOn(done);
			expect(landing(undone)).toBe("/admin/comments?done=undone");
			expect(await stateOf(1)).toBe("held");
		}
	});

	it("decides about many at once, and undoes that as one", async () => {
		for (const text of ["one", "two", "three"]) await write({ text });
		const fields = new URLSearchParams([
			["do", "published"],
			["id", "1"],
			["id", "3"],
			["reason", "fine"],
		]);
		const done = await fetch(`${blog.origin}/admin/decisions`, {
			method: "POST",
			redirect: "manual",
			body: fields,
			headers: { ...moderator, "Sec-Fetch-Site": "same-origin", "X-Test-Now": String(testStart) },
		});
		expect([await stateOf(1), await stateOf(2), await stateOf(3)]).toEqual([
			"published",
			"held",
			"published",
		]);
		expect(await adminPage(landing(done))).toContain("2 comments moved to Published.");
		await undoOn(done);
		expect([await stateOf(1), await stateOf(3)]).toEqual(["held", "held"]);
	});

	it("shows how many comments are spam and why, and one press frees one and teaches", async () => {
		expect(await adminPage("/admin/comments")).not.toContain("marked as spam");
		await write({ text: "filled in by a program", subject: "x" });
		await write({ text: "filled in by a password manager", subject: "Ann" });
		await write({ text: "sold by a person" });
		await act("/admin/decisions", { do: "spam:3" });
		const queue = await adminPage("/admin/comments");
		expect(queue).toMatch(/<a href="\/admin\/comments\?state=spam">3 comments marked as spam:<\/a>/);
		expect(queue).toContain("hidden honeypot field filled in (2) · by a moderator (1)");
		const spam = await adminPage("/admin/comments?state=spam");
		expect(spam).toMatch(/value="published:2"[^>]*>Not spam</);
		expect(await adminPage("/admin/comments/2")).toMatch(/value="published:2"[^>]*>Not spam</);
		await act("/admin/decisions", { do: "published:2" });
		expect(await stateOf(2)).toBe("published");
		const taught = "SELECT label FROM training_examples WHERE comment_id = 2";
		expect(await blog.db.prepare(taught).first("label")).toBe("approved");
		expect(await adminPage("/admin/comments")).toContain("2 comments marked as spam");
	});

	it("approves no text edited after it was shown, alone or among many, and says which to read again", async () => {
		const posted = await write({ text: "harmless" });
		for (const text of ["two", "three"]) await write({ text });
		const seen = [...(await adminPage("/admin/comments")).matchAll(/name="seen" value="([^"]*)"/g)].map(
			([, at = ""]) => at,
		);
		expect(seen).toEqual(["1:1", "2:1", "3:1"]);
		await blog.post("/comments/1/revisions", { text: "harmful" }, { Cookie: cookieOf(posted) });
		const decide = (...fields: [string, string][]) =>
			fetch(`${blog.origin}/admin/decisions`, {
				method: "POST",
				redirect: "manual",
				body: new URLSearchParams([...seen.map((at): [string, string] => ["seen", at]), ...fields]),
				headers: { ...moderator, "Sec-Fetch-Site": "same-origin", "X-Test-Now": String(testStart) },
			});
		const many = await decide(["do", "published"], ["id", "1"], ["id", "2"], ["id", "3"]);
		expect([await stateOf(1), await stateOf(2), await stateOf(3)]).toEqual([
			"held",
			"published",
			"published",
		]);
		const told = await adminPage(landing(many));
		expect(told).toContain("2 comments moved to Published.");
		expect(told).toMatch(
			/was edited after you opened it[^<]*Please read it again\. <a href="\/admin\/comments\/1">/,
		);
		expect(told).toContain("harmful");

		const alone = await adminPage(landing(await decide(["do", "published:1"])));
		expect(await stateOf(1)).toBe("held");
		expect(alone).toContain("was edited after you opened it");
		expect(alone).not.toContain("Nothing changed");
		const [again = ""] = /(?<=name="seen" value=")1:\d+/.exec(alone) ?? [];
		await act("/admin/decisions", { do: "published:1", seen: again });
		expect(await stateOf(1)).toBe("published");
	});

	it("hides a comment edited meanwhile without asking again, and restores it by undo", async () => {
		const posted = await write({ text: "harmless" });
		await blog.post("/comments/1/revisions", { text: "harmful" }, { Cookie: cookieOf(posted) });
		const done = await act("/admin/decisions", { do: "spam:1", seen: "1:1" });
		expect(await stateOf(1)).toBe("spam");
		await undoOn(done);
		expect(await stateOf(1)).toBe("held");
	});

	it("publishes no text by undo that was edited meanwhile", async () => {
		const posted = await write({ text: "harmless" });
		await act("/admin/decisions", { do: "published:1", seen: "1:1" });
		const done = await act("/admin/decisions", { do: "spam:1", seen: "1:1" });
		blog.setClock(blog.now + 60_000);
		await blog.post("/comments/1/revisions", { text: "read by nobody" }, { Cookie: cookieOf(posted) });
		await undoOn(done);
		expect(await stateOf(1)).toBe("spam");
	});

	it("undoes only what nobody has changed since", async () => {
		await write();
		const approved = await act("/admin/decisions", { do: "published:1" });
		await act("/admin/decisions", { do: "spam:1" }, owner);
		await undoOn(approved);
		expect(await stateOf(1)).toBe("spam");
		const again = await act("/admin/undo", {
			operation: landing(approved).split("done=")[1] ?? "",
			back: "/admin/comments",
		});
		expect([again.status, await again.text()]).toEqual([400, expect.stringContaining("could not be undone")]);
	});

	it("bans a commenter: this comment and later ones are spam, until it is undone", async () => {
		const first = await write({ email: "eve@example.com" });
		for (const page of ["/admin/comments", "/admin/comments/1"])
			expect(await adminPage(page)).toContain('value="ban:1"');
		const banned = await act("/admin/decisions", { do: "ban:1" });
		const told = await adminPage(landing(banned));
		expect(told).toMatch(/1 comment moved to Spam\. Blocked: 花子, eve@example\.com/);
		await write({ text: "again" }, { Cookie: cookieOf(first) });
		await write({ text: "new cookie, same address", email: "Eve@Example.com" });
		expect([await stateOf(1), await stateOf(2), await stateOf(3)]).toEqual(["spam", "spam", "spam"]);
		expect(await adminPage("/admin/settings")).toContain("eve@example.com");
		await undoOn(banned);
		expect(await stateOf(1)).toBe("held");
		await write({ text: "third" }, { Cookie: cookieOf(first) });
		expect(await stateOf(4)).toBe("held");
	});

	it("bans a page of commenters at once and undoes that as one", async () => {
		await blog.db.exec(
			`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30) INSERT INTO comments (id, post_id, path, state, name, email, visitor, source, html, fingerprint, created_at) SELECT i, '${post}', printf('%08x', i), 'held', 'n' || i, 'e' || i || '@example.com', 'v' || i, 't', '<p>t</p>', i, i FROM n`,
		);
		const fields = new URLSearchParams(Array.from({ length: 30 }, (_, i) => ["id", String(i + 1)]));
		fields.set("do", "ban");
		const banned = await fetch(`${blog.origin}/admin/decisions`, {
			method: "POST",
			redirect: "manual",
			body: fields,
			headers: { ...moderator, "Sec-Fetch-Site": "same-origin", "X-Test-Now": String(testStart) },
		});
		const count = (sql: string) => blog.db.prepare(`SELECT count(*) AS n FROM ${sql}`).first<number>("n");
		expect(await count("comments WHERE state = 'spam'")).toBe(30);
		expect(await count("blocks")).toBe(60);
		await undoOn(banned);
		expect(await count("comments WHERE state = 'held'")).toBe(30);
		expect(await count("blocks")).toBe(0);
	});

	it("filters by state, post, commenter, date and words, in Japanese and in either width", async () => {
		await write({ text: `${"長い文章。".repeat(20)}ｶﾀｶﾅの雲` });
		await write({ post: "2024-05-02-こんばんは", text: "Another CLOUD" });
		blog.setClock("2026-01-05T15:30:00Z");
		await write({ text: "later" });
		const found = async (query: string) =>
			[...(await adminPage(`/admin/comments?state=any&${query}`)).matchAll(/data-comment="(\d+)"/g)].map(
				([, id]) => Number(id),
			);
		expect(await found("")).toEqual([3, 2, 1]);
		expect(await found("q=雲")).toEqual([1]);
		expect(await found("q=カタカナ")).toEqual([]);
		expect(await found("q=ｶﾀｶﾅ")).toEqual([1]);
		expect(await found("q=cloud another")).toEqual([2]);
		expect(await found(`q=${encodeURIComponent("長い文章。".repeat(20))}`)).toEqual([1]);
		expect(await found("q=%25")).toEqual([]);
		expect(await found("q=АНОТЕР")).toEqual([]);
		await blog.db.exec("UPDATE comments SET name = 'Élan МОСКВЫ' WHERE id = 2");
		expect(await found("q=москвы élan")).toEqual([2]);
		// Every letter is one level of the expression, of which D1 allows a hundred.
		const alphabets = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяαβγδεζηθικλμνξοπρστυφχψωabcdefghijklmnopqrstuvwxyz";
		expect(await found(`q=${alphabets}`)).toEqual([]);
		expect(await found(`post=${encodeURIComponent("2024-05-02-こんばんは")}`)).toEqual([2]);
		expect(await found("from=2026-01-06")).toEqual([3]);
		expect(await found("to=2026-01-05")).toEqual([2, 1]);
		expect(await found("from=nonsense")).toEqual([3, 2, 1]);
		const commenter =
			/\/admin\/commenters\/([\w-]+)/.exec(await adminPage("/admin/comments?state=any&q=later"))?.[1] ?? "";
		expect(await found(`commenter=${commenter}`)).toEqual([3]);
	});

	it("goes on page by page in the order it is worked", async () => {
		await blog.db.exec(
			`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 65) INSERT INTO comments (id, post_id, path, state, name, visitor, source, html, fingerprint, created_at) SELECT i, '${post}', printf('%08x', i), 'held', 'n', 'v' || i, 't', '<p>t</p>', i, i FROM n`,
		);
		const ids: number[] = [];
		for (let address: string | undefined = "/admin/comments"; address !== undefined; ) {
			const html = await adminPage(address);
			ids.push(...[...html.matchAll(/data-comment="(\d+)"/g)].map(([, id]) => Number(id)));
			address = /<a href="([^"]*)" rel="next"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
		}
		expect(ids).toEqual(Array.from({ length: 65 }, (_, i) => i + 1));
	});

	it("shows what people typed as text, wherever they typed it", async () => {
		const evil = `<img src=x onerror=alert(1)>"'</textarea><script>alert(2)</script>`;
		await write({ name: evil.slice(0, 80), text: evil });
		await act("/admin/decisions", { do: "spam:1", reason: evil });
		for (const address of [
			"/admin/comments?state=any",
			"/admin/comments/1",
			"/admin/log",
			"/admin/commenters",
		]) {
			const html = await adminPage(address);
			expect(html, address).not.toMatch(/<img src=x|<script>alert/);
		}
	});

	it("is in the language of the moderator’s browser", async () => {
		const html = await (
			await blog.get("/admin/comments", { ...moderator, "Accept-Language": "ja,en;q=0.5" })
		).text();
		expect(html).toContain('<html lang="ja">');
		expect(html).toContain("承認待ちのコメントはありません");
	});
});

describe("one comment", () => {
	it("is changed with its history kept, and the change undone", async () => {
		await write({ text: "before" });
		await act("/admin/decisions", { do: "published:1" });
		const edited = await act("/admin/comments/1/text", { name: "花子", website: "", text: "after **that**" });
		expect(await page()).toContain("after <strong>that</strong>");
		const html = await adminPage(landing(edited));
		expect(html).toContain("Comment updated.");
		expect(html).toMatch(/Earlier versions[\s\S]*before/);
		await undoOn(edited);
		expect(await page()).toContain('<p dir="auto">before</p>');
	});

	it("returns refused text in the form", async () => {
		await write();
		const refused = await act("/admin/comments/1/text", {
			name: " ",
			website: "nowhere",
			text: "kept words",
		});
		const html = await refused.text();
		expect(refused.status).toBe(422);
		expect(html).toContain("Enter a name of at most 80 characters.");
		expect(html).toContain("kept words");
		const reply = await act("/admin/comments/1/reply", {
			key: crypto.randomUUID(),
			text: "x".repeat(10_001),
		});
		expect([reply.status, (await reply.text()).includes("x".repeat(10_001))]).toEqual([422, true]);
	});

	it("is answered in the author's name, once, and approved with it", async () => {
		await write();
		const key = crypto.randomUUID();
		await Promise.all([0, 1].map(() => act("/admin/comments/1/reply", { key, text: "Thank you" }, owner)));
		const html = await page();
		expect(html).toContain("よい記事でした");
		expect(html.match(/Thank you/g)?.length).toBe(1);
		expect(html).toMatch(/<bdi[^>]*>Mika<\/bdi><\/span>\s*<small class="by-author">Author<\/small>/);
		await write({ name: "Mika", text: "I am the author too", parent: "1" });
		await act("/admin/decisions", { do: "published:3" });
		expect((await page()).match(/class="by-author"/g)?.length).toBe(1);
	});

	it("is not approved by a reply to text that was edited meanwhile", async () => {
		const posted = await write({ text: "a question" });
		const seen = /name="seen" value="([^"]*)"/.exec(await adminPage("/admin/comments/1"))?.[1] ?? "";
		await blog.post("/comments/1/revisions", { text: "an insult" }, { Cookie: cookieOf(posted) });
		const key = crypto.randomUUID();
		const refused = await act("/admin/comments/1/reply", { key, text: "Well said", seen });
		const html = await refused.text();
		expect([refused.status, await stateOf(1)]).toEqual([409, "held"]);
		expect(html).toContain("was edited after you opened it");
		expect(html).toMatch(/an insult[\s\S]*Well said<\/textarea>/);
		const again = /name="seen" value="([^"]*)"/.exec(html)?.[1] ?? "";
		await act("/admin/comments/1/reply", { key, text: "Well said", seen: again });
		expect(await page()).toMatch(/an insult[\s\S]*Well said/);
	});

	it("is pinned above the thread and unpinned, and cannot be pinned unless published", async () => {
		await write({ text: "ordinary" });
		await write({ text: "remarkable" });
		await act("/admin/decisions", { do: "published:1" });
		await act("/admin/comments/2/pin", { pinned: "yes" });
		expect(await page()).not.toContain("Pinned comment");
		await act("/admin/decisions", { do: "published:2" });
		const pinned = await act("/admin/comments/2/pin", { pinned: "yes", back: "/admin/comments/2" });
		expect(await page()).toMatch(/Pinned comment[\s\S]*remarkable[\s\S]*<ol class="thread">/);
		await undoOn(pinned);
		expect(await page()).not.toContain("Pinned comment");
		await act("/admin/comments/2/pin", { pinned: "yes" });
		await act("/admin/decisions", { do: "spam:2" });
		expect(await page()).not.toContain("remarkable");
	});

	it("closes its thread to readers, not to the author, until it is reopened", async () => {
		await write();
		await act("/admin/decisions", { do: "published:1" });
		const closed = await act("/admin/threads", { post, closed: "yes", back: "/admin/comments/1" });
		expect((await write({ text: "too late" })).status).toBe(403);
		await act("/admin/comments/1/reply", { key: crypto.randomUUID(), text: "The last word" }, owner);
		expect(await page()).toContain("The last word");
		await undoOn(closed);
		expect((await write({ text: "in time" })).status).toBe(303);
	});

	it("is not found when it does not exist", async () => {
		for (const address of ["/admin/comments/99", "/admin/commenters/nobody"]) {
			expect((await blog.get(address, moderator)).status, address).toBe(404);
		}
		for (const address of ["/admin/comments/99/text", "/admin/comments/99/reply", "/admin/comments/99/pin"]) {
			expect((await act(address, { text: "x", name: "y" })).status, address).toBe(404);
		}
		expect((await act("/admin/threads", { post: "no-such-post", closed: "yes" })).status).toBe(404);
		const nothing = await act("/admin/decisions", { do: "published:99" });
		expect(landing(nothing)).toBe("/admin/comments?done=nothing");
	});
});

describe("the audit log", () => {
	it("shows who did what, when and why, with undo", async () => {
		await write();
		await act("/admin/decisions", { do: "spam:1", reason: "sells shoes" });
		await act("/admin/threads", { post, closed: "yes" }, owner);
		const html = await adminPage("/admin/log");
		expect(html).toMatch(
			/Closed comments on Hello[\s\S]*Mika[\s\S]*Comment 1: Waiting → Spam[\s\S]*Tom[\s\S]*sells shoes/,
		);
		await act("/admin/undo", {
			operation: [...html.matchAll(/name="operation" value="([^"]+)"/g)][1]?.[1] ?? "",
			back: "/admin/log",
		});
		expect(await stateOf(1)).toBe("held");
		expect(await adminPage("/admin/log")).toContain("undone");
	});
});

describe("commenters", () => {
	it("are listed with all their comments, and blocked by cookie or network", async () => {
		const first = await write({}, { "CF-Connecting-IP": "192.0.2.7" });
		await write({ text: "second" }, { Cookie: cookieOf(first), "CF-Connecting-IP": "192.0.2.7" });
		const list = await adminPage("/admin/commenters");
		const commenter = /href="(\/admin\/commenters\/[\w-]+)"/.exec(list)?.[1] ?? "";
		const html = await adminPage(commenter);
		expect(html).toContain("よい記事でした");
		expect(html).toContain("second");
		await act(`${commenter}/block`, { kind: "network", back: commenter });
		await act("/admin/decisions", { do: "published:1" });
		await write({ text: "neighbour" }, { "CF-Connecting-IP": "192.0.2.7" });
		expect(await adminPage("/admin/comments")).toContain("blocked network");
		const { results } = await blog.db.prepare("SELECT * FROM comments JOIN blocks JOIN audit_log").all();
		expect(JSON.stringify(results)).not.toContain("192.0.2.7");
	});

	const everything = async () => {
		const tables = [
			"comments",
			"reactions",
			"revisions",
			"audit_log",
			"blocks",
			"threads",
			"subscriptions",
			"addresses",
		];
		const rows = await Promise.all(tables.map((table) => blog.db.prepare(`SELECT * FROM ${table}`).all()));
		return JSON.stringify(rows.map(({ results }) => results));
	};
	/** Creates a commenter with a row in every table that can have one. */
	async function wellKnown(): Promise<{ commenter: string; visitor: string }> {
		const fields = { name: "Hanako Yamada", email: "hanako@example.com", website: "https://hanako.example" };
		const first = await write({ ...fields, text: "secret words" }, { "CF-Connecting-IP": "192.0.2.9" });
		const Cookie = cookieOf(first);
		await act("/admin/decisions", { do: "published:1" });
		await write({ name: "Tom", text: "an answer", parent: "1" });
		await act("/admin/decisions", { do: "published:2" });
		await write({ ...fields, text: "to be deleted" }, { Cookie });
		await act("/admin/decisions", { do: "deleted:3" });
		await blog.post("/reactions", { post, kind: "like" }, { Cookie });
		const visitor = await blog.db.prepare("SELECT visitor FROM comments WHERE id = 1").first("visitor");
		await blog.db.batch([
			blog.db.prepare("INSERT INTO addresses (id, email) VALUES (1, 'hanako@example.com')"),
			blog.db
				.prepare(
					"INSERT INTO subscriptions (address_id, post_id, comment_id, visitor, state, requested_at, created_at) VALUES (1, ?, 0, ?, 'active', 1, 1)",
				)
				.bind(post, visitor),
		]);
		await act("/admin/comments/1/text", {
			name: "Hanako Y.",
			website: "https://hanako.example",
			text: "secret words!",
		});
		await act("/admin/decisions", { do: "ban:3" });
		const commenter =
			/href="(\/admin\/commenters\/[\w-]+)"[^>]*><bdi>Hanako/.exec(
				await adminPage("/admin/commenters"),
			)?.[1] ?? "";
		return { commenter, visitor: commenter.split("/").at(-1) ?? "none" };
	}

	it("are anonymized: nothing that identifies them is left anywhere, the text and the thread stay", async () => {
		const { commenter, visitor } = await wellKnown();
		expect((await act(`${commenter}/anonymity`, { sure: "yes" }, moderator)).status).toBe(403);
		expect((await act(`${commenter}/anonymity`, {}, owner)).status).toBe(422);
		expect((await act(`${commenter}/anonymity`, { sure: "yes" }, owner)).status).toBe(303);
		const left = await everything();
		for (const trace of [visitor, "Hanako", "hanako"]) expect(left, trace).not.toContain(trace);
		const traced = "SELECT count(*) AS n FROM comments WHERE id IN (1, 3) AND network IS NOT NULL";
		expect(await blog.db.prepare(traced).first("n")).toBe(0);
		const html = await page();
		expect(html).toMatch(/Anonymous[\s\S]*secret words[\s\S]*an answer/);
		expect(await adminPage("/admin/log")).toContain("Anonymized a commenter");
		expect((await blog.get(commenter, owner)).status).toBe(404);
	});

	it("are erased: their text goes too, and a placeholder stays where others replied", async () => {
		const { commenter, visitor } = await wellKnown();
		expect((await act(`${commenter}/erasure`, { sure: "yes" }, owner)).status).toBe(303);
		const left = await everything();
		for (const trace of [visitor, "Hanako", "hanako", "secret words", "to be deleted"]) {
			expect(left, trace).not.toContain(trace);
		}
		const html = await page();
		expect(html).toContain("This comment was deleted.");
		expect(html).toContain("an answer");
		expect(await adminPage("/admin/log")).toContain("Erased a commenter");
	});
});

describe("the settings page", () => {
	const saveSettings = async (fields: Record<string, string>, who = owner) => {
		const [, version = ""] = /name="version" value="(\d+)"/.exec(await adminPage("/admin/settings")) ?? [];
		const typed = { policy: "none", blockedWords: "", links: "", do: "save", version };
		return act("/admin/settings", { ...typed, ...fields }, who);
	};

	it("changes which comments are held, and undoes it", async () => {
		const done = await saveSettings({ policy: "none" });
		await write();
		expect(await stateOf(1)).toBe("published");
		await undoOn(done, owner);
		await write({ text: "after that" });
		expect(await stateOf(2)).toBe("held");
	});

	it("holds blocked words in whatever width and kana they are typed, and says which", async () => {
		await saveSettings({ blockedWords: "カジノ\n  Viagra \n\n" });
		const hidden = ["ｶｼﾞﾉで勝つ", "かじの", "カ ジ ノ", "カ\u200Bジノ", "ＶＩＡＧＲＡ", "via\u00ADgra"];
		for (const [at, text] of hidden.entries()) {
			await write({ text });
			expect([text, await stateOf(at + 1)]).toEqual([text, "held"]);
		}
		await write({ text: "via grand canal" });
		expect(await stateOf(7)).toBe("published");
		expect(await adminPage("/admin/comments")).toContain("blocked word “カジノ”");
	});

	it("holds too many links", async () => {
		await saveSettings({ links: "２" });
		await write({ text: "https://a.example https://b.example" });
		await write({ text: "https://a.example https://b.example http://c.example" });
		expect([await stateOf(1), await stateOf(2)]).toEqual(["published", "held"]);
		expect(await adminPage("/admin/comments")).toContain("3 links");
	});

	it("tests settings on existing comments without saving them", async () => {
		await saveSettings({});
		for (const text of ["cheap shoes", "honest words"]) await write({ text });
		const tried = await saveSettings({ blockedWords: "shoes", do: "try" }, moderator);
		const html = await tried.text();
		expect(html).toContain("1 of the last 2 comments would change:");
		expect(html).toContain("Published → Waiting");
		expect(html).not.toContain("honest words");
		expect(html).toMatch(/<textarea id="blocked-words"[^>]*>\s*shoes<\/textarea>/);
		expect(await adminPage("/admin/settings")).not.toMatch(/<textarea id="blocked-words"[^>]*>\s*shoes/);
		expect((await saveSettings({ blockedWords: "shoes" }, moderator)).status).toBe(403);
	});

	it("tests them on a thousand comments, fifty at a time", async () => {
		await blog.db.exec(
			`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) INSERT INTO comments (id, post_id, path, state, name, visitor, source, html, fingerprint, created_at) SELECT i, '${post}', printf('%08x', i), 'published', 'n', 'v' || i, 'word' || (i / 100), '<p>t</p>', i, i FROM n`,
		);
		await saveSettings({});
		const totals: string[] = [];
		for (let fields: Record<string, string> = {}; ; ) {
			const html = await (await saveSettings({ blockedWords: "word11", do: "try", ...fields })).text();
			totals.push(html.match(/\d+ of the last \d+/)?.[0] ?? "");
			const hidden = [...html.matchAll(/name="(after|total|changed)" value="(\d+)"/g)];
			if (hidden.length === 0) break;
			fields = Object.fromEntries(hidden.map(([, name = "", value = ""]) => [name, value]));
		}
		expect(totals.length).toBe(20);
		expect(totals[0]).toBe("49 of the last 50");
		expect(totals.at(-1)).toBe("100 of the last 1000");
	});

	it("returns invalid settings with their errors", async () => {
		const refused = await saveSettings({ blockedWords: "x", links: "many" });
		const html = await refused.text();
		expect(refused.status).toBe(422);
		expect(html).toContain("at least two characters");
		expect(html).toContain("a number from 0 to 100");
		expect(html).toContain('value="many"');
	});

	it("blocks an e-mail address by hand and unblocks it", async () => {
		await saveSettings({});
		expect((await act("/admin/blocks", { email: "nobody" })).status).toBe(422);
		await act("/admin/blocks", { email: "Eve@example.com" });
		await write({ email: "eve@example.com" });
		expect(await stateOf(1)).toBe("spam");
		await act("/admin/blocks/removal", { kind: "email", value: "eve@example.com" });
		await write({ email: "eve@example.com", text: "again" });
		expect(await stateOf(2)).toBe("published");
	});
});
