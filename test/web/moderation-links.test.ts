import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { signTicket } from "../../src/members/ticket.ts";
import { type LinkedAct, moderationLinkLasts, moderationPath } from "../../src/moderation/links.ts";
import { type Blog, startBlog, testSecret } from "../support/blog.ts";
import { signedIn, testStart } from "../support/desk.ts";

let blog: Blog;
beforeAll(async () => {
	blog = await startBlog({ files: { "site.yaml": "title: Cats\ncomments:\n  moderation: all\n" } });
});
afterAll(() => blog.stop());
beforeEach(async () => {
	blog.setClock(testStart);
	await blog.db.exec("DELETE FROM comments; DELETE FROM decisions; DELETE FROM spent_tokens;");
	await blog.post("/comments", { post: "2024-05-01-hello", name: "花子", text: "よい記事" });
});

const link = (act: LinkedAct = "published", { commentId = 1, secret = testSecret } = {}) =>
	moderationPath(
		{
			commentId,
			act,
			madeBy: "mika@example.com",
			id: randomUUID(),
			expiresAt: testStart + moderationLinkLasts,
		},
		secret,
	);
const state = () => blog.db.prepare("SELECT state FROM comments WHERE id = 1").first<string>("state");

describe("a link in a notice", () => {
	it.each([
		["published", "Approve this comment?"],
		["spam", "Is this comment spam?"],
		["deleted", "Delete this comment?"],
	] as const)("shows the comment and asks, however often it is opened: %s", async (act, question) => {
		const path = await link(act);
		for (const method of ["GET", "HEAD", "GET"]) {
			const response = await fetch(blog.origin + path, {
				method,
				headers: { "X-Test-Now": String(testStart) },
			});
			expect(response.status).toBe(200);
			expect(response.headers.get("Cache-Control")).toBe("private, no-store");
			expect(response.headers.get("X-Robots-Tag")).toBe("noindex");
			if (method === "GET")
				expect(await response.text()).toMatch(new RegExp(`${question.replace("?", "\\?")}[\\s\\S]*よい記事`));
		}
		expect(await state()).toBe("held");
		const done = await blog.post(path, {});
		expect([done.status, await state()]).toEqual([200, act]);
	});

	it("acts once, is written down, and can be undone at the desk", async () => {
		const path = await link();
		const answers = await Promise.all([blog.post(path, {}), blog.post(path, {})]);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
		expect((await blog.get(path)).status).toBe(410);
		const owner = await signedIn(blog, "Mika", "owner");
		const log = await (await blog.get("/admin/log", owner)).text();
		expect(log).toMatch(/mika@example\.com[\s\S]*by a link from a notice/);
		const act = /name="act" value="([^"]+)"/.exec(log)?.[1] ?? "";
		await blog.post("/admin/undo", { act, back: "/admin/log" }, owner);
		expect(await state()).toBe("held");
		expect((await blog.post(path, {})).status).toBe(410);
	});

	it("approves no words that were changed after it was opened, and asks again about those", async () => {
		const posted = await blog.post("/comments", { post: "2024-05-01-hello", name: "Eve", text: "harmless" });
		const cookie = posted.headers.get("Set-Cookie")?.split(";")[0] ?? "";
		await blog.db.exec("DELETE FROM comments WHERE id = 1");
		const path = await link("published", { commentId: 2 });
		const stateOf = () => blog.db.prepare("SELECT state FROM comments WHERE id = 2").first<string>("state");
		const seenIn = (html: string) => /name="seen" value="([^"]*)"/.exec(html)?.[1] ?? "";
		const seen = seenIn(await (await blog.get(path)).text());
		await blog.post("/comments/2/revisions", { text: "harmful" }, { Cookie: cookie });
		const refused = await blog.post(path, { seen });
		const html = await refused.text();
		expect([refused.status, await stateOf()]).toEqual([409, "held"]);
		expect(html).toMatch(/It has been changed since[\s\S]*harmful/);
		expect((await blog.post(path, { seen: seenIn(html) })).status).toBe(200);
		expect(await stateOf()).toBe("published");
	});

	it("does nothing for a form of another site", async () => {
		const path = await link();
		expect((await blog.post(path, {}, { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
		expect(await state()).toBe("held");
	});

	it("does not hold when forged, lapsed, meant for another use or about nothing", async () => {
		const stub = { id: randomUUID(), expiresAt: testStart + 60_000 };
		const body = { commentId: 1, act: "published", madeBy: "Eve" };
		const void_ = [
			await link("published", { secret: "another secret, long enough to hold too" }),
			await link("published", { commentId: 99 }),
			`${await link()}x`,
			`/moderation/${await signTicket("ceremony", body, stub, testSecret)}`,
			`/moderation/${await signTicket("moderation", { ...body, act: "held" }, stub, testSecret)}`,
			`/moderation/${await signTicket("moderation", { ...body, commentId: "1" }, stub, testSecret)}`,
		];
		for (const path of void_) {
			expect((await blog.get(path)).status, path).toBe(410);
			expect((await blog.post(path, {})).status, path).toBe(410);
		}
		const good = await link();
		blog.setClock(testStart + moderationLinkLasts + 1000);
		expect((await blog.post(good, {})).status).toBe(410);
		expect(await state()).toBe("held");
	});
});
