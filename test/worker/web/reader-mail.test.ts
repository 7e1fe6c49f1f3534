import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";
import { eventually } from "../../support/eventually.ts";
import type { SentMail } from "../../support/mail.ts";
import { visibleMail, type World, world } from "../../support/outside.ts";

const post = "2024-05-01-hello";
const japanese = "2024-05-02-こんばんは";
const minute = 60_000;
const start = Date.parse("2026-01-01T00:00:00Z");
let blog: Blog;
let net: World;

const site = "title: Cats\nurl: https://cats.example\nnotifications:\n  from: blog@cats.example\n";

beforeEach(async () => {
	net = world();
	blog = await startBlog({
		files: { "site.yaml": site },
		mail: net.receiveMail,
	});
});
afterEach(() => blog.stop());

const mails = () => net.mails.map(visibleMail);
const mailed = (times: number) => eventually(() => expect(mails()).toHaveLength(times));
const settled = () =>
	eventually(async () =>
		expect((await blog.db.prepare("SELECT * FROM outbox WHERE lease IS NOT NULL").all()).results).toEqual([]),
	);
const linkIn = ({ text }: SentMail, end: string) =>
	text.match(new RegExp(`https://cats.example(/subscriptions/[\\w.-]+/${end})`))?.[1] ?? "no link";
const cookieOf = (response: Response) => response.headers.get("Set-Cookie")?.split(";")[0] ?? "";
const comment = (text: string, fields: Record<string, string> = {}, cookie = "") =>
	blog.post("/comments", { post, name: "Ann", text, ...fields }, cookie === "" ? {} : { Cookie: cookie });
const wanting = { email: "Ann@Mail.example", notify: "1" };
const count = async (table: string) =>
	(await blog.db.prepare(`SELECT count(*) AS n FROM ${table}`).first<{ n: number }>())?.n;
/** Subscribes and confirms. */
const follow = async (email: string, fields: Record<string, string> = {}) => {
	const before = mails().length;
	await blog.post("/subscriptions", { post, email, ...fields });
	await mailed(before + 1);
	await settled();
	await blog.post(linkIn(mails()[before] as SentMail, "confirmation"), {});
};

describe("a subscription", () => {
	it("is confirmed, sends mails, and ends with one click in the mail program", async () => {
		const posted = await comment("first", wanting);
		expect(posted.status).toBe(303);
		const landing = await blog.get(posted.headers.get("Location")?.split("#")[0] ?? "");
		const landed = await landing.text();
		expect(landed).toContain("an e-mail is on its way asking you to confirm");
		expect(landed).toContain("The same e-mail contains this link");
		await mailed(1);
		const [asking] = mails() as [SentMail];
		expect(asking.to).toEqual(["ann@mail.example"]);
		expect(asking.text).toContain("asked for replies to be sent to this address");
		await comment("too early to be told", { parent: "1", name: "Bob" });

		const confirm = linkIn(asking, "confirmation");
		const opened = await blog.get(confirm);
		expect(opened.status).toBe(200);
		expect(opened.headers.get("Cache-Control")).toBe("private, no-store");
		await blog.cron();
		expect(mails()).toHaveLength(1);
		expect((await blog.post(confirm, {})).status).toBe(200);
		expect((await blog.post(confirm, {})).status).toBe(200);

		await comment("a <b>reply</b> https://evil.example/", { parent: "1", name: "Bob" });
		await comment("not a reply", { name: "Cid" });
		await mailed(2);
		const told = mails()[1] as SentMail;
		expect(told.to).toEqual(["ann@mail.example"]);
		expect(told.subject).toBe("Bob replied to Ann on “Hello”");
		expect(told.html).toContain("a &lt;b&gt;reply&lt;/b&gt;");
		expect(JSON.stringify(net.mails[1])).not.toContain("https://evil");
		const end = linkIn(told, "end");
		expect(told.headers.get("List-Unsubscribe")).toBe(`<https://cats.example${end}>`);
		expect(told.headers.get("List-Unsubscribe-Post")).toBe("List-Unsubscribe=One-Click");

		expect(await (await blog.get(end)).text()).toContain("Unsubscribe?");
		expect(await count("subscriptions")).toBe(1);
		const oneClick = await fetch(blog.origin + end, {
			method: "POST",
			body: "List-Unsubscribe=One-Click",
			headers: { "Content-Type": "application/x-www-form-urlencoded" },
		});
		expect(oneClick.status).toBe(200);
		expect(await count("subscriptions")).toBe(0);
		expect(await count("addresses")).toBe(0);
		await comment("another reply", { parent: "1", name: "Bob" });
		await settled();
		blog.setClock(start + 60 * minute);
		await blog.cron();
		expect(mails()).toHaveLength(2);
	});

	it("uses the language of the post", async () => {
		await blog.post("/subscriptions", { post: japanese, email: "ann@mail.example" });
		await mailed(1);
		const [asking] = mails() as [SentMail];
		expect(asking.subject).toBe("「こんばんは」の購読の確認");
		expect(await (await blog.get(linkIn(asking, "confirmation"))).text()).toContain("メールで購読しますか？");
	});
});

