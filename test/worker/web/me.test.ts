import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";

const path = "/2024/05/01/hello/";
const post = "2024-05-01-hello";
let blog: Blog;
let cookies: string;

beforeAll(async () => {
	blog = await startBlog();
});
afterAll(() => blog.stop());
beforeEach(async () => {
	await emptyTables(blog.db, "comments", "threads", "reactions", "revisions", "audit_log");
	const posted = await blog.post("/comments", {
		post,
		name: "花子",
		email: "me@example.com",
		text: "my *words*",
		remember: "1",
	});
	cookies = posted.headers
		.getSetCookie()
		.map((cookie) => cookie.split(";")[0])
		.join("; ");
	await blog.post("/comments", { post, name: "Tom", text: "someone else's" });
	await blog.post("/reactions", { post, kind: "like" }, { Cookie: cookies });
	await blog.post("/reactions", { post, comment: "2", kind: "love" }, { Cookie: cookies });
});

const page = async (address: string, headers: Record<string, string> = {}) =>
	(await blog.get(address, headers)).text();
const rows = async (sql: string) => (await blog.db.prepare(sql).all()).results;

describe("/me", () => {
	it("shows visitors their data, and says that there is none without a cookie", async () => {
		const response = await blog.get("/me", { Cookie: cookies });
		expect(response.headers.get("Cache-Control")).toBe("private, no-store");
		expect(response.headers.get("X-Robots-Tag")).toBe("noindex");
		const html = await response.text();
		expect(html).toContain("my <em>words</em>");
		expect(html).toContain('href="/comments/1/edit"');
		expect(html).toContain("2 reactions");
		expect(html).toContain("me@example.com");
		expect(html).not.toContain("someone else");
		expect(await page("/me")).toContain("this browser has no comments or reactions here");
	});

	it("uses the browser's language, or else the site's", async () => {
		const japanese = await page("/me", { Cookie: cookies, "Accept-Language": "ja-JP,ja;q=0.9,en;q=0.8" });
		expect(japanese).toContain('<html lang="ja">');
		expect(japanese).toContain("あなたのコメントとデータ");
		expect(japanese).toContain('<a class="site-title" href="/" rel="home" lang="en">');
		const preferred = await page("/me", {
			Cookie: cookies,
			"Accept-Language": "en;q=0.3, ja-Hira-JP ; q=0.8",
		});
		expect(preferred).toContain('<html lang="ja">');
		for (const asked of ["en-GB", "fr,de;q=0.5", "ja;q=0", ""]) {
			expect(await page("/me", { Cookie: cookies, "Accept-Language": asked })).toContain('<html lang="en">');
		}
	});

	it("lists more than a page of comments without losing one", async () => {
		for (let i = 0; i < 60; i++) {
			await blog.post("/comments", { post, name: "花子", text: `number ${i}.` }, { Cookie: cookies });
		}
		const first = await page("/me", { Cookie: cookies });
		const next = first.match(/href="(\/me\?before=\d+)"/)?.[1] ?? "";
		const all = first + (await page(next, { Cookie: cookies }));
		for (let i = 0; i < 60; i++) expect(all.split(`>number ${i}.<`).length, `number ${i}`).toBe(2);
	});

	it("exports everything as JSON", async () => {
		await blog.post("/comments/1/revisions", { text: "changed" }, { Cookie: cookies });
		const response = await blog.get("/me/export", { Cookie: cookies });
		expect(response.headers.get("Content-Disposition")).toContain("attachment");
		expect(await response.json()).toMatchObject({
			site: "https://cats.example",
			remembered: { name: "花子", email: "me@example.com", website: "" },
			comments: [
				{
					id: 1,
					postId: post,
					postPath: path,
					name: "花子",
					email: "me@example.com",
					source: "changed",
					earlierVersions: [{ source: "my *words*" }],
				},
			],
			reactions: [
				{ postId: post, commentId: null, kind: "like" },
				{ postId: post, commentId: 2, kind: "love" },
			],
		});
	});

	it("erases everything", async () => {
		const response = await blog.post("/me/erasure", {}, { Cookie: cookies });
		expect(response.headers.get("Location")).toBe("/me?done=erased");
		expect(response.headers.getSetCookie().filter((cookie) => cookie.includes("Max-Age=0")).length).toBe(2);
		expect(await rows("SELECT name, email, source, visitor FROM comments WHERE id = 1")).toEqual([
			{ name: "", email: null, source: "", visitor: "" },
		]);
		expect(await rows("SELECT * FROM reactions")).toEqual([]);
		expect(await rows("SELECT comment_count, tallies FROM threads")).toEqual([
			{ comment_count: 1, tallies: '{"like":0}' },
		]);
		expect(await page(path)).toContain("someone else");
		expect(await page("/me?done=erased")).toContain("Everything has been deleted.");
	});

	it("says that a part is deleted, and keeps the cookie, until all of many comments are", async () => {
		await blog.db.exec(
			`WITH RECURSIVE n(i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n WHERE i < 560) INSERT INTO comments (id, post_id, path, state, name, visitor, source, html, fingerprint, created_at) SELECT i, '${post}', printf('%08x', i), 'held', 'n', (SELECT visitor FROM comments WHERE id = 1), 'w', '<p>w</p>', i, i FROM n`,
		);
		const erase = () => blog.post("/me/erasure", {}, { Cookie: cookies });
		const part = await erase();
		expect(part.headers.get("Location")).toBe("/me?done=erasing");
		expect(part.headers.getSetCookie()).toEqual([]);
		const html = await page("/me?done=erasing", { Cookie: cookies });
		expect(html).toContain("Part of it has been deleted. Choose “Delete everything” again");
		expect((await erase()).headers.get("Location")).toBe("/me?done=erased");
		expect(await rows("SELECT id FROM comments WHERE source <> ''")).toEqual([{ id: 2 }]);
	});

	const deletedFromTheDesk = () => blog.db.exec("UPDATE comments SET state = 'deleted' WHERE id = 1");
	const nothingLeft = { name: "", email: null, website: null, source: "", html: "" };

	it("exports and erases comments a moderator has deleted, with their earlier versions", async () => {
		await blog.post("/comments/1/revisions", { text: "changed" }, { Cookie: cookies });
		await deletedFromTheDesk();
		const held = await (await blog.get("/me/export", { Cookie: cookies })).json();
		expect(held).toMatchObject({
			comments: [{ id: 1, state: "deleted", source: "changed", earlierVersions: [{ source: "my *words*" }] }],
		});
		await blog.post("/me/erasure", {}, { Cookie: cookies });
		expect(await rows("SELECT name, email, website, source, html FROM comments WHERE id = 1")).toEqual([
			nothingLeft,
		]);
		expect(await rows("SELECT * FROM revisions")).toEqual([]);
	});

	it("empties a comment deleted by a moderator when its author deletes it too", async () => {
		await deletedFromTheDesk();
		expect((await blog.post("/comments/1/deletion", {}, { Cookie: cookies })).status).toBe(303);
		expect(await rows("SELECT name, email, website, source, html FROM comments WHERE id = 1")).toEqual([
			nothingLeft,
		]);
		const held = await (await blog.get("/me/export", { Cookie: cookies })).json();
		expect(held).toMatchObject({ comments: [] });
	});

	it("anonymizes comments and reactions, which stay", async () => {
		await blog.post("/me/anonymization", {}, { Cookie: cookies });
		const shared = await page(path);
		expect(shared).toContain("my <em>words</em>");
		expect(shared).toContain('aria-label="Like, 1 reader"');
		expect(await rows("SELECT email, visitor FROM comments WHERE id = 1")).toEqual([
			{ email: null, visitor: "" },
		]);
		expect(await page("/me", { Cookie: cookies })).not.toContain("my <em>words</em>");
		expect((await blog.get("/comments/1/edit", { Cookie: cookies })).status).toBe(403);
	});

	it("rejects requests from another site", async () => {
		for (const action of ["erasure", "anonymization"]) {
			const response = await blog.post(
				`/me/${action}`,
				{},
				{ Cookie: cookies, "Sec-Fetch-Site": "cross-site" },
			);
			expect(response.status).toBe(403);
		}
		expect(await page("/me", { Cookie: cookies })).toContain("my <em>words</em>");
	});
});
