import { randomUUID } from "node:crypto";
import * as v from "valibot";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
	type LinkAction,
	moderationLinkLifetime,
	moderationPath,
} from "../../../src/moderation/moderation-links.ts";
import { signToken, tokenKind } from "../../../src/tokens/token.ts";
import { signedIn, testStart } from "../../support/admin.ts";
import { type Blog, startBlog, testSecret } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";

let blog: Blog;
beforeAll(async () => {
	blog = await startBlog({ files: { "site.yaml": "title: Cats\ncomments:\n  moderation: all\n" } });
});
afterAll(() => blog.stop());
beforeEach(async () => {
	blog.setClock(testStart);
	await emptyTables(blog.db, "comments", "audit_log", "used_tokens");
	await blog.post("/comments", { post: "2024-05-01-hello", name: "花子", text: "よい記事" });
});

const link = (operation: LinkAction = "published", { commentId = 1, secret = testSecret } = {}) =>
	moderationPath(
		{
			comment: { id: commentId, createdAt: testStart },
			operation,
			actor: "mika@example.com",
			id: randomUUID(),
			expiresAt: testStart + moderationLinkLifetime,
		},
		secret,
	);
const state = () => blog.db.prepare("SELECT state FROM comments WHERE id = 1").first<string>("state");

describe("a link in a notice", () => {
	it.each([
		["published", "Approve this comment?"],
		["spam", "Mark this comment as spam?"],
		["deleted", "Delete this comment?"],
	] as const)("shows the comment and asks, however often it is opened: %s", async (operation, question) => {
		const path = await link(operation);
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
		expect([done.status, await state()]).toEqual([200, operation]);
	});

	it("works once, is logged, and can be undone in the admin", async () => {
		const path = await link();
		const answers = await Promise.all([blog.post(path, {}), blog.post(path, {})]);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
		expect((await blog.get(path)).status).toBe(410);
		const owner = await signedIn(blog, "Mika", "owner");
		const log = await (await blog.get("/admin/log", owner)).text();
		expect(log).toMatch(/mika@example\.com[\s\S]*via a link in a notification/);
		const undo = /name="operation" value="([^"]+)"/.exec(log)?.[1] ?? "";
		await blog.post("/admin/undo", { operation: undo, back: "/admin/log" }, owner);
		expect(await state()).toBe("held");
		expect((await blog.post(path, {})).status).toBe(410);
	});

	it("approves no text edited after the link was opened, and asks again", async () => {
		const posted = await blog.post("/comments", { post: "2024-05-01-hello", name: "Eve", text: "harmless" });
		const cookie = posted.headers.get("Set-Cookie")?.split(";")[0] ?? "";
		await blog.db.exec("UPDATE comments SET state = 'spam' WHERE id = 1");
		const path = await link("published", { commentId: 2 });
		const stateOf = () => blog.db.prepare("SELECT state FROM comments WHERE id = 2").first<string>("state");
		const seenIn = (html: string) => /name="seen" value="([^"]*)"/.exec(html)?.[1] ?? "";
		const seen = seenIn(await (await blog.get(path)).text());
		await blog.post("/comments/2/revisions", { text: "harmful" }, { Cookie: cookie });
		const refused = await blog.post(path, { seen });
		const html = await refused.text();
		expect([refused.status, await stateOf()]).toEqual([409, "held"]);
		expect(html).toMatch(/was edited after you opened it[\s\S]*harmful/);
		expect((await blog.post(path, { seen: seenIn(html) })).status).toBe(200);
		expect(await stateOf()).toBe("published");
	});

	it("does nothing for a form of another site", async () => {
		const path = await link();
		expect((await blog.post(path, {}, { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
		expect(await state()).toBe("held");
	});

	it("is invalid when forged, expired, meant for another use or without a comment", async () => {
		const body = { comment: { id: 1, createdAt: testStart }, operation: "published", actor: "Eve" };
		const pathOf = async (purpose: string, claims: Record<string, unknown>) => {
			const kind = tokenKind(purpose, v.looseObject({}), { lifetime: 60_000, singleUse: true });
			return `/moderation/${await signToken(kind, claims, testSecret, { now: testStart })}`;
		};
		const void_ = [
			await link("published", { secret: "another secret, long enough to hold too" }),
			await link("published", { commentId: 99 }),
			`${await link()}x`,
			await pathOf("ceremony", body),
			await pathOf("moderation", { ...body, operation: "held" }),
			await pathOf("moderation", { ...body, comment: { id: "1", createdAt: testStart } }),
		];
		for (const path of void_) {
			expect((await blog.get(path)).status, path).toBe(410);
			expect((await blog.post(path, {})).status, path).toBe(410);
		}
		const good = await link();
		blog.setClock(testStart + moderationLinkLifetime + 1000);
		expect((await blog.post(good, {})).status).toBe(410);
		expect(await state()).toBe("held");
	});
});
