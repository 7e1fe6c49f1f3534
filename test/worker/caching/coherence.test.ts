import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { edgeLifetime } from "../../../src/caching/lifetimes.ts";
import { type Blog, type Files, startBlog } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";

const english = "/2024/05/01/hello/";
const japanese = encodeURI("/2024/05/02/こんばんは/");
const posts = ["2024-05-01-hello", "2024-05-02-こんばんは"] as const;

/** One page of each cacheable kind. */
const pages = [
	"/",
	"/page/2/",
	english,
	`${english}?after=1`,
	`${english}?sort=newest`,
	`${english}?sort=top`,
	`${english}?branch=1&after=2`,
	`${english}?branch=1&after=25`,
	`${english}comments.xml`,
	"/api/v1/posts/2024-05-01-hello/comments",
	"/api/v1/posts/2024-05-01-hello/comments?after=1",
	"/api/v1/counts?id=2024-05-01-hello",
	"/comments.xml",
	"/comments.rss",
	"/ja/",
	"/ja/feed.xml",
	japanese,
	"/2024/05/03/closed/",
	"/2023/01/01/quiet/",
	"/about/",
	"/category/cloud/",
	"/tag/edge/",
	"/author/cats/",
	"/archive/",
	"/2024/",
	"/feed.xml",
	"/feed.json",
	"/sitemap.xml",
];

/** One change of each kind; `which` selects the post or the comment. */
const changes = {
	comment: (which: number) =>
		blog.post("/comments", { post: posts[which % 2] ?? "", name: "花子", text: `number ${++made}` }),
	reply: (which: number) =>
		blog.post("/comments", { post: posts[0], parent: String(which), name: "Tom", text: `number ${++made}` }),
	"reaction to a post": (which: number) =>
		blog.post("/reactions", { post: posts[which % 2] ?? "", kind: "like" }),
	"reaction removed": (which: number) =>
		blog.db.prepare("DELETE FROM reactions WHERE comment_id = ?").bind(which).run(),
	"a closed thread": (which: number) =>
		blog.db
			.prepare("UPDATE threads SET closed_at = CASE WHEN closed_at IS NULL THEN ? END WHERE post_id = ?")
			.bind(blog.now, posts[which % 2] ?? "")
			.run(),
	"reaction to a comment": (which: number) =>
		blog.post("/reactions", { post: posts[0], comment: String(which), kind: "love" }),
	approval: (which: number) => decide(which, "held", "published"),
	spam: (which: number) => decide(which, "published", "spam"),
	deletion: (which: number) => decide(which, "published", "deleted"),
	edit: (which: number) =>
		blog.db
			.prepare("UPDATE comments SET html = ?, edited_at = ? WHERE id = ?")
			.bind(`<p>edited ${++made}</p>`, blog.now, which)
			.run(),
	"a held comment": (which: number) => decide(which, "published", "held"),
	"the replica catching up": () => blog.catchUp(),
	"a deployment": async (_which: number) => {
		deployed = (deployed + 1) % contents.length;
		await blog.deploy(contents[deployed] ?? {});
		await visitAll();
	},
	"a name verified": (which: number) =>
		blog.db.prepare("UPDATE comments SET verified = 1 WHERE id = ? AND name <> ''").bind(which).run(),
	"an identity removed": async (which: number) => {
		await blog.db
			.prepare("INSERT INTO addresses (id, email) VALUES (?, ?)")
			.bind(++made, `${made}@example.com`)
			.run();
		const owner = "(SELECT visitor FROM comments WHERE id = ?)";
		await blog.db
			.prepare(
				`INSERT INTO identities (address_id, name, skeleton, folded_skeleton, visitor, created_at)
				SELECT ?, 'x', ?, ?, visitor, 0 FROM comments WHERE id = ? AND visitor <> ''`,
			)
			.bind(made, String(made), String(made), which)
			.run();
		await blog.db.prepare(`DELETE FROM identities WHERE visitor = ${owner}`).bind(which).run();
	},
} as const;

type Change = keyof typeof changes;

/** The content deployed in turns: the same blog before and after a change to every page. */
const contents: readonly Files[] = ["Cats", "Cats and a dog"].map((title) => ({
	"site.yaml": `title: ${title}\nauthor:\n  name: Cats\nposts_per_page: 3\ntimezone: UTC\ncomments: { flood_limit: 100000, proof_limit: 100000 }\nlimits: { comments_per_day: 100000, reactions_per_day: 100000 }\n`,
	"posts/2023-01-01-quiet.md": `---\ntitle: Quiet\ndate: 2023-01-01\ncomments: off\n---\n${title} are quiet.\n`,
	"posts/2030-01-01-later.md": "---\ntitle: From the future\ndate: 2030-01-01T09:00\n---\nLater.\n",
}));

let blog: Blog;
let made = 0;
let deployed = 0;

