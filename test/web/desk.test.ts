import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../support/blog.ts";
import { signedIn, testStart } from "../support/desk.ts";

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
	await blog.db.exec(
		"DELETE FROM comments; DELETE FROM threads; DELETE FROM reactions; DELETE FROM decisions; DELETE FROM blocks; DELETE FROM settings; DELETE FROM revisions;",
	);
});

const write = async (fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
	blog.post("/comments", { post, name: "花子", text: "よい記事でした", ...fields }, headers);
const cookieOf = (response: Response) => response.headers.get("Set-Cookie")?.split(";")[0] ?? "";
const desk = async (address: string, who = moderator) => (await blog.get(address, who)).text();
const act = (address: string, fields: Record<string, string>, who = moderator) =>
	blog.post(address, fields, who);
const page = async () => (await blog.get(path)).text();
const stateOf = async (id: number) =>
	(await blog.db.prepare("SELECT state FROM comments WHERE id = ?").bind(id).first<{ state: string }>())
		?.state;
const landing = (response: Response) => response.headers.get("Location") ?? "";
const actIn = (html: string) => /name="act" value="([0-9a-f-]{36})"/.exec(html)?.[1] ?? "";

/** Undoes what the page after a decision offers to. */
async function undoOn(response: Response, who = moderator): Promise<Response> {
	return act("/admin/undo", { act: actIn(await desk(landing(response), who)), back: "/admin" }, who);
}

describe("the queue", () => {
	it("shows what waits with everything a decision needs", async () => {
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
		const html = await desk("/admin");
		expect(html).toContain("1 comment waits");
		expect(html).toContain("<strong>held</strong>");
		expect(html).toContain("in reply to 花子");
		expect(html).toContain("first words");
		expect(html).toContain("ann@example.com · https://ann.example");
		expect(html).toContain("a first comment from this person");
		expect(html).toContain("This person: 0 published, 1 waiting, 0 spam");
		expect(html).toContain(`<a href="${path}#comments" lang="en">Hello</a>`);
		expect(html).not.toContain("same person");
	});

	it("publishes, marks as spam and deletes, each taken back by undo", async () => {
		await write();
		for (const [verb, state] of [
			["published", "published"],
			["spam", "spam"],
			["deleted", "deleted"],
		]) {
			const done = await act("/admin/decisions", { do: `${verb}:1`, back: "/admin?state=any" });
			expect(landing(done)).toMatch(/^\/admin\?state=any&done=[0-9a-f-]{36}$/);
			expect(await stateOf(1)).toBe(state);
			expect((await page()).includes("よい記事でした")).toBe(state === "published");
			const undone = await undoOn(done);
			expect(landing(undone)).toBe("/admin?done=undone");
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
		expect(await desk(landing(done))).toContain("2 comments are now: Published.");
		await undoOn(done);
		expect([await stateOf(1), await stateOf(3)]).toEqual(["held", "held"]);
	});

	it("approves no words that nobody read, alone or among many, and says which to read again", async () => {
		const posted = await write({ text: "harmless" });
		for (const text of ["two", "three"]) await write({ text });
		const seen = [...(await desk("/admin")).matchAll(/name="seen" value="([^"]*)"/g)].map(
			([, at = ""]) => at,
		);
		expect(seen).toEqual(["1:", "2:", "3:"]);
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
		const told = await desk(landing(many));
		expect(told).toContain("2 comments are now: Published.");
		expect(told).toMatch(/It has been changed since[^<]*Read it again\. <a href="\/admin\/comments\/1">/);
		expect(told).toContain("harmful");

		const alone = await desk(landing(await decide(["do", "published:1"])));
		expect(await stateOf(1)).toBe("held");
		expect(alone).toContain("It has been changed since");
		expect(alone).not.toContain("Nothing changed");
		const [again = ""] = /(?<=name="seen" value=")1:\d+/.exec(alone) ?? [];
		await act("/admin/decisions", { do: "published:1", seen: again });
		expect(await stateOf(1)).toBe("published");
	});

	it("hides what was changed since without a second look, and restores it by undo", async () => {
		const posted = await write({ text: "harmless" });
		await blog.post("/comments/1/revisions", { text: "harmful" }, { Cookie: cookieOf(posted) });
		const done = await act("/admin/decisions", { do: "spam:1", seen: "1:" });
		expect(await stateOf(1)).toBe("spam");
		await undoOn(done);
		expect(await stateOf(1)).toBe("held");
	});

	it("brings nothing back by undo that was written meanwhile", async () => {
		const posted = await write({ text: "harmless" });
		await act("/admin/decisions", { do: "published:1", seen: "1:" });
		const done = await act("/admin/decisions", { do: "spam:1", seen: "1:" });
		blog.setClock(blog.now + 60_000);
		await blog.post("/comments/1/revisions", { text: "read by nobody" }, { Cookie: cookieOf(posted) });
		await undoOn(done);
		expect(await stateOf(1)).toBe("spam");
	});

	it("undoes only what still stands as it was left", async () => {
		await write();
		const approved = await act("/admin/decisions", { do: "published:1" });
		await act("/admin/decisions", { do: "spam:1" }, owner);
		await undoOn(approved);
		expect(await stateOf(1)).toBe("spam");
		const again = await act("/admin/undo", {
			act: landing(approved).split("done=")[1] ?? "",
			back: "/admin",
		});
		expect([again.status, await again.text()]).toEqual([400, expect.stringContaining("could not be undone")]);
	});

	it("bans a person: their comment is spam and so is what they write next, until it is undone", async () => {
		const first = await write({ email: "eve@example.com" });
		for (const page of ["/admin", "/admin/comments/1"]) expect(await desk(page)).toContain('value="ban:1"');
		const banned = await act("/admin/decisions", { do: "ban:1" });
		const told = await desk(landing(banned));
		expect(told).toMatch(/1 comment is now: Spam\. Blocked: 花子, eve@example\.com/);
		await write({ text: "again" }, { Cookie: cookieOf(first) });
		await write({ text: "new cookie, same address", email: "Eve@Example.com" });
		expect([await stateOf(1), await stateOf(2), await stateOf(3)]).toEqual(["spam", "spam", "spam"]);
		expect(await desk("/admin/rules")).toContain("eve@example.com");
		await undoOn(banned);
		expect(await stateOf(1)).toBe("held");
		await write({ text: "third" }, { Cookie: cookieOf(first) });
		expect(await stateOf(4)).toBe("held");
	});

	it("bans a page of people at once and takes that back as one", async () => {
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

	it("finds by state, post, person, date and words, in Japanese and in either width", async () => {
		await write({ text: `${"長い文章。".repeat(20)}ｶﾀｶﾅの雲` });
		await write({ post: "2024-05-02-こんばんは", text: "Another CLOUD" });
		blog.setClock("2026-01-05T15:30:00Z");
		await write({ text: "later" });
		const found = async (query: string) =>
			[...(await desk(`/admin?state=any&${query}`)).matchAll(/data-comment="(\d+)"/g)].map(([, id]) =>
				Number(id),
			);
		expect(await found("")).toEqual([3, 2, 1]);
		expect(await found("q=雲")).toEqual([1]);
		expect(await found("q=カタカナ")).toEqual([]);
		expect(await found("q=ｶﾀｶﾅ")).toEqual([1]);
		expect(await found("q=cloud another")).toEqual([2]);
		expect(await found(`q=${encodeURIComponent("長い文章。".repeat(20))}`)).toEqual([1]);
		expect(await found("q=%25")).toEqual([]);
		expect(await found(`post=${encodeURIComponent("2024-05-02-こんばんは")}`)).toEqual([2]);
		expect(await found("from=2026-01-06")).toEqual([3]);
		expect(await found("to=2026-01-05")).toEqual([2, 1]);
		expect(await found("from=nonsense")).toEqual([3, 2, 1]);
		const person = /\/admin\/people\/([\w-]+)/.exec(await desk("/admin?state=any&q=later"))?.[1] ?? "";
		expect(await found(`person=${person}`)).toEqual([3]);
	});

	it("goes on page by page in the order it is worked", async () => {
		await blog.db.exec(
			`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 65) INSERT INTO comments (id, post_id, path, state, name, visitor, source, html, fingerprint, created_at) SELECT i, '${post}', printf('%08x', i), 'held', 'n', 'v' || i, 't', '<p>t</p>', i, i FROM n`,
		);
		const ids: number[] = [];
		for (let address: string | undefined = "/admin"; address !== undefined; ) {
			const html = await desk(address);
			ids.push(...[...html.matchAll(/data-comment="(\d+)"/g)].map(([, id]) => Number(id)));
			address = /<a href="([^"]*)" rel="next"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
		}
		expect(ids).toEqual(Array.from({ length: 65 }, (_, i) => i + 1));
	});

	it("shows what people typed as text, wherever they typed it", async () => {
		const evil = `<img src=x onerror=alert(1)>"'</textarea><script>alert(2)</script>`;
		await write({ name: evil.slice(0, 80), text: evil });
		await act("/admin/decisions", { do: "spam:1", reason: evil });
		for (const address of ["/admin?state=any", "/admin/comments/1", "/admin/log", "/admin/people"]) {
			const html = await desk(address);
			expect(html, address).not.toMatch(/<img src=x|<script>alert/);
		}
	});

	it("speaks the language of whoever moderates", async () => {
		const html = await (await blog.get("/admin", { ...moderator, "Accept-Language": "ja,en;q=0.5" })).text();
		expect(html).toContain('<html lang="ja">');
		expect(html).toContain("待っているコメントはありません");
	});
});

describe("one comment", () => {
	it("is changed with its history kept, and the change undone", async () => {
		await write({ text: "before" });
		await act("/admin/decisions", { do: "published:1" });
		const edited = await act("/admin/comments/1/text", { name: "花子", website: "", text: "after **that**" });
		expect(await page()).toContain("after <strong>that</strong>");
		const html = await desk(landing(edited));
		expect(html).toContain("The comment was changed.");
		expect(html).toMatch(/Earlier versions[\s\S]*before/);
		await undoOn(edited);
		expect(await page()).toContain("<p>before</p>");
	});

	it("gives refused words back", async () => {
		await write();
		const refused = await act("/admin/comments/1/text", {
			name: " ",
			website: "nowhere",
			text: "kept words",
		});
		const html = await refused.text();
		expect(refused.status).toBe(422);
		expect(html).toContain("Write a name of at most 80 characters.");
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
		expect(html).toMatch(/<bdi>Mika<\/bdi><\/span>\s*<small class="by-author">Author<\/small>/);
		await write({ name: "Mika", text: "I am the author too", parent: "1" });
		await act("/admin/decisions", { do: "published:3" });
		expect((await page()).match(/class="by-author"/g)?.length).toBe(1);
	});

	it("is not approved by a reply to what it no longer says", async () => {
		const posted = await write({ text: "a question" });
		const seen = /name="seen" value="([^"]*)"/.exec(await desk("/admin/comments/1"))?.[1] ?? "";
		await blog.post("/comments/1/revisions", { text: "an insult" }, { Cookie: cookieOf(posted) });
		const key = crypto.randomUUID();
		const refused = await act("/admin/comments/1/reply", { key, text: "Well said", seen });
		const html = await refused.text();
		expect([refused.status, await stateOf(1)]).toEqual([409, "held"]);
		expect(html).toContain("It has been changed since");
		expect(html).toMatch(/an insult[\s\S]*Well said<\/textarea>/);
		const again = /name="seen" value="([^"]*)"/.exec(html)?.[1] ?? "";
		await act("/admin/comments/1/reply", { key, text: "Well said", seen: again });
		expect(await page()).toMatch(/an insult[\s\S]*Well said/);
	});

	it("is pinned above the thread and let go, and cannot be pinned unseen", async () => {
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

	it("closes its thread to readers, not to the author, until it is opened", async () => {
		await write();
		await act("/admin/decisions", { do: "published:1" });
		const closed = await act("/admin/threads", { post, closed: "yes", back: "/admin/comments/1" });
		expect((await write({ text: "too late" })).status).toBe(403);
		await act("/admin/comments/1/reply", { key: crypto.randomUUID(), text: "The last word" }, owner);
		expect(await page()).toContain("The last word");
		await undoOn(closed);
		expect((await write({ text: "in time" })).status).toBe(303);
	});

	it("that nobody wrote is not there", async () => {
		for (const address of ["/admin/comments/99", "/admin/people/nobody"]) {
			expect((await blog.get(address, moderator)).status, address).toBe(404);
		}
		for (const address of ["/admin/comments/99/text", "/admin/comments/99/reply", "/admin/comments/99/pin"]) {
			expect((await act(address, { text: "x", name: "y" })).status, address).toBe(404);
		}
		expect((await act("/admin/threads", { post: "no-such-post", closed: "yes" })).status).toBe(404);
		const nothing = await act("/admin/decisions", { do: "published:99" });
		expect(landing(nothing)).toBe("/admin?done=nothing");
	});
});

