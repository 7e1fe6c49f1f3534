import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cachedPageRetention, cachedPagesPerDay, expandDocument } from "../../../src/caching/cached-pages.ts";
import { signedIn, testStart } from "../../support/admin.ts";
import { type Blog, type Files, startBlog } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";
import { cachedPageRows } from "../../support/free-plan.ts";

const post = "2024-05-01-hello";
const path = "/2024/05/01/hello/";
const minute = 60_000;

/** The content deployed in turns: two titles, the same comments. */
const contents: readonly Files[] = ["Cats", "Cats and a dog"].map((title) => ({
	"site.yaml": `title: ${title}\ntimezone: UTC\ncomments: { flood_limit: 100000, proof_limit: 100000, close_after_days: 5000 }\nlimits: { comments_per_day: 100000, reactions_per_day: 100000 }\n`,
	"posts/2030-01-01-later.md":
		"---\ntitle: From the future\ndate: 2030-01-01T09:00\ntags: [edge]\n---\nLater.\n",
}));

let blog: Blog;
let made = 0;
let deployed = 0;

beforeAll(async () => {
	blog = await startBlog({ files: contents[0] ?? {} });
});
afterAll(() => blog.stop());

beforeEach(async () => {
	blog.setClock(testStart);
	await emptyTables(
		blog.db,
		"comments",
		"threads",
		"reactions",
		"pending_purges",
		"pauses",
		"cached_pages",
		"cached_page_counts",
	);
	await blog.deploy(contents[deployed] ?? {});
	blog.setClock(testStart);
	await fill(12);
});

/** Inserts comments with SQL, every third a reply to the first. */
const fill = (count: number) =>
	blog.db
		.prepare(
			`WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < ?1)
			INSERT INTO comments (id, post_id, parent_id, path, state, name, visitor, source, html, fingerprint, created_at)
			SELECT id, ?2, iif(id % 3 = 0, 1, NULL), iif(id % 3 = 0, '00000001', '') || printf('%08x', id), 'published', 'Ken',
				'v' || id, 'filled', '<p>filled ' || id || '</p>', 'f' || id, ?3 FROM n`,
		)
		.bind(count, post, testStart)
		.run();

/** Asks as an isolate that has nothing yet. */
const askFresh = async (headers: Record<string, string> = {}) => {
	const response = await blog.get(path, { "X-Test-Fresh": "1", ...headers });
	return { response, html: await response.text() };
};

/** Asks for the page rendered from its comments. */
const askAnew = async () => {
	const response = await blog.get(path, { "X-Test-Render": "1" });
	return { response, html: await response.text() };
};

/** Asks as a fresh isolate, and returns the rows that were read of the comments, if any, with what was written. */
async function measureFresh(): Promise<{ html: string; comments: number; written: number }> {
	await blog.usage();
	const { html } = await askFresh();
	const { statements } = await blog.usage();
	const rows = (what: "rowsRead" | "rowsWritten", pattern: RegExp) =>
		statements.filter(({ sql }) => pattern.test(sql)).reduce((sum, statement) => sum + statement[what], 0);
	return {
		html,
		comments: rows("rowsRead", /from "comments" "root"/),
		written: rows("rowsWritten", /INSERT INTO cached_pages/),
	};
}

/** The headers of a response but those of the connection, and of the time. */
const headersOf = ({ headers }: Response) =>
	[...headers].filter(([name]) => !["date", "last-modified", "cf-ray"].includes(name));

const stored = async () =>
	(
		await blog.db
			.prepare("SELECT revision, body FROM cached_pages WHERE body IS NOT NULL")
			.all<{ revision: number; body: string }>()
	).results;

const decide = (id: number, state: string) =>
	blog.db.prepare("UPDATE comments SET state = ? WHERE id = ?").bind(state, id).run();