beforeAll(async () => {
	blog = await startBlog({ files: contents[0] ?? {}, replica: true });
});
afterAll(() => blog.stop());
beforeEach(async () => {
	blog.cache.refusePurges(false);
	blog.cache.clear();
	blog.setClock(blog.now + 3_600_000);
	await emptyTables(blog.db, "comments", "threads", "reactions", "pending_purges");
	// A new isolate with an empty page cache: ids and revisions restart, which happens only in tests.
	await blog.deploy(contents[deployed] ?? {});
	// Enough replies to the first comment for a second page, and two more comments.
	await changes.comment(0);
	await fillBranch(30);
	for (let i = 0; i < 2; i++) await changes.comment(0);
	await settle();
	await blog.catchUp();
});

/** Inserts replies to the first comment with SQL. */
const fillBranch = (replies: number) =>
	blog.db
		.prepare(
			`WITH RECURSIVE n (id) AS (SELECT 2 UNION ALL SELECT id + 1 FROM n WHERE id <= ?1)
			INSERT INTO comments (id, post_id, parent_id, path, state, name, visitor, source, html, fingerprint, created_at)
			SELECT id, ?2, 1, '00000001' || printf('%08x', id), 'published', 'Ken', 'v' || id, 'filled', '<p>filled</p>',
				'f' || id, ?3 FROM n`,
		)
		.bind(replies, posts[0], blog.now)
		.run();

const decide = (id: number, from: string, to: string) =>
	blog.db.prepare("UPDATE comments SET state = ? WHERE id = ? AND state = ?").bind(to, id, from).run();
const pass = (seconds: number) => blog.setClock(blog.now + seconds * 1000);

/** Runs the cron trigger until every change has been purged once. */
async function settle(): Promise<void> {
	for (let tries = 0; tries < 50; tries++) {
		await blog.cron();
		const left = await blog.db
			.prepare("SELECT count(*) AS n FROM pending_purges WHERE purged_at IS NULL")
			.first<number>("n");
		if (left === 0) return;
		pass(6);
	}
	throw new Error("the Worker does not purge");
}

/** Expects the redirect after a change to lead to a page that shows it, and that is cached nowhere. */
async function expectShownToAuthor(answer: unknown, what: string): Promise<void> {
	if (!(answer instanceof Response)) return;
	const address = answer.headers.get("Location")?.split("#")[0];
	if (address === undefined) return;
	const page = await blog.cache.get(address);
	expect(page.status, what).toBe(200);
	expect(page.body, what).toContain(
		what.startsWith("reaction") ? 'role="status"' : `<p dir="auto">number ${made}</p>`,
	);
	expect(blog.cache.fresh(address), what).toBeNull();
}

/** Renders every page, without caches, by path. */
const renderAll = async () =>
	new Map(
		await Promise.all(
			pages.map(
				async (path) => [path, await (await blog.get(path, { "X-Test-Render": "1" })).text()] as const,
			),
		),
	);

/** Returns the paths of pages that a reader would get outdated, from the edge cache or the isolate's page cache. */
async function stalePages(now?: ReadonlyMap<string, string>): Promise<string[]> {
	const current = now ?? (await renderAll());
	const checked = await Promise.all(
		pages.map(async (path) => {
			const cached = blog.cache.fresh(path);
			const served = await (await blog.get(path)).text();
			const isCurrent = served === current.get(path) && (cached === null || cached === current.get(path));
			return isCurrent ? [] : [path];
		}),
	);
	return checked.flat();
}

const visitAll = () => Promise.all(pages.map((path) => blog.cache.get(path)));

