import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signedIn } from "../../support/admin.ts";
import { type Blog, type BlogOptions, startBlog } from "../../support/blog.ts";
import { eventually } from "../../support/eventually.ts";
import type { SentMail } from "../../support/mail.ts";
import { expectedSignature, visibleMail, type World, world } from "../../support/outside.ts";
import { personOn } from "../../support/person.ts";

const post = "2024-05-01-hello";
const minute = 60_000;
const start = Date.parse("2026-01-01T00:00:00Z");
let blog: Blog;
let net: World;
beforeEach(() => {
	net = world();
});
afterEach(() => blog.stop());

const site = (more = "") =>
	`title: 猫のブログ\nurl: https://cats.example\nnotifications:\n  from: blog@cats.example\n${more}`;
const mailsOwner = { OWNER_EMAIL: "owner@cats.example" };
const hook = { WEBHOOK_URL: "https://hook.example/in", WEBHOOK_SECRET: "shared" };

const run = async (env: Record<string, string>, more = "", options: BlogOptions = {}) => {
	blog = await startBlog({ files: { "site.yaml": site(more) }, env, outbound: net.outside, ...options });
};
const runWithMail = (env: Record<string, string>, more = "") => run(env, more, { mail: net.receiveMail });
const comment = (text: string, name = "花子") => blog.post("/comments", { post, name, text });
/** Whether a notice is a warning about the blog itself, which ends with the address of the overview. */
const isWarning = (text: string) => /\/admin\\?"/.test(text);
const heardBy = (host: string) =>
	net.requests.filter((heard) => heard.host === host && !isWarning(heard.body));
const hears = (host: string, times: number) => eventually(() => expect(heardBy(host)).toHaveLength(times));
const mails = () => net.mails.filter(({ html }) => !isWarning(html)).map(visibleMail);
const mailed = (times: number) => eventually(() => expect(mails()).toHaveLength(times));
const states = async () =>
	(await blog.db.prepare("SELECT channel, state, attempts, failure FROM outbox ORDER BY id").all()).results;
const settled = () =>
	eventually(async () =>
		expect(await states()).not.toContainEqual(
			expect.objectContaining({ state: expect.stringMatching(/^(due|sending)$/) }),
		),
	);