/** Every kind of change; `which` selects the comment. */
const changes: Record<string, (which: number) => Promise<unknown>> = {
	comment: () => blog.post("/comments", { post, name: "花子", text: `number ${++made}` }),
	reply: (which) =>
		blog.post("/comments", { post, parent: String(which), name: "Tom", text: `no. ${++made}` }),
	edit: (which) =>
		blog.db
			.prepare("UPDATE comments SET html = ?, edited_at = ? WHERE id = ? AND state = 'published'")
			.bind(`<p>edited ${++made}</p>`, blog.now, which)
			.run(),
	approval: (which) => decide(which, "published"),
	spam: (which) => decide(which, "spam"),
	deletion: (which) => decide(which, "deleted"),
	"reaction to a comment": (which) => blog.post("/reactions", { post, comment: String(which), kind: "love" }),
	"reaction to the post": () => blog.post("/reactions", { post, kind: "like" }),
	"a closed thread": () =>
		blog.db
			.prepare("UPDATE threads SET closed_at = iif(closed_at IS NULL, ?, NULL) WHERE post_id = ?")
			.bind(blog.now, post)
			.run(),
	"a pinned comment": (which) =>
		blog.db.prepare("UPDATE threads SET pinned_id = ? WHERE post_id = ?").bind(which, post).run(),
	"a pause that ends": () =>
		blog.db
			.prepare(
				"INSERT INTO pauses (id, mode, until, version) VALUES (1, 'close', ?1, 1) ON CONFLICT (id) DO UPDATE SET until = ?1, version = version + 1",
			)
			.bind(blog.now + minute)
			.run(),
	"a name verified": (which) =>
		blog.db.prepare("UPDATE comments SET verified = 1 - verified WHERE id = ?").bind(which).run(),
	"a deployment": async () => {
		const now = blog.now;
		deployed = (deployed + 1) % contents.length;
		await blog.deploy(contents[deployed] ?? {});
		blog.setClock(now);
	},
	"a minute": async () => blog.setClock(blog.now + minute),
	"the clock set back": async () => blog.setClock(blog.now - 30 * minute),
	nothing: async () => {},
};