describe("a cached page", () => {
	let checked = 0;
	let unchangedPurged = 0;

	it("equals a fresh render after any change", async () => {
		const change = fc.record({
			kind: fc.constantFrom(...(Object.keys(changes) as Change[])),
			// The parent of all replies, replies on both pages, and the comments after them.
			which: fc.constantFrom(1, 2, 25, 26, 31, 32, 33),
			seconds: fc.integer({ min: 0, max: 90 }),
			visit: fc.boolean(),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (sequence) => {
				blog.cache.clear();
				await visitAll();
				let before = await renderAll();
				for (const { kind, which, seconds, visit } of sequence) {
					const cached = pages.filter((path) => blog.cache.fresh(path) !== null);
					await expectShownToAuthor(await changes[kind](which), `${kind} ${which}`);
					await settle();
					const now = await renderAll();
					expect(await stalePages(now), `after ${kind} ${which}`).toEqual([]);
					for (const path of cached) {
						if (blog.cache.fresh(path) === null && before.get(path) === now.get(path)) unchangedPurged += 1;
					}
					before = now;
					checked += pages.length;
					pass(seconds);
					if (visit) await visitAll();
				}
			}),
			{ numRuns: 8 },
		);
		console.log(
			`coherence: ${checked} pages x changes checked, ${unchangedPurged} purged without having changed`,
		);
		// Allowed excess: a thread's tag is on all its pages and in the API, though a change is on one of them, and each change is
		// purged twice, the second time for concurrent renders. Here that is at most seven pages in twenty-eight a change.
		expect(unchangedPurged).toBeLessThanOrEqual(checked / 4);
	}, 300_000);

	it("sorts removed comments that have replies", async () => {
		const top = `${english}?sort=top`;
		await changes["reaction to a comment"](1);
		await changes.spam(1);
		await settle();
		await visitAll();
		const before = blog.cache.fresh(top);
		await changes["reaction removed"](1);
		await settle();
		expect(await stalePages()).toEqual([]);
		expect((await blog.cache.get(top)).body).not.toBe(before);
	});

	it("is never older than its lifetime if every purge is refused", async () => {
		await visitAll();
		blog.cache.refusePurges(true);
		await changes.comment(0);
		await blog.cron();
		expect(await stalePages()).toContain(english);
		pass(edgeLifetime.fresh);
		expect(await stalePages()).toEqual([]);
		blog.cache.refusePurges(false);
		await visitAll();
		await changes.comment(0);
		pass(60);
		await settle();
		expect(await stalePages()).toEqual([]);
	});

	it("is purged again if its render began before the change", async () => {
		blog.cache.clear();
		const finish = await blog.cache.beginFill(english);
		await changes.comment(0);
		await settle();
		finish();
		expect(await stalePages()).toEqual([english]);
		pass(60);
		await blog.cron();
		expect(await stalePages()).toEqual([]);
	});

	it("is rendered from the primary, however far a replica lags", async () => {
		blog.cache.clear();
		await changes.comment(0);
		await settle();
		await visitAll();
		expect(await stalePages()).toEqual([]);
		expect(blog.cache.fresh(english)).toContain(`<p dir="auto">number ${made}</p>`);
	});

	it("is not served by the next deployment, wherever it was cached", async () => {
		await visitAll();
		const finish = await blog.cache.beginFill("/about/");
		await changes["a deployment"](0);
		finish();
		expect(await stalePages()).toEqual([]);
		expect(blog.cache.fresh("/about/")).toContain(
			/title: (.+)/.exec(String(contents[deployed]?.["site.yaml"]))?.[1],
		);
	});

	it("shows comments from before a deployment that preceded their purge", async () => {
		await visitAll();
		await changes.comment(0);
		await changes["a deployment"](0);
		expect(await stalePages()).toEqual([]);
		expect(blog.cache.fresh(english)).toContain(`<p dir="auto">number ${made}</p>`);
		await settle();
		expect(await stalePages()).toEqual([]);
	});

	it("is served while the database fails, and errors are never cached", async () => {
		await visitAll();
		await changes.comment(0);
		await settle();
		await blog.db.exec("ALTER TABLE threads RENAME TO threads_away");
		try {
			const answer = await blog.cache.get(english);
			expect([answer.status, answer.from]).toEqual([200, "stale"]);
			const never = await blog.cache.get(`${english}?after=2`);
			expect(never.status).toBe(503);
			expect(blog.cache.fresh(`${english}?after=2`)).toBeNull();
		} finally {
			await blog.db.exec("ALTER TABLE threads_away RENAME TO threads");
		}
		expect((await blog.cache.get(english)).from).toBe("worker");
	});

	it("is dropped at once, not kept as a fallback, if something on it was removed", async () => {
		await visitAll();
		await changes.spam(1);
		await settle();
		await blog.db.exec("ALTER TABLE threads RENAME TO threads_away");
		const answer = await blog.cache.get(english);
		await blog.db.exec("ALTER TABLE threads_away RENAME TO threads");
		expect([answer.status, answer.from]).toEqual([503, "worker"]);
	});

	it("expires when a scheduled post is published", async () => {
		const minute = Date.parse("2030-01-01T09:00:00Z");
		blog.setClock(minute - 60_000);
		blog.cache.clear();
		await visitAll();
		blog.setClock(minute);
		expect(await stalePages()).toEqual([]);
	});

	it("is not kept if it does not exist", async () => {
		for (const path of ["/nowhere", "/category/none/", "/page/99/", `${english}?flash=a.b.c`]) {
			await blog.cache.get(path);
			expect(blog.cache.fresh(path), path).toBeNull();
		}
	});
});

describe("hundreds of comments on one post within ten seconds", () => {
	it("cost few purges", async () => {
		const before = blog.cache.purges;
		for (let i = 0; i < 30; i++) {
			await Promise.all(Array.from({ length: 10 }, () => changes.comment(0)));
			// Comments of a flood are held; publish them all.
			await blog.db.exec("UPDATE comments SET state = 'published' WHERE state = 'held'");
			pass(0.33);
		}
		await settle();
		pass(60);
		await blog.cron();
		const used = blog.cache.purges - before;
		console.log(`300 comments within ten seconds: ${used} purges`);
		expect(used).toBeLessThanOrEqual(8);
		await visitAll();
		expect(await stalePages()).toEqual([]);
	}, 300_000);
});
