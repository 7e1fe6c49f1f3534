import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { signedIn } from "../../support/admin.ts";
import { type Blog, startBlog } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";

const post = "2024-05-01-hello";
const path = "/2024/05/01/hello/";
const start = Date.parse("2026-01-01T00:00:00Z");
let blog: Blog;
let owner: { Cookie: string };

beforeAll(async () => {
	blog = await startBlog();
	owner = await signedIn(blog, "Mika", "moderator");
});
afterAll(() => blog.stop());
beforeEach(async () => {
	blog.setClock(start);
	await emptyTables(blog.db, "comments", "threads", "audit_log", "reports", "write_counts", "comment_events");
	for (const text of ["kind words", "an insult"]) await blog.post("/comments", { post, name: "Ann", text });
});

const report = (id: number, reason = "", network = "192.0.2.1", headers: Record<string, string> = {}) =>
	blog.post(`/comments/${id}/reports`, { reason }, { "CF-Connecting-IP": network, ...headers });
const page = async (address: string, headers: Record<string, string> = {}) =>
	(await blog.get(address, headers)).text();
const count = () => blog.db.prepare("SELECT count(*) AS n FROM reports").first<number>("n");
const decide = (action: string) =>
	blog.post("/admin/decisions", { do: action, back: "/admin/comments" }, owner);
const done = (response: Response) =>
	new URL(response.headers.get("Location") ?? "", blog.origin).searchParams.get("done") ?? "";
const listed = async () =>
	[...(await page("/admin/comments?state=reported", owner)).matchAll(/data-comment="(\d+)"/g)].map(([, id]) =>
		Number(id),
	);

describe("a report", () => {
	it("is one form, without cookie, script or account, from a link that is the same for everyone", async () => {
		const html = await page(path);
		expect(html).toBe(await page(path, owner));
		expect(html).toContain('<a class="report" href="/comments/2/report" rel="nofollow"');
		const form = await blog.get("/comments/2/report");
		expect(form.headers.get("Cache-Control")).toBe("private, no-store");
		expect(await form.text()).toMatch(/an insult[\s\S]*action="\/comments\/2\/reports"/);
		const sent = await report(2, "  It insults Bob.  ");
		expect([sent.status, sent.headers.get("Location")]).toEqual([303, "/comments/2/report?sent"]);
		expect(sent.headers.has("Set-Cookie")).toBe(false);
		expect(await page("/comments/2/report?sent")).toContain("A moderator will look at this comment.");
		expect(await page(path)).toBe(html);
	});

	it("puts the comment before a moderator once, with how many readers and their reasons", async () => {
		for (const [at, reason] of ["It insults Bob.", "", "<b>rude</b>"].entries())
			await report(2, reason, `192.0.2.${at}`);
		expect(await page("/admin/comments", owner)).toContain("1 comment reported by readers");
		expect(await listed()).toEqual([2]);
		const html = await page("/admin/comments?state=reported", owner);
		expect(html).toContain("Reported by 3 readers");
		expect(html).toContain("It insults Bob. · &lt;b&gt;rude&lt;/b&gt;");
	});

	it("is settled by keeping the comment, which can be undone, or by any other decision", async () => {
		await report(1);
		await report(2);
		const operation = done(await decide("keep:2"));
		expect(await listed()).toEqual([1]);
		expect(await page("/admin/log", owner)).toContain("Kept comment 2, which readers had reported");
		await blog.post("/admin/undo", { operation }, owner);
		expect(await listed()).toEqual([2, 1]);
		await decide("spam:1");
		await decide("keep:2");
		expect(await listed()).toEqual([]);
		expect(await page("/admin/comments", owner)).not.toContain("reported by readers");
		expect(done(await decide("keep:2"))).toBe("nothing");
		await report(2, "still", "192.0.2.9");
		expect(await listed()).toEqual([2]);
	});

	it("counts once for a network and comment, and twenty times for a comment", async () => {
		for (let again = 0; again < 3; again++) expect((await report(2)).status).toBe(303);
		expect(await count()).toBe(1);
		for (let at = 0; at < 30; at++) await report(2, "", `198.51.100.${at}`);
		expect(await count()).toBe(20);
	});

	it("is refused above ten an hour from a network, with its text", async () => {
		for (let at = 0; at < 10; at++) expect((await report(2)).status).toBe(303);
		const refused = await report(1, "my reason");
		expect([refused.status, await refused.text()]).toEqual([
			429,
			expect.stringMatching(/my reason<\/textarea>/),
		]);
		expect((await report(1, "", "203.0.113.5")).status).toBe(303);
	});

	it("of too long a reason comes back with it", async () => {
		const long = `${"長".repeat(501)}`;
		const refused = await report(2, long);
		const html = await refused.text();
		expect([refused.status, html]).toEqual([422, expect.stringContaining(long)]);
		expect(html).toContain("500");
		expect((await report(2, "長".repeat(500))).status).toBe(303);
	});

	it("from another site comes back with its text, and stores nothing", async () => {
		const refused = await report(2, "my reason", "192.0.2.1", { "Sec-Fetch-Site": "cross-site" });
		expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining("my reason")]);
		expect(await count()).toBe(0);
	});

	it("is only of what everybody can see, and not of the blog's own comments", async () => {
		await decide("spam:2");
		await blog.db.exec("UPDATE comments SET by_author = 1 WHERE id = 1");
		for (const id of [1, 2, 99]) {
			expect((await blog.get(`/comments/${id}/report`)).status).toBe(404);
			expect((await report(id)).status).toBe(404);
		}
		expect(await page(path)).not.toContain('class="report"');
	});

	it("is in the language of the post", async () => {
		await blog.post("/comments", { post: "2024-05-02-こんばんは", name: "花子", text: "よい記事でした" });
		expect(await page("/comments/3/report")).toContain("問題と思われる点（任意）");
	});

	it("is deleted after its days, and with the comment", async () => {
		await report(1);
		await report(2);
		const author = await blog.db
			.prepare("SELECT visitor FROM comments WHERE id = 2")
			.first<string>("visitor");
		await blog.db.prepare("UPDATE comments SET source = '', html = '', state = 'deleted' WHERE id = 2").run();
		expect([author !== "", await count()]).toEqual([true, 1]);
		blog.setClock(start + 31 * 86_400_000);
		await blog.cron();
		expect(await count()).toBe(0);
	});
});