describe("a new comment", () => {
	it("is mailed to the owner in the site's language, with no live link or markup of the commenter's", async () => {
		await runWithMail(mailsOwner, "language: ja\n");
		await comment("<b>見て</b> https://evil.example/", "花子\r\nBcc: a@b.example");
		await mailed(1);
		const [sent] = mails() as [SentMail];
		expect(sent.to).toEqual(["owner@cats.example"]);
		expect(sent.from).toEqual({ name: "猫のブログ", address: "blog@cats.example" });
		expect(sent.subject).toBe("花子 Bcc: a@b.exampleさんが「Hello」にコメントしました");
		expect(sent.html).toContain("&lt;b&gt;見て&lt;/b&gt;");
		expect(JSON.stringify(net.mails)).not.toContain("https://evil");
		expect([...sent.html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
			expect.stringMatching(/^https:\/\/cats\.example\/moderation\/[\w.-]+$/),
			expect.stringMatching(/^https:\/\/cats\.example\/moderation\/[\w.-]+$/),
			"https://cats.example/comments/1",
		]);
	});

	it("reaches the webhook signed, and both chat rooms without its markup or mentions", async () => {
		const rooms = {
			SLACK_WEBHOOK_URL: "https://slack.example/x",
			DISCORD_WEBHOOK_URL: "https://discord.example/y",
		};
		await run({ ...hook, ...rooms });
		await blog.post("/comments", {
			post,
			name: "花子",
			text: "<!channel> @everyone **hi**",
			email: "a@b.example",
		});
		await hears("hook.example", 1);
		await hears("slack.example", 1);
		await hears("discord.example", 1);
		const [told] = heardBy("hook.example");
		expect(told?.headers.get("webhook-signature")).toBe(told && expectedSignature(told, "shared"));
		expect(told?.headers.get("webhook-timestamp")).toBe(String(start / 1000));
		expect(JSON.parse(told?.body ?? "").comments).toEqual([
			expect.objectContaining({
				event: "published",
				id: 1,
				name: "花子",
				text: "<!channel> @everyone **hi**",
			}),
		]);
		expect(net.requests.map(({ body }) => body).join()).not.toContain("a@b");
		const slack = JSON.parse(heardBy("slack.example")[0]?.body ?? "");
		expect(slack.text).toContain("&lt;!channel&gt; @\u200Beveryone");
		const discord = JSON.parse(heardBy("discord.example")[0]?.body ?? "");
		expect(discord.allowed_mentions).toEqual({ parse: [] });
		expect(discord.content).toContain("\\*\\*hi\\*\\*");
	});

	it("is announced once, however often it is decided and the cron runs", async () => {
		await run(hook, "comments:\n  moderation: all\n");
		await comment("wait");
		await hears("hook.example", 1);
		expect(JSON.parse(heardBy("hook.example")[0]?.body ?? "").comments[0].event).toBe("waiting");
		for (const state of ["published", "held", "published", "spam", "held"]) {
			await blog.db.exec(`UPDATE comments SET state = '${state}' WHERE id = 1`);
			await Promise.all([blog.cron(), blog.cron()]);
		}
		await settled();
		expect(heardBy("hook.example")).toHaveLength(1);
	});

	it("is not announced when imported, nor published ones to an owner who wants only waiting ones", async () => {
		await run(hook, "  owner: waiting\n");
		await comment("new and published");
		await blog.db.exec(
			`INSERT INTO comments (post_id, path, state, name, visitor, source, html, fingerprint, created_at)
			VALUES ('${post}', '00000002', 'held', 'Old', 'x', 'old', 'old', 'f', 1)`.replace(/\s+/g, " "),
		);
		await blog.cron();
		expect(await states()).toEqual([]);
		expect((await blog.db.prepare("SELECT * FROM comment_events").all()).results).toEqual([]);
	});
});

describe("a busy hour", () => {
	it("is one mail at once and one digest half an hour later", async () => {
		await runWithMail(mailsOwner);
		await comment("first");
		await mailed(1);
		await settled();
		for (const text of ["second", "third", "fourth"]) await comment(text);
		blog.setClock(start + 29 * minute);
		await blog.cron();
		expect(mails()).toHaveLength(1);
		blog.setClock(start + 30 * minute);
		await blog.cron();
		expect(mails()).toHaveLength(2);
		expect(mails()[1]?.subject).toBe("3 comments on 猫のブログ");
		for (const text of ["second", "third", "fourth"]) expect(mails()[1]?.text).toContain(`> ${text}`);
	});
});

