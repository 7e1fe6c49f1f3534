import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";
import { linkIn, mailsTo, type Person, personOn } from "../../support/person.ts";

const post = "2024-05-01-hello";
const ann = "ann@mail.example";
let blog: Blog;

beforeAll(async () => {
	blog = await startBlog({
		files: { "site.yaml": "title: Cats\nurl: https://cats.example\ncomments: { blocked_words: [casino] }\n" },
		env: { DEVELOPMENT: "1" },
	});
});
afterAll(() => blog.stop());
beforeEach(async () => {
	blog.setClock(blog.now + 20 * 60_000);
	await emptyTables(
		blog.db,
		"comments",
		"threads",
		"outbox",
		"local_mails",
		"subscriptions",
		"comment_events",
		"used_tokens",
	);
});

const comment = (text: string, fields: Record<string, string> = {}, who: Person = personOn(blog)) =>
	who.post("/comments", { post, name: "Ann", email: ann, text, ...fields });
/** Sends everything that is due. */
const sent = async () => {
	for (let i = 0; i < 8; i++) await blog.cron();
	return mailsTo(blog, ann, 0);
};

describe("a comment with an e-mail address", () => {
	it("sends one mail with the link to edit or delete the comment", async () => {
		const posted = await comment("my <b>words</b>");
		const landing = await (await blog.get(posted.headers.get("Location")?.split("#")[0] ?? "")).text();
		expect(landing).toContain("this link is on its way to you by e-mail");
		const [mail] = await mailsTo(blog, ann, 1);
		expect(mail?.subject).toBe("Your comment on “Hello”");
		expect(mail?.text.replaceAll("\u200B", "")).toContain("> my <b>words</b>");
		expect(mail?.html.replaceAll("\u200B", "")).toContain("my &lt;b&gt;words&lt;/b&gt;");
		expect(mail?.text).toContain(
			"You’re receiving this once, because this address was given with the comment.",
		);
		expect(mail?.text).not.toContain("/subscriptions/");
		const link = linkIn(mail, "/comments/");
		const elsewhere = personOn(blog);
		expect(await elsewhere.read(link)).toContain("my &lt;b&gt;words");
		const key = new URL(link, blog.origin).searchParams.get("key") ?? "";
		expect((await elsewhere.post("/comments/1/revisions", { key, text: "other words" })).status).toBe(303);
		expect(await sent()).toHaveLength(1);
		expect((await elsewhere.post("/comments/1/deletion", { key })).status).toBe(303);
		// No other mail is sent, and the stored one goes with the comment.
		expect(await sent()).toEqual([]);
	});

	it("asks in the same mail to confirm the subscription to replies", async () => {
		await comment("tell me", { notify: "1" });
		const [mail] = await mailsTo(blog, ann, 1);
		expect(await sent()).toHaveLength(1);
		const confirmed = await blog.post(linkIn(mail, "/subscriptions/"), {});
		expect(confirmed.status).toBe(200);
		expect((await blog.db.prepare("SELECT state FROM subscriptions").all()).results).toEqual([
			{ state: "active" },
		]);
	});

	it("sends one mail, however often the form is sent", async () => {
		const who = personOn(blog);
		await comment("first", {}, who);
		await Promise.all(Array.from({ length: 10 }, () => comment("twice", { notify: "1" }, who)));
		expect(await sent()).toHaveLength(2);
		expect((await blog.db.prepare("SELECT count(*) AS n FROM comments").first("n")) ?? 0).toBe(2);
	});

	it("sends at most three mails a day to one address and thirty in ten minutes, deleted comments included", async () => {
		const who = personOn(blog);
		for (let i = 0; i < 5; i++) {
			await comment(`number ${i}`, { email: ann.toUpperCase() }, who);
			await who.post("/me/erasure");
		}
		// A comment deleted before its mail is sent sends none; the limit counts what was put into the outbox.
		expect(await blog.db.prepare("SELECT count(*) AS n FROM outbox WHERE event = 'receipt'").first("n")).toBe(
			3,
		);
		for (let i = 0; i < 40; i++) await comment(`many ${i}`, { email: `many${i}@mail.example` });
		expect(await blog.db.prepare("SELECT count(*) AS n FROM outbox WHERE event = 'receipt'").first("n")).toBe(
			30,
		);
		expect(
			await blog.db.prepare("SELECT count(*) AS n FROM comments WHERE state = 'published'").first("n"),
		).toBe(40);
	});

	it("still asks to confirm the subscription beyond that limit", async () => {
		for (let i = 0; i < 3; i++) await comment(`number ${i}`);
		await comment("the fourth", { notify: "1" });
		const mails = await sent();
		expect(mails.map(({ subject }) => subject).sort()).toEqual([
			"Confirm your subscription to “Hello”",
			...Array(3).fill("Your comment on “Hello”"),
		]);
	});

	it("sends no mail if it is spam, without telling the author", async () => {
		const posted = await comment("buy", { subject: "filled in by a program" });
		expect(await blog.db.prepare("SELECT state FROM comments").first("state")).toBe("spam");
		expect(await sent()).toEqual([]);
		const landing = await (await blog.get(posted.headers.get("Location")?.split("#")[0] ?? "")).text();
		expect(landing).toContain("is on its way to you by e-mail");
		const key = landing.match(/name="key" value="([^"]+)"><p class="buttons"/)?.[1] ?? "none";
		expect((await blog.post("/verifications", { comment: "1", key })).status).toBe(303);
		expect(await sent()).toEqual([]);
	});

	it("is not quoted while it is held, so that nobody can send messages through the blog", async () => {
		await comment("the best casino");
		const [mail] = await mailsTo(blog, ann, 1);
		expect(mail?.text).not.toContain("casino");
		expect(mail?.text).toContain("It is waiting for approval");
		expect((await personOn(blog).get(linkIn(mail, "/comments/"))).status).toBe(200);
	});

	it("is quoted in part, without anything that mail programs turn into a link", async () => {
		await comment(
			`see https://evil.example \u202Ehidden\u202C\r\nBcc: x@evil.example ${"long ".repeat(300)}`,
			{
				name: "Ann\r\nBcc: all@evil.example",
			},
		);
		const [mail] = await mailsTo(blog, ann, 1);
		const body = `${mail?.text}${mail?.html}`;
		expect(body).not.toMatch(/evil\.example|\u202E|\u202C|https:\/\/evil/);
		expect(mail?.subject).not.toMatch(/[\r\n]/);
		expect(mail?.text.length).toBeLessThan(2000);
	});

	it("uses the language of the post", async () => {
		await comment("こんばんは", { post: "2024-05-02-こんばんは" });
		const [mail] = await mailsTo(blog, ann, 1);
		expect(mail?.subject).toBe("「こんばんは」へのコメントについて");
		expect(mail?.html).toContain('<html lang="ja">');
	});

	it("does not delay the response, and is retried when it fails", async () => {
		await blog.db.exec("ALTER TABLE local_mails RENAME TO local_mails_away");
		try {
			expect((await comment("while mail fails")).status).toBe(303);
			await blog.cron();
		} finally {
			await blog.db.exec("ALTER TABLE local_mails_away RENAME TO local_mails");
		}
		blog.setClock(blog.now + 24 * 3_600_000);
		expect(await sent()).toHaveLength(1);
	});
});