describe("a subscription to a thread", () => {
	it("mails every comment and reply once, but not the subscriber's own", async () => {
		await comment("root", { name: "Root" });
		await follow("ann@mail.example");
		await follow("ann@mail.example", { comment: "1" });
		await follow("bob@mail.example", { comment: "1" });
		await comment("reply", { parent: "1", name: "Cid", email: "BOB@mail.example" });
		await mailed(5);
		await settled();
		await blog.cron();
		expect(
			mails()
				.slice(3)
				.map(({ to, subject }) => [to[0], subject]),
		).toEqual([
			["bob@mail.example", "Your comment on “Hello”"],
			["ann@mail.example", "Cid replied to Root on “Hello”"],
		]);
	});

	it("mails a held comment once, after it is published", async () => {
		await follow("ann@mail.example");
		await comment("held");
		await mailed(2);
		await blog.db.exec("UPDATE comments SET state = 'held' WHERE id = 1");
		await blog.db.exec("UPDATE comments SET state = 'published' WHERE id = 1");
		blog.setClock(start + 60 * minute);
		await blog.cron();
		expect(mails()).toHaveLength(2);
	});

	it("collects a busy hour in one digest", async () => {
		await follow("ann@mail.example");
		await comment("one");
		await mailed(2);
		await settled();
		for (const text of ["two", "three", "four"]) await comment(text);
		await settled();
		expect(mails()).toHaveLength(2);
		blog.setClock(start + 30 * minute);
		await blog.cron();
		expect(mails()).toHaveLength(3);
		expect(mails()[2]?.subject).toBe("3 new comments on Cats");
		for (const text of ["two", "three", "four"]) expect(mails()[2]?.text).toContain(`> ${text}`);
	});

	it("sends nothing after unsubscribing while a digest is pending", async () => {
		await follow("ann@mail.example");
		await comment("one");
		await mailed(2);
		await settled();
		await comment("two");
		await blog.post(linkIn(mails()[1] as SentMail, "end"), { all: "1" });
		blog.setClock(start + 30 * minute);
		await blog.cron();
		expect(mails()).toHaveLength(2);
	});
});