describe("a page from the database", () => {
	it("is the page rendered anew, byte for byte, after any sequence of changes", async () => {
		let hits = 0;
		const change = fc.record({
			kind: fc.constantFrom(...Object.keys(changes)),
			which: fc.constantFrom(1, 2, 3, 5, 12),
			visits: fc.constantFrom(0, 1, 2),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (sequence) => {
				for (const { kind, which, visits } of sequence) {
					await changes[kind]?.(which);
					for (let visit = 0; visit < visits; visit++) {
						const { html, comments } = await measureFresh();
						const anew = await askAnew();
						expect(html, `after ${kind} ${which}`).toBe(anew.html);
						if (comments < 10) hits += 1;
					}
					const fresh = await askFresh();
					const anew = await askAnew();
					expect(fresh.html, `after ${kind} ${which}`).toBe(anew.html);
					expect(headersOf(fresh.response), `after ${kind} ${which}`).toEqual(headersOf(anew.response));
				}
			}),
			{ numRuns: 25 },
		);
		expect(hits).toBeGreaterThan(20);
	}, 300_000);

	it("costs no row of its comments, and is stored by the first isolate that renders it", async () => {
		const first = await measureFresh();
		expect(first.comments).toBeGreaterThan(12);
		expect(first.written).toBeGreaterThan(0);
		const second = await measureFresh();
		expect(second).toEqual({ html: first.html, comments: expect.any(Number), written: 0 });
		expect(second.comments).toBeLessThan(8);
	});

	it("writes few rows, and reads few, from the first time to its end", async () => {
		const raise = async () =>
			(await blog.db.prepare("UPDATE pending_purges SET revision = revision + 1").run()).meta.rows_written;
		const without = await raise();
		const { written } = await measureFresh();
		const emptied = (await raise()) - without;
		expect((await measureFresh()).written).toBeLessThan(written);
		await blog.usage();
		// A quarter past the hour, when its time is over.
		const now = blog.now;
		blog.setClock(Math.ceil((now + cachedPageRetention) / 3_600_000) * 3_600_000 + 15 * minute);
		await blog.cron();
		blog.setClock(now);
		const deleted = (await blog.usage()).statements
			.filter(({ sql }) => /delete from "cached_pages"/i.test(sql))
			.reduce((sum, { rowsWritten }) => sum + rowsWritten, 0);
		expect(deleted).toBeGreaterThan(0);
		expect(written + emptied + deleted).toBe(cachedPageRows / cachedPagesPerDay);
		await askFresh();
		await blog.usage();
		await askFresh();
		const { statements } = await blog.usage();
		expect(statements.reduce((sum, { rowsRead }) => sum + rowsRead, 0)).toBeLessThanOrEqual(15);
	});

	it("leaves the database with the words that are deleted, before anybody asks for the page", async () => {
		await askFresh();
		await blog.usage();
		const [page] = await stored();
		expect(new TextDecoder().decode(await expandDocument(page?.body ?? ""))).toContain("filled 5<");
		const owner = await signedIn(blog, "Mika", "owner");
		const answer = await blog.post("/admin/decisions", { do: "deleted:5" }, owner);
		expect(answer.status).toBe(303);
		expect(await stored()).toEqual([]);
		expect((await askFresh()).html).not.toContain("filled 5<");
	});

	it("answers HEAD and conditional requests as any page", async () => {
		const { response } = await askFresh();
		await blog.usage();
		const etag = response.headers.get("ETag") ?? "";
		expect((await askFresh({ "If-None-Match": etag })).response.status).toBe(304);
		await blog.get(path, { "X-Test-Fresh": "1" });
		const head = await fetch(blog.origin + path, { method: "HEAD", headers: { "X-Test-Fresh": "1" } });
		expect([head.status, head.headers.get("ETag")]).toEqual([200, etag]);
		expect(Number(head.headers.get("Content-Length"))).toBeGreaterThan(5000);
	});

	it("is used at its address only", async () => {
		await askFresh();
		await blog.usage();
		for (const query of ["?sort=newest", "?sort=top", "?after=1"]) {
			const fresh = await (await blog.get(path + query, { "X-Test-Fresh": "1" })).text();
			expect(fresh, query).toBe(await (await blog.get(path + query, { "X-Test-Render": "1" })).text());
		}
		expect(await stored()).toHaveLength(1);
	});

	it("changes when a scheduled post is published, and when the thread closes by its age", async () => {
		for (const time of ["2030-01-01T09:00:00Z", "2038-01-08T00:00:00Z"]) {
			blog.setClock(Date.parse(time) - minute);
			const before = (await askFresh()).html;
			await blog.usage();
			blog.setClock(time);
			const { html } = await askFresh();
			expect(html, time).not.toBe(before);
			expect(html, time).toBe((await askAnew()).html);
		}
	});

	it("is rendered from its comments, with a line in the log, if what is stored is damaged", async () => {
		const { html } = await askFresh();
		await blog.usage();
		for (const body of ["", "%", "AAAA", btoa("no page")]) {
			await blog.db.prepare("UPDATE cached_pages SET body = ?").bind(body).run();
			const before = blog.log.length;
			expect((await askFresh()).html, body).toBe(html);
			expect(blog.log.slice(before).join("\n"), body).toContain("a stored page was not read");
		}
	});

	it("is served without its comments, uncached, while the database fails", async () => {
		await askFresh();
		await blog.usage();
		await blog.db.exec("ALTER TABLE cached_pages RENAME TO cached_pages_away");
		try {
			const { response, html } = await askFresh();
			expect([response.status, response.headers.get("Cache-Control")]).toEqual([503, "private, no-store"]);
			expect(html).toContain("<strong>first</strong>");
		} finally {
			await blog.db.exec("ALTER TABLE cached_pages_away RENAME TO cached_pages");
		}
	});

	it("is served as ever, with a line in the log, while nothing can be written", async () => {
		await blog.db.exec(
			"CREATE TRIGGER read_only BEFORE INSERT ON cached_pages BEGIN SELECT RAISE(ABORT, 'read-only'); END",
		);
		try {
			const before = blog.log.length;
			const fresh = await askFresh();
			await blog.usage();
			const anew = await askAnew();
			expect(fresh.response.status).toBe(200);
			expect(fresh.html).toBe(anew.html);
			expect(headersOf(fresh.response)).toEqual(headersOf(anew.response));
			expect(blog.log.slice(before).join("\n")).toContain("a page was not stored in the database");
			expect(await stored()).toEqual([]);
		} finally {
			await blog.db.exec("DROP TRIGGER read_only");
		}
		await askFresh();
		await blog.usage();
		expect(await stored()).toHaveLength(1);
	});

	it("is rendered as ever when no more may be stored today", async () => {
		blog.setClock(blog.now + 1001 * minute);
		const today = Math.floor(blog.now / 86_400_000);
		await blog.db
			.prepare("INSERT INTO cached_page_counts (day, count) VALUES (?, ?)")
			.bind(today, cachedPagesPerDay)
			.run();
		const { html, written } = await measureFresh();
		expect(written).toBe(0);
		expect(await stored()).toEqual([]);
		expect(html).toBe((await askAnew()).html);
		blog.setClock(blog.now + 86_400_000);
		expect((await measureFresh()).written).toBeGreaterThan(0);
	});

	it("is not stored for a thread of a few comments, nor for one person", async () => {
		const author = await blog.post("/comments", { post, name: "Ann", text: "mine", remember: "1" });
		await askFresh({ Cookie: author.headers.get("Set-Cookie")?.split(";")[0] ?? "" });
		await blog.usage();
		const [page] = await stored();
		expect(new TextDecoder().decode(await expandDocument(page?.body ?? ""))).toBe((await askAnew()).html);
		await emptyTables(blog.db, "comments", "threads", "cached_pages");
		await fill(4);
		await askFresh();
		const answer = await blog.post("/comments", { post, name: "Ann", text: "a fifth" });
		await blog.get(answer.headers.get("Location")?.split("#")[0] ?? "");
		await blog.usage();
		expect(await stored()).toEqual([]);
		await askFresh();
		await blog.usage();
		expect(await stored()).toHaveLength(1);
	});

	it("leaves the database within an hour of the deployment that takes its post's words back", async () => {
		const withPost = (text: string): Files => ({
			...contents[deployed],
			[`posts/${post}.md`]: `---\ntitle: Hello\ndate: 2024-05-01\n---\n${text}\n`,
		});
		const documents = async () => {
			const { results } = await blog.db
				.prepare("SELECT body FROM cached_pages")
				.all<{ body: string | null }>();
			const bodies = results.flatMap(({ body }) => body ?? []);
			return Promise.all(bodies.map(async (body) => new TextDecoder().decode(await expandDocument(body))));
		};
		const now = blog.now;
		await blog.deploy(withPost("A telephone number."));
		blog.setClock(now);
		await askFresh();
		await blog.usage();
		expect((await documents()).join("")).toContain("A telephone number.");
		await blog.deploy(withPost("Nothing."));
		blog.setClock(Math.ceil((now + 1) / 3_600_000) * 3_600_000 + 15 * minute);
		await blog.cron();
		expect((await documents()).join("")).not.toContain("A telephone number.");
		const { html } = await askFresh();
		await blog.usage();
		blog.setClock(blog.now + 60 * minute);
		await blog.cron();
		expect(await documents()).toEqual([html]);
	});

	it("is deleted by the cron trigger after a week", async () => {
		await askFresh();
		await blog.usage();
		// A quarter past the hour.
		blog.setClock(Math.ceil((blog.now + cachedPageRetention) / 3_600_000) * 3_600_000 + 15 * minute);
		await blog.cron();
		expect(await stored()).toEqual([]);
	});
});
