import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ceremonyOf, cookieOf, enrol, invitation, testStart } from "../../support/admin.ts";
import { softAuthenticator } from "../../support/authenticator.ts";
import { type Blog, startBlog } from "../../support/blog.ts";

const post = "2024-05-01-hello";
const path = "/2024/05/01/hello/";
const minute = 60_000;
const before = testStart + 5 * 60 * minute;
const back = before - 60 * minute;
const authenticator = softAuthenticator();
let blog: Blog;
let owner: { Cookie: string };
let author: { Cookie: string };

const comment = (text: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
	blog.post("/comments", { post, name: "Ann", text, ...fields }, headers);
const rows = async (sql: string) => (await blog.db.prepare(sql).all<Record<string, unknown>>()).results;
const first = async (sql: string) => Object.values((await rows(sql))[0] ?? {})[0];

/** A blog in the middle of everything when its clock is set back by an hour. */
beforeAll(async () => {
	blog = await startBlog({
		files: {
			"site.yaml":
				"title: Cats\ncomments: { flood_limit: 6, blocked_words: [casino] }\nnotifications: { from: cats@cats.example, digest_minutes: 10 }\n",
		},
		env: { DEVELOPMENT: "1" },
	});
	blog.setClock(before);
	const enrolled = await enrol(
		blog,
		await invitation("Mika", "owner", { expiresAt: before + minute }),
		authenticator,
	);
	owner = { Cookie: enrolled.cookie };
	const posted = await comment("the first");
	author = { Cookie: posted.headers.get("Set-Cookie")?.split(";")[0] ?? "" };
	for (const text of ["second", "third", "fourth", "fifth"]) await comment(text, { name: text });
	await comment("casino waits");
	await blog.post("/reactions", { post, kind: "like" }, author);
	await blog.post("/subscriptions", { post, email: "ann@mail.example" });
	await blog.post("/verifications", { email: "tom@mail.example", name: "Tom" });
	await blog.cron();
	blog.setClock(back);
});
afterAll(() => blog.stop());

describe("after the clock was set back by an hour", () => {
	it("comments are posted, are replied to and edited, and come from no flood", async () => {
		for (const [text, parent] of [
			["sixth", ""],
			["seventh", "1"],
		] as const) {
			const answer = await comment(text, { name: text, ...(parent === "" ? {} : { parent }) });
			expect(answer.status).toBe(303);
			expect(await first(`SELECT state FROM comments WHERE source = '${text}'`)).toBe("published");
		}
		expect((await blog.post("/comments/1/revisions", { text: "edited" }, author)).status).toBe(303);
		expect(await first("SELECT source FROM comments WHERE id = 1")).toBe("edited");
		expect(await (await blog.get(path)).text()).toMatch(/edited[\s\S]*seventh/);
	});

	it("reactions are added and removed", async () => {
		const count = () => first("SELECT count(*) FROM reactions");
		await blog.post("/reactions", { post, kind: "love" }, author);
		expect(await count()).toBe(2);
		await blog.post("/reactions", { post, kind: "love", remove: "1" }, author);
		expect((await blog.get(path)).status).toBe(200);
	});

	it("members stay signed in, sign in, and decide", async () => {
		expect((await blog.get("/admin/account", owner)).status).toBe(200);
		const page = await ceremonyOf(await blog.get("/admin/sign-in"));
		const credential = authenticator.signIn(page.options, blog.origin);
		const signedIn = await blog.post("/admin/session", {
			challengeToken: page.challengeToken,
			credential,
			to: "",
		});
		const cookie = cookieOf(signedIn);
		expect([signedIn.status, cookie]).toEqual([303, expect.stringMatching(/^session=/)]);
		owner = { Cookie: cookie };
		await blog.post("/admin/decisions", { do: "published:6" }, owner);
		expect(await first("SELECT state FROM comments WHERE id = 6")).toBe("published");
	});

	it("pages are purged", async () => {
		await comment("eighth", { name: "eighth" });
		await blog.usage();
		// Once at once, and once more for pages that were being rendered.
		for (let run = 0; run < 2; run++) {
			blog.setClock(blog.now + minute);
			await blog.cron();
		}
		expect(await rows("SELECT post_id FROM pending_purges WHERE scope <> 0")).toEqual([]);
	});

	it("decisions are learnt, and stored comments are rechecked", async () => {
		await comment("casino waits too", { name: "Eve" });
		await blog.post("/admin/recheck", { selection: "waiting" }, owner);
		for (let run = 0; run < 3; run++) {
			blog.setClock(blog.now + minute);
			await blog.cron();
		}
		expect(await rows("SELECT comment_id FROM training_examples WHERE label IS NOT trained_label")).toEqual(
			[],
		);
		expect(await first("SELECT count(*) FROM training_examples")).toBe(1);
		expect(await rows("SELECT state FROM rechecks")).toEqual([{ state: "done" }]);
	});

	it("requested mails are sent, and notices wait no longer than they would have", async () => {
		await blog.post("/subscriptions", { post, email: "eve@mail.example" });
		await blog.post("/verifications", { email: "eve@mail.example", name: "Eve" });
		// One that failed, one that is leased, and one that is being sent, when the clock is set back.
		const due = (key: string, columns: string, values: string) =>
			blog.db.exec(
				`INSERT INTO outbox (key, channel, event, comment_id, recipient, created_at, ${columns}) VALUES ('${key}', 'mail', 'waiting', 1, 0, ${testStart}, ${values})`,
			);
		const now = blog.now + 60 * minute;
		await due("failed", "attempts, failure, due_at", `1, 'HTTP 500', ${now + 5 * minute}`);
		await due("leased", "lease, message, due_at", `'a', 'm', ${now + 2 * minute}`);
		await due(
			"sending",
			"state, attempts, lease, message, due_at",
			`'sending', 1, 'b', 'n', ${now + 2 * minute}`,
		);
		for (let run = 0; run < 12; run++) {
			await blog.cron();
			blog.setClock(blog.now + minute);
		}
		expect(await rows("SELECT key, state, due_at FROM outbox WHERE settled_at IS NULL")).toEqual([]);
		const recipients = (await rows("SELECT DISTINCT recipient FROM local_mails")).map(
			({ recipient }) => recipient,
		);
		expect(recipients).toEqual(
			expect.arrayContaining(["ann@mail.example", "tom@mail.example", "eve@mail.example"]),
		);
	});

	it("rejected comments are purged, and expired requests deleted", async () => {
		await blog.db.exec("UPDATE comments SET state = 'spam' WHERE id = 2");
		blog.setClock(before + 31 * 24 * 60 * minute - (before % (60 * minute)) + 30 * minute);
		await blog.cron();
		blog.setClock(blog.now - 60 * minute);
		await blog.cron();
		expect(await first("SELECT source FROM comments WHERE id = 2")).toBe("");
		expect(await rows("SELECT * FROM verifications")).toEqual([]);
	});
});