describe("a channel that fails", () => {
	it("delays neither the comment nor another channel, and is retried with growing delays", async () => {
		await runWithMail({ ...hook, ...mailsOwner });
		let release = () => {};
		const hanging = new Promise<Response>((resolve) => {
			release = () => resolve(new Response("late", { status: 500 }));
		});
		net.answer("hook.example", () => hanging);
		expect((await comment("hello")).status).toBe(303);
		await mailed(1);
		await hears("hook.example", 1);
		release();
		net.answer("hook.example", () => new Response("no", { status: 503 }));
		await eventually(async () =>
			expect(await states()).toContainEqual({
				channel: "webhook",
				state: "due",
				attempts: 1,
				failure: "The webhook answered 500",
			}),
		);
		await blog.cron();
		expect(heardBy("hook.example")).toHaveLength(1);
		let clock = start;
		for (const [at, wait] of [1, 5, 15, 60, 180, 480, 1440].entries()) {
			clock += wait * minute;
			blog.setClock(clock);
			await blog.cron();
			expect(heardBy("hook.example")).toHaveLength(at + 2);
		}
		const dead = { channel: "webhook", state: "dead", attempts: 8, failure: "The webhook answered 503" };
		expect(await states()).toContainEqual(dead);
		expect(new Set(heardBy("hook.example").map(({ headers }) => headers.get("webhook-id"))).size).toBe(1);
		expect(blog.log.join()).toContain("failed for good after attempt 8 on webhook");
		expect(mails()).toHaveLength(1);
	});

	it("is not retried after a permanent refusal", async () => {
		await run(hook);
		net.answer("hook.example", () => new Response("no", { status: 422 }));
		await comment("hello");
		await settled();
		expect(await states()).toEqual([
			{ channel: "webhook", state: "dead", attempts: 1, failure: "The webhook answered 422" },
		]);
	});

	it("waits while its key is wrong, is shown in the admin, and is sent when the owner says so", async () => {
		await runWithMail(mailsOwner);
		net.refuseMails({ reason: "wrong password", text: "no" });
		await comment("hello");
		const failure = expect.stringMatching(/^(Resend answered 401|The mail service failed \(SMTP 535\))$/);
		await eventually(async () =>
			expect(await states()).toEqual([{ channel: "mail", state: "due", attempts: 1, failure }]),
		);
		const owner = personOn(blog, (await signedIn(blog, "Owner", "owner")).Cookie);
		expect(await owner.read("/admin/comments")).toContain('href="/admin/notices"');
		expect(await owner.read("/admin/notices")).toMatch(/Resend answered 401|SMTP 535/);
		net.refuseMails(null);
		const answer = await owner.post("/admin/notices/attempts");
		expect(await owner.read(answer.headers.get("Location") ?? "")).toContain("1 notification will be sent");
		await settled();
		expect(await states()).toEqual([{ channel: "mail", state: "sent", attempts: 1, failure: null }]);
		expect(await owner.read("/admin/comments")).not.toContain("Some notifications could not be sent");
	});

	it("is sent again from the admin, one or all, after it was given up", async () => {
		await run(hook);
		net.answer("hook.example", () => new Response("no", { status: 422 }));
		const state = async () => (await states()).map(({ state }) => state).join();
		for (const text of ["one", "two", "three"]) await comment(text);
		await eventually(async () => {
			await blog.cron();
			expect(await state()).toBe("dead,dead,dead");
		});
		net.answer("hook.example", () => new Response("ok"));
		const owner = personOn(blog, (await signedIn(blog, "Owner", "owner")).Cookie);
		await owner.post("/admin/notices/attempts", { id: "2" });
		await eventually(async () => expect(await state()).toBe("dead,sent,dead"));
		await owner.post("/admin/notices/attempts");
		await eventually(async () => expect(await state()).toBe("sent,sent,sent"));
	});

	it("loses nothing when the Worker dies between taking a notice and sending it", async () => {
		await run(hook);
		await blog.db.exec("UPDATE threads SET comment_count = 0");
		await comment("hello");
		await settled();
		await blog.db.exec(
			`UPDATE outbox SET state = 'due', settled_at = NULL, lease = 'a dead one', due_at = ${start + 2 * minute}`,
		);
		await blog.cron();
		expect(heardBy("hook.example")).toHaveLength(1);
		blog.setClock(start + 2 * minute);
		await blog.cron();
		expect(heardBy("hook.example")).toHaveLength(2);
		await settled();
	});
});

