import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";
import { breakTables } from "../../support/broken-tables.ts";

const minute = 60_000;
let blog: Blog;
beforeAll(async () => {
	blog = await startBlog();
});
afterAll(() => blog.stop());

async function readyz() {
	const response = await blog.get("/readyz");
	return { status: response.status, checks: (await response.json()) as Record<string, unknown> };
}

describe("/readyz", () => {
	it("is ready after a deployment and a run of the cron trigger, and tells of one that is late", async () => {
		const response = await blog.get("/readyz");
		expect(response.headers.get("Cache-Control")).toBe("private, no-store");
		expect([response.status, await response.json()]).toEqual([
			200,
			{
				status: "ready",
				database: "ok",
				migrations: "ok",
				cron: "starting",
				signing_secret: "ok",
				version: expect.stringMatching(/^[\w-]{36}$/),
			},
		]);
		blog.setClock(blog.now + 4 * minute);
		expect(await readyz()).toMatchObject({ status: 503, checks: { status: "not ready", cron: "late" } });
		await blog.cron();
		blog.setClock(blog.now + minute);
		expect(await readyz()).toMatchObject({ status: 200, checks: { cron: "ok" } });
	});

	it("asks the database at most once in ten seconds", async () => {
		blog.setClock(blog.now + minute);
		await blog.usage();
		await readyz();
		expect((await blog.usage()).statements).toHaveLength(2);
		blog.setClock(blog.now + 9_000);
		await readyz();
		expect((await blog.usage()).statements).toHaveLength(0);
	});

	it("tells a database without a column that this version needs", async () => {
		blog.setClock(blog.now + minute);
		await blog.db.exec("ALTER TABLE members RENAME COLUMN left_at TO gone_at");
		expect(await readyz()).toMatchObject({ status: 503, checks: { database: "ok", migrations: "missing" } });
		await blog.db.exec("ALTER TABLE members RENAME COLUMN gone_at TO left_at");
		blog.setClock(blog.now + minute);
		expect((await readyz()).status).toBe(200);
		const restore = await breakTables(blog.db, ["cron_runs"]);
		blog.setClock(blog.now + minute);
		expect((await readyz()).status).toBe(503);
		await restore();
		expect(await (await blog.get("/healthz")).text()).toBe("ok\n");
	});
});

describe("the log", () => {
	const lines = (from: number) =>
		blog.log
			.slice(from)
			.map((line) => JSON.parse(line))
			.filter(({ event }) => event === "request");

	it("has a line for each request, with its route and use, and nothing that was sent", async () => {
		const from = blog.log.length;
		await blog.get("/2024/05/01/hello/", { "CF-Ray": "ray-of-a-page" });
		await blog.get("/2024/05/01/hello/", { "CF-Ray": "ray-of-a-hit" });
		await blog.get("/tag/edge/");
		await blog.get("/secret-words/?q=secret-words");
		await blog.post("/comments", { post: "2024-05-01-hello", name: "secret-words", text: "secret-words" });
		await blog.get("/healthz");
		await expect.poll(() => lines(from).length).toBe(6);
		const logged = lines(from);
		expect(logged[0]).toEqual({
			requestId: "ray-of-a-page",
			event: "request",
			route: "GET /*",
			status: 200,
			milliseconds: expect.any(Number),
			statements: expect.any(Number),
			rowsRead: expect.any(Number),
			rowsWritten: 0,
			cache: "miss",
		});
		expect(logged[0].statements).toBeGreaterThan(1);
		expect(logged[1]).toMatchObject({
			requestId: "ray-of-a-hit",
			route: "GET /*",
			cache: "hit",
			statements: 1,
		});
		expect(logged[2]).toMatchObject({ route: "GET /tag/:slug/", cache: "miss" });
		expect(logged[3]).toMatchObject({ route: "GET /*", status: 404, cache: "bypass", statements: 1 });
		expect(logged[4]).toMatchObject({ route: "POST /comments", status: 303, cache: "bypass" });
		expect(logged[4].rowsWritten).toBeGreaterThan(10);
		expect(logged[5]).toMatchObject({ route: "GET /healthz", statements: 0 });
		expect(blog.log.join("\n")).not.toContain("secret-words");
	});

	it("adds up the use of each of many requests at once by itself", async () => {
		const from = blog.log.length;
		await Promise.all([
			...Array.from({ length: 10 }, () => blog.get("/2024/05/01/hello/")),
			...Array.from({ length: 10 }, () => blog.get("/about/")),
			blog.post("/reactions", { post: "2024-05-01-hello", kind: "like" }),
		]);
		await expect.poll(() => lines(from).length).toBe(21);
		const written = lines(from).filter(({ rowsWritten }) => rowsWritten > 0);
		expect(written.map(({ route }) => route)).toEqual(["POST /reactions"]);
		const hits = lines(from).filter(({ cache, statements }) => cache === "hit" && statements > 1);
		expect(hits).toEqual([]);
	});

	it("has none with a sample of 0", async () => {
		await blog.deploy({ "site.yaml": "title: Cats\nurl: https://cats.example\nlog_sample: 0\n" });
		const from = blog.log.length;
		for (const path of ["/", "/", "/2024/05/01/hello/", "/nowhere/"]) await blog.get(path);
		await blog.deploy({});
		await blog.get("/");
		await expect.poll(() => lines(from).length).toBe(1);
	});
});

describe("/metrics", () => {
	it("answers the operator's token only, and is not there without one", async () => {
		expect((await blog.get("/metrics")).status).toBe(404);
		const metered = await startBlog({ env: { METRICS_TOKEN: "a-token-for-prometheus" } });
		const ask = (authorization?: string) =>
			metered.get("/metrics", authorization === undefined ? {} : { Authorization: authorization });
		for (const wrong of [
			undefined,
			"Bearer ",
			"Bearer a-token-for-prometheu",
			"Basic a-token-for-prometheus",
		]) {
			const refused = await ask(wrong);
			expect([refused.status, refused.headers.get("WWW-Authenticate")]).toEqual([401, "Bearer"]);
			expect(await refused.text()).not.toContain("edgecat_");
		}
		for (let at = 0; at < 5; at++) await metered.get("/about/");
		await metered.cron();
		const answered = await ask("Bearer a-token-for-prometheus");
		expect(answered.status).toBe(200);
		expect(answered.headers.get("Content-Type")).toMatch(/^application\/openmetrics-text; version=1\.0\.0/);
		expect(answered.headers.get("Cache-Control")).toBe("private, no-store");
		const text = await answered.text();
		expect(text).toMatch(/^edgecat_requests_total\{cache="hit"\} 4$/m);
		expect(text).toMatch(/^edgecat_cron_run_timestamp_seconds 1767225600$/m);
		expect(text).toMatch(/^edgecat_database_size_bytes \d{4,}$/m);
		await metered.stop();
	});
});
