import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sumOf } from "../../../src/monitoring/metrics.ts";
import { signedIn } from "../../support/admin.ts";
import { type Blog, startBlog } from "../../support/blog.ts";

const minute = 60_000;
const reader = { "User-Agent": "Mozilla/5.0" };
let blog: Blog;
let owner: { Cookie: string };

beforeAll(async () => {
	blog = await startBlog({
		files: { "site.yaml": "title: Cats\nurl: https://cats.example\nlog_sample: 0\n" },
	});
	owner = await signedIn(blog, "Mika", "owner");
});
afterAll(() => blog.stop());

/** Moves on by a minute and stores what was counted. */
async function nextMinute(): Promise<void> {
	await blog.cron();
	blog.setClock(blog.now + minute);
}

const overview = async (lang = "en") =>
	(await blog.get("/admin", { ...owner, "Accept-Language": lang })).text();

describe("the figures", () => {
	it("are right after thousands of requests in several minutes, and cost few rows", async () => {
		await nextMinute();
		const before = await blog.db.prepare("SELECT count(*) AS n FROM metrics").first<number>("n");
		const paths = ["/", "/2024/05/01/hello/", "/about/", "/nowhere/", "/feed.xml"];
		const rounds = 5;
		for (let round = 0; round < rounds; round++) {
			for (let batch = 0; batch < 8; batch++)
				await Promise.all(
					Array.from({ length: 50 }, (_, at) =>
						blog.get(paths[at % paths.length] ?? "/", reader).then((response) => response.arrayBuffer()),
					),
				);
			await nextMinute();
		}
		const { results } = await blog.db
			.prepare("SELECT counts FROM metrics WHERE length = 'minute'")
			.all<{ counts: string }>();
		const all = results.map(({ counts }) => JSON.parse(counts) as Record<string, number>);
		const total = (metric: Parameters<typeof sumOf>[1]) =>
			all.reduce((sum, counts) => sum + sumOf(counts, metric), 0);
		const label = (key: string) => all.reduce((sum, counts) => sum + (counts[key] ?? 0), 0);
		// Beside the requests themselves, the cron run of the tests asks once a minute.
		const asked = rounds * 8 * 50;
		expect(Math.abs(total("requests") / asked - 1)).toBeLessThan(0.01);
		expect(label("views 2024-05-01-hello")).toBe(asked / 5);
		expect(label("missing /nowhere/ ")).toBe(asked / 5);
		expect(label("responses 4xx")).toBe(asked / 5);
		const after = await blog.db.prepare("SELECT count(*) AS n FROM metrics").first<number>("n");
		expect((after ?? 0) - (before ?? 0)).toBeLessThanOrEqual(3 * (rounds + 1));
	});

	it("count no program and no prefetching as a reader", async () => {
		const views = async () => {
			await nextMinute();
			const { results } = await blog.db.prepare("SELECT counts FROM metrics WHERE length = 'minute'").all();
			return results.reduce(
				(sum, { counts }) => sum + (JSON.parse(String(counts))["views 2024-05-03-closed"] ?? 0),
				0,
			);
		};
		const path = "/2024/05/03/closed/";
		await blog.get(path, { "User-Agent": "Googlebot/2.1" });
		await blog.get(path, { "User-Agent": "feedreader (+http://x.example)" });
		await blog.get(path, { ...reader, "Sec-Purpose": "prefetch;prerender" });
		await fetch(blog.origin + path, { method: "HEAD", headers: reader });
		expect(await views()).toBe(0);
		await blog.get(path, reader);
		expect(await views()).toBe(1);
	});
});

describe("a missing address", () => {
	const html = async (path: string) => (await blog.get(path, reader)).text();

	it("is redirected to a post with one press, until that is taken back", async () => {
		const missed = "/old/Hello-%E7%8C%AB/";
		for (let at = 0; at < 3; at++) await html(missed);
		await nextMinute();
		const page = await overview();
		const [, from = "", to = ""] =
			/name="from" value="(\/old\/[^"]+)"\/?><input type="hidden" name="to" value="([^"]+)"/.exec(page) ?? [];
		expect([from, to]).toEqual([missed, "2024-05-01-hello"]);
		await blog.post("/admin/redirects", { from, to }, owner);
		for (const spelled of [missed, "/OLD/hello-猫", "/old/hello-%e7%8c%ab/index.html"]) {
			const answer = await blog.get(spelled);
			expect([answer.status, answer.headers.get("Location")]).toEqual([301, "/2024/05/01/hello/"]);
		}
		const shown = await overview();
		expect(shown).toContain("<code>/old/hello-猫</code>");
		expect(shown).not.toContain(`name="from" value="${missed}"`);
		await blog.post("/admin/redirects/removal", { from: "/old/hello-猫" }, owner);
		expect((await blog.get(missed)).status).toBe(404);
	});

	it("is redirected to nothing that is not public, and no page that exists is", async () => {
		for (const [from, to] of [
			["/gone/", "nowhere"],
			["/about/", "2024-05-01-hello"],
			["https://evil.example/", "2024-05-01-hello"],
		] as const)
			expect((await blog.post("/admin/redirects", { from, to }, owner)).status).toBe(400);
	});
});