describe("the log", () => {
	it("says who did what, when and why, and takes it back", async () => {
		await write();
		await act("/admin/decisions", { do: "spam:1", reason: "sells shoes" });
		await act("/admin/threads", { post, closed: "yes" }, owner);
		const html = await desk("/admin/log");
		expect(html).toMatch(
			/Closed the thread of Hello[\s\S]*Mika[\s\S]*Comment 1: Waiting → Spam[\s\S]*Tom[\s\S]*sells shoes/,
		);
		await act("/admin/undo", {
			act: [...html.matchAll(/name="act" value="([^"]+)"/g)][1]?.[1] ?? "",
			back: "/admin/log",
		});
		expect(await stateOf(1)).toBe("held");
		expect(await desk("/admin/log")).toContain("undone");
	});
});

describe("people", () => {
	it("are listed with all they wrote, and blocked by cookie or network", async () => {
		const first = await write({}, { "CF-Connecting-IP": "192.0.2.7" });
		await write({ text: "second" }, { Cookie: cookieOf(first), "CF-Connecting-IP": "192.0.2.7" });
		const list = await desk("/admin/people");
		const person = /href="(\/admin\/people\/[\w-]+)"/.exec(list)?.[1] ?? "";
		const html = await desk(person);
		expect(html).toContain("よい記事でした");
		expect(html).toContain("second");
		await act(`${person}/block`, { kind: "network", back: person });
		await act("/admin/decisions", { do: "published:1" });
		await write({ text: "neighbour" }, { "CF-Connecting-IP": "192.0.2.7" });
		expect(await desk("/admin")).toContain("a blocked network");
		const { results } = await blog.db.prepare("SELECT * FROM comments JOIN blocks JOIN decisions").all();
		expect(JSON.stringify(results)).not.toContain("192.0.2.7");
	});

	const everything = async () => {
		const tables = [
			"comments",
			"reactions",
			"revisions",
			"decisions",
			"blocks",
			"threads",
			"subscriptions",
			"addresses",
		];
		const rows = await Promise.all(tables.map((table) => blog.db.prepare(`SELECT * FROM ${table}`).all()));
		return JSON.stringify(rows.map(({ results }) => results));
	};
	/** A person of whom every place has something. */
	async function wellKnown(): Promise<{ person: string; visitor: string }> {
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
					"INSERT INTO subscriptions (address_id, post_id, comment_id, visitor, state, asked_at) VALUES (1, ?, 0, ?, 'active', 1)",
				)
				.bind(post, visitor),
		]);
		await act("/admin/comments/1/text", {
			name: "Hanako Y.",
			website: "https://hanako.example",
			text: "secret words!",
		});
		await act("/admin/decisions", { do: "ban:3" });
		const person =
			/href="(\/admin\/people\/[\w-]+)"[^>]*><bdi>Hanako/.exec(await desk("/admin/people"))?.[1] ?? "";
		return { person, visitor: person.split("/").at(-1) ?? "none" };
	}

	it("are made anonymous: nothing that names them is left anywhere, the words and the thread stay", async () => {
		const { person, visitor } = await wellKnown();
		expect((await act(`${person}/anonymity`, { sure: "yes" }, moderator)).status).toBe(403);
		expect((await act(`${person}/anonymity`, {}, owner)).status).toBe(422);
		expect((await act(`${person}/anonymity`, { sure: "yes" }, owner)).status).toBe(303);
		const left = await everything();
		for (const trace of [visitor, "Hanako", "hanako"]) expect(left, trace).not.toContain(trace);
		const traced = "SELECT count(*) AS n FROM comments WHERE id IN (1, 3) AND network IS NOT NULL";
		expect(await blog.db.prepare(traced).first("n")).toBe(0);
		const html = await page();
		expect(html).toMatch(/Anonymous[\s\S]*secret words[\s\S]*an answer/);
		expect(await desk("/admin/log")).toContain("Anonymised a person");
		expect((await blog.get(person, owner)).status).toBe(404);
	});

	it("are erased: their words go too, and a mark stays where others answered", async () => {
		const { person, visitor } = await wellKnown();
		expect((await act(`${person}/erasure`, { sure: "yes" }, owner)).status).toBe(303);
		const left = await everything();
		for (const trace of [visitor, "Hanako", "hanako", "secret words", "to be deleted"]) {
			expect(left, trace).not.toContain(trace);
		}
		const html = await page();
		expect(html).toContain("This comment was deleted.");
		expect(html).toContain("an answer");
		expect(await desk("/admin/log")).toContain("Erased a person");
	});
});