describe("a Worker that stops while it is sending", () => {
	const slack = { SLACK_WEBHOOK_URL: "https://hooks.slack.com/x" };
	const stopped = () =>
		blog.db.exec(
			"UPDATE outbox SET state = 'sending', settled_at = NULL, lease = 'a dead one', " +
				`due_at = ${start + 2 * minute}`,
		);

	it("sends a notice again only where the receiver recognises it", async () => {
		await run({ ...hook, ...slack });
		await comment("hello");
		await settled();
		await stopped();
		await blog.cron();
		expect(net.requests).toHaveLength(2);
		blog.setClock(start + 2 * minute);
		await blog.cron();
		expect(heardBy("hook.example").map(({ headers }) => headers.get("webhook-id"))).toEqual(
			Array(2).fill("1:published:webhook:0"),
		);
		expect(heardBy("hooks.slack.com")).toHaveLength(1);
		expect(await states()).toEqual([
			{ channel: "webhook", state: "sent", attempts: 2, failure: null },
			{
				channel: "slack",
				state: "dead",
				attempts: 1,
				failure: "the Worker stopped while sending; it may have arrived",
			},
		]);
	});

	it("has sent it once, although it cannot store that it did", async () => {
		await run(slack);
		net.answer("hooks.slack.com", async () => {
			await blog.db.exec(
				"CREATE TRIGGER fails BEFORE UPDATE ON outbox WHEN NEW.state = 'sent' BEGIN SELECT raise(ABORT, 'no'); END",
			);
			return new Response("ok");
		});
		await comment("hello");
		await hears("hooks.slack.com", 1);
		await eventually(() => expect(blog.log.join()).toContain("could not be stored"));
		await blog.db.exec("DROP TRIGGER fails");
		for (const minutes of [1, 2, 3, 60]) {
			blog.setClock(start + minutes * minute);
			await blog.cron();
		}
		expect(heardBy("hooks.slack.com")).toHaveLength(1);
	});
});

describe("a webhook's address", () => {
	it("is refused when its name resolves to any private address", async () => {
		await run({ ...hook, WEBHOOK_URL: "https://inside.example/" });
		net.lead("inside.example", "93.184.215.14", "fd00::1");
		await comment("hello");
		const waits = {
			channel: "webhook",
			state: "due",
			attempts: 1,
			failure: "The webhook: its address is not on the public internet",
		};
		await eventually(async () => expect(await states()).toEqual([waits]));
		expect(net.requests).toEqual([]);
	});

	it("is not followed when it redirects", async () => {
		await run(hook);
		net.answer(
			"hook.example",
			() => new Response(null, { status: 302, headers: { Location: "https://169.254.169.254/" } }),
		);
		await comment("hello");
		await eventually(async () =>
			expect((await states())[0]?.failure).toBe("The webhook answered 302; redirects are not followed"),
		);
		expect(net.requests.map(({ host }) => host)).toEqual(["hook.example"]);
	});
});

describe("the outbox of a blog in development", () => {
	it("shows the mails that would have been sent", async () => {
		await run({ DEVELOPMENT: "1", LOCAL_URL: "http://localhost:8899" });
		await comment("look <i>here");
		await eventually(async () => expect(await (await blog.get("/admin/outbox")).text()).toContain("花子"));
		expect(await (await blog.get("/admin/outbox/1")).text()).toContain("look &lt;i&gt;here");
		const html = await (await blog.get("/admin/outbox/1/html")).text();
		expect(html).toContain("look &lt;i&gt;here");
		expect(html).toContain('href="http://localhost:8899/moderation/');
		expect(html).not.toContain("https://cats.example");
		expect((await blog.get("/admin/outbox/2")).status).toBe(404);
	});

	it("is not found anywhere else", async () => {
		await runWithMail(mailsOwner);
		for (const path of ["/admin/outbox", "/admin/outbox/1", "/admin/outbox/1/html"]) {
			expect((await blog.get(path)).status).toBe(404);
		}
	});
});

describe("a blog without any channel", () => {
	it("works and stores no events", async () => {
		await run({});
		expect((await comment("hello")).status).toBe(303);
		await blog.cron();
		expect((await blog.db.prepare("SELECT * FROM comment_events").all()).results).toEqual([]);
		expect(await states()).toEqual([]);
	});
});