describe("a subscription request", () => {
	const ask = (email: string, headers: Record<string, string> = {}) =>
		blog.post("/subscriptions", { post, email }, headers);

	it("gets the same response for every address", async () => {
		await follow("ann@mail.example");
		const answers = [await ask("ann@mail.example"), await ask("new@mail.example")];
		expect(answers.map(({ status }) => status)).toEqual([303, 303]);
		expect(new Set(answers.map(({ headers }) => headers.get("Location"))).size).toBe(1);
		const page = await blog.get(answers[0]?.headers.get("Location") ?? "");
		expect(await page.text()).not.toContain("mail.example");
		// Otherwise its mail could arrive during the next test.
		await settled();
	});

	it("mails a repeated request once in ten minutes, and one address three times a day", async () => {
		for (let i = 0; i < 5; i++) {
			blog.setClock(start + i * 1001);
			await ask("ann@mail.example");
			await settled();
		}
		await blog.cron();
		expect(mails()).toHaveLength(1);
		for (let hour = 1; hour < 6; hour++) {
			blog.setClock(start + hour * 60 * minute);
			await ask("ann@mail.example");
			await settled();
			await blog.cron();
		}
		expect(mails()).toHaveLength(3);
	});

	it("is rejected from another site, and returned with an invalid address", async () => {
		const foreign = await ask("ann@mail.example", { "Sec-Fetch-Site": "cross-site" });
		expect(foreign.status).toBe(403);
		expect(await foreign.text()).toContain('value="ann@mail.example"');
		const wrong = await ask("ann at mail");
		expect(wrong.status).toBe(422);
		expect(await wrong.text()).toContain('value="ann at mail"');
		expect(await count("addresses")).toBe(0);
	});

	it("needs no second confirmation from a visitor who gave one for this address", async () => {
		const first = await comment("first", wanting);
		await mailed(1);
		await blog.post(linkIn(mails()[0] as SentMail, "confirmation"), {}, { Cookie: cookieOf(first) });
		await comment("second", wanting, cookieOf(first));
		await mailed(2);
		expect(mails()[1]?.text).not.toContain("/confirmation");
		await comment("reply", { parent: "2", name: "Bob" });
		await mailed(3);
		expect(mails()[2]?.subject).toBe("Bob replied to Ann on “Hello”");
		await settled();
		await comment("someone else", { ...wanting, name: "Mallory" });
		await mailed(4);
		expect(linkIn(mails()[3] as SentMail, "confirmation")).toContain("/subscriptions/");
	});

	it("trusts the browser that confirmed, not the one that requested another visitor's address last", async () => {
		const asked = await comment("first", wanting);
		await mailed(1);
		const follow = (cookie: string) =>
			blog.post("/subscriptions", { post, comment: "1", email: "ann@mail.example" }, { Cookie: cookie });
		const mallory = cookieOf(await comment("hers", { name: "Mallory" }));
		await follow(mallory);
		await blog.post(linkIn(mails()[0] as SentMail, "confirmation"), {}, { Cookie: cookieOf(asked) });
		await blog.post("/subscriptions", { post, email: "ann@mail.example" }, { Cookie: mallory });
		const states = "SELECT state FROM subscriptions ORDER BY id";
		expect((await blog.db.prepare(states).all()).results).toEqual([
			{ state: "active" },
			{ state: "pending" },
		]);
	});

	it("requires an address if the box is ticked, and keeps the text", async () => {
		const refused = await comment("my words", { notify: "1" });
		expect(refused.status).toBe(422);
		const page = await refused.text();
		expect(page).toContain("my words");
		expect(page).toContain("Enter your e-mail address to be notified of replies");
		expect(page).toMatch(/name="notify" value="1" checked/);
	});

	it("is deleted after a week without confirmation", async () => {
		await ask("ann@mail.example");
		await mailed(1);
		blog.setClock(start + 8 * 24 * 60 * minute);
		await blog.cron();
		expect(await count("addresses")).toBe(0);
		expect((await blog.post(linkIn(mails()[0] as SentMail, "confirmation"), {})).status).toBe(410);
	});
});

describe("a link", () => {
	it("does nothing when forged, expired, or for another purpose", async () => {
		await follow("ann@mail.example");
		await comment("one");
		await mailed(2);
		const [asking, told] = mails() as [SentMail, SentMail];
		const confirm = linkIn(asking, "confirmation");
		const end = linkIn(told, "end");
		const [endToken = ""] = end.match(/[\w-]+\.[\w-]+\.[\w-]+/) ?? [];
		for (const path of [
			confirm.replace("/confirmation", "/end"),
			end.replace("/end", "/confirmation"),
			end.replace(endToken, `${endToken.slice(0, -2)}xx`),
			"/subscriptions/nonsense/end",
		]) {
			expect((await blog.get(path)).status).toBe(410);
			expect((await blog.post(path, {})).status).toBe(410);
		}
		blog.setClock(start + 3 * 24 * 60 * minute);
		expect((await blog.post(confirm, {})).status).toBe(410);
		expect((await blog.post(end, {})).status).toBe(200);
	});
});

describe("/me", () => {
	it("exports subscriptions, and deletes them with the rest", async () => {
		const posted = await comment("first", wanting);
		await mailed(1);
		const headers = { Cookie: cookieOf(posted) };
		const held = await (await blog.get("/me/export", headers)).json();
		expect(held).toMatchObject({
			subscriptions: [{ postId: post, commentId: 1, email: "ann@mail.example", confirmedAt: null }],
		});
		const follows = "1 e-mail subscription";
		expect(await (await blog.get("/me", headers)).text()).not.toContain(follows);
		await blog.post(linkIn(mails()[0] as SentMail, "confirmation"), {}, headers);
		expect(await (await blog.get("/me", headers)).text()).toContain(follows);
		await blog.post("/me/anonymization", {}, headers);
		expect(await count("addresses")).toBe(0);
	});
});

describe("a blog that cannot send mail", () => {
	it("offers none, and accepts comments", async () => {
		await blog.stop();
		blog = await startBlog({ files: { "site.yaml": site } });
		const page = await (await blog.get("/2024/05/01/hello/")).text();
		expect(page).not.toContain('name="notify"');
		expect(page).not.toContain("/subscriptions");
		expect((await comment("hello", wanting)).status).toBe(303);
		expect(await count("addresses")).toBe(0);
		expect((await blog.post("/subscriptions", { post, email: "ann@mail.example" })).status).toBe(503);
	});
});