describe("the rules page", () => {
	const rules = (fields: Record<string, string>, who = owner) =>
		act("/admin/rules", { policy: "none", words: "", links: "", do: "save", ...fields }, who);

	it("changes who waits, and undoes it", async () => {
		const done = await rules({ policy: "none" });
		await write();
		expect(await stateOf(1)).toBe("published");
		await undoOn(done, owner);
		await write({ text: "after that" });
		expect(await stateOf(2)).toBe("held");
	});

	it("holds blocked words in whatever width and kana they are typed, and says which", async () => {
		await rules({ words: "カジノ\n  Viagra \n\n" });
		const hidden = ["ｶｼﾞﾉで勝つ", "かじの", "カ ジ ノ", "カ\u200Bジノ", "ＶＩＡＧＲＡ", "via\u00ADgra"];
		for (const [at, text] of hidden.entries()) {
			await write({ text });
			expect([text, await stateOf(at + 1)]).toEqual([text, "held"]);
		}
		await write({ text: "via grand canal" });
		expect(await stateOf(7)).toBe("published");
		expect(await desk("/admin")).toContain("the word “カジノ”");
	});

	it("holds too many links", async () => {
		await rules({ links: "２" });
		await write({ text: "https://a.example https://b.example" });
		await write({ text: "https://a.example https://b.example http://c.example" });
		expect([await stateOf(1), await stateOf(2)]).toEqual(["published", "held"]);
		expect(await desk("/admin")).toContain("3 links");
	});

	it("tries rules on what is here without saving them", async () => {
		await rules({});
		for (const text of ["cheap shoes", "honest words"]) await write({ text });
		const tried = await rules({ words: "shoes", do: "try" }, moderator);
		const html = await tried.text();
		expect(html).toContain("Of the last 2 comments, 1 would be decided differently:");
		expect(html).toContain("Published, would be Waiting");
		expect(html).not.toContain("honest words");
		expect(html).toMatch(/<textarea id="words"[^>]*>\s*shoes<\/textarea>/);
		expect(await desk("/admin/rules")).not.toMatch(/<textarea id="words"[^>]*>\s*shoes/);
		expect((await rules({ words: "shoes" }, moderator)).status).toBe(403);
	});

	it("tries them on a thousand", async () => {
		await blog.db.exec(
			`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) INSERT INTO comments (id, post_id, path, state, name, visitor, source, html, fingerprint, created_at) SELECT i, '${post}', printf('%08x', i), 'published', 'n', 'v' || i, 'word' || i, '<p>t</p>', i, i FROM n`,
		);
		await rules({});
		const html = await (await rules({ words: "word11", do: "try" })).text();
		expect(html).toContain("Of the last 1000 comments, 100 would be decided differently:");
	});

	it("gives wrong settings back with what is wrong", async () => {
		const refused = await rules({ words: "x", links: "many" });
		const html = await refused.text();
		expect(refused.status).toBe(422);
		expect(html).toContain("at least two characters");
		expect(html).toContain("a number from 0 to 100");
		expect(html).toContain('value="many"');
	});

	it("blocks an address by hand and lifts it again", async () => {
		await rules({});
		expect((await act("/admin/blocks", { email: "nobody" })).status).toBe(422);
		await act("/admin/blocks", { email: "Eve@example.com" });
		await write({ email: "eve@example.com" });
		expect(await stateOf(1)).toBe("spam");
		await act("/admin/blocks/removal", { kind: "email", value: "eve@example.com" });
		await write({ email: "eve@example.com", text: "again" });
		expect(await stateOf(2)).toBe("published");
	});
});