describe("the overview", () => {
	it("shows what was read, written, missing and searched for in vain, without a script", async () => {
		const post = "2024-05-01-hello";
		await blog.post("/comments", { post, name: "Ann", text: "A remark." });
		await blog.post("/reactions", { post, kind: "like" });
		for (const query of ["Zebra", "zebra", "once", "ann@mail.example", "ann@mail.example"])
			await blog.get(`/search?${new URLSearchParams({ q: query })}`);
		await blog.get("/gone/", { ...reader, Referer: "https://other.example/private?q=secret" });
		await nextMinute();
		const html = await overview();
		for (const text of [
			"Hello</a>",
			"zebra",
			"<code>/gone/</code>",
			"linked from other.example",
			"As of 1 January 2026",
			"Running, last recorded",
		])
			expect(html).toContain(text);
		for (const text of ["once", "mail.example", "private", "secret"]) expect(html).not.toContain(text);
		expect(html).toMatch(/Comments, last 48 hours<\/span> <b>1<\/b>/);
		expect(html).toMatch(/Reactions, last 48 hours<\/span> <b>1<\/b>/);
		expect(await overview("ja")).toContain("概要");
	});

	it("tells how fresh pages are", async () => {
		const fresh = "All pages are up to date.";
		await blog.db.exec("DELETE FROM pending_purges");
		expect(await overview()).toContain(fresh);
		const late = `INSERT INTO pending_purges (post_id, scope, revision) VALUES ('p', 1, 1)`;
		await blog.db.exec(late);
		const html = await overview();
		expect(html).not.toContain(fresh);
		expect(html).toContain("up to 10 minutes ago");
		await blog.db.exec("DELETE FROM pending_purges");
	});

	it("is the first page of owners; moderators are led to the queue", async () => {
		const moderator = await signedIn(blog, "Tom", "moderator");
		const led = await blog.get("/admin?done=nothing", moderator);
		expect([led.status, led.headers.get("Location")]).toEqual([303, "/admin/comments?done=nothing"]);
		expect((await blog.get("/admin/comments", moderator)).status).toBe(200);
		expect(await overview()).toContain("<h1>Overview</h1>");
	});

	it("names failures with the ids under which the log has them", async () => {
		await blog.db.exec("ALTER TABLE threads RENAME TO gone");
		await blog.get("/2024/05/01/hello/?sort=newest", { "CF-Ray": "ray-of-failure" });
		await blog.db.exec("ALTER TABLE gone RENAME TO threads");
		await nextMinute();
		expect(await overview()).toContain("ray-of-failure");
	});

	it("adds up hours that are over, whatever is asked meanwhile", async () => {
		blog.setClock(Math.ceil(blog.now / 3_600_000) * 3_600_000 + 5 * minute);
		await blog.cron();
		const { results } = await blog.db
			.prepare("SELECT length, count(*) AS n FROM metrics WHERE length <> 'minute' GROUP BY length")
			.all();
		expect(results).toEqual([
			{ length: "day", n: 1 },
			{ length: "hour", n: 1 },
		]);
		expect(await overview()).toMatch(/Comments, last 48 hours<\/span> <b>1<\/b>/);
	});
});

describe("the owner", () => {
	it("is warned of an error burst by a cron run, and told when it is over", async () => {
		const told: string[] = [];
		const warned = await startBlog({
			env: { SLACK_WEBHOOK_URL: "https://hooks.slack.com/x" },
			outbound: async (request) => {
				told.push(((await request.json()) as { text: string }).text);
				return new Response("ok");
			},
		});
		await warned.db.exec("ALTER TABLE threads RENAME TO gone");
		for (let at = 0; at < 25; at++) await warned.get(`/2024/05/01/hello/?sort=${at % 2 ? "newest" : "top"}`);
		await warned.db.exec("ALTER TABLE gone RENAME TO threads");
		for (let run = 0; run < 6; run++) {
			await warned.cron();
			warned.setClock(warned.now + 5 * minute);
		}
		expect(told.map((text) => text.split("\n")[0])).toEqual([
			"A test of cats: many errors within ten minutes",
			"A test of cats: the errors have stopped",
		]);
		await warned.stop();
	});
});
