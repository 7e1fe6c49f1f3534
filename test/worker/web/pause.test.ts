import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { NewComment } from "../../../src/comments/repository.ts";
import { commentRepository } from "../../../src/db/comments.ts";
import { signedIn } from "../../support/admin.ts";
import { type Blog, startBlog } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";

const post = "2024-05-01-hello";
const path = "/2024/05/01/hello/";
const japanese = "2024-05-02-こんばんは";
const japanesePath = "/2024/05/02/こんばんは/";
const start = Date.parse("2026-01-01T00:00:00Z");
const hour = 3_600_000;
let blog: Blog;
let owner: { Cookie: string };
let moderator: { Cookie: string };

beforeAll(async () => {
	blog = await startBlog({ files: { "site.yaml": "title: Cats\nlimits: { comments_per_hour: 500 }\n" } });
	owner = await signedIn(blog, "Mika", "owner");
	moderator = await signedIn(blog, "Tom", "moderator");
});
afterAll(() => blog.stop());
beforeEach(async () => {
	blog.setClock(start);
	await emptyTables(blog.db, "comments", "threads", "comment_events", "training_examples", "audit_log");
	await emptyTables(blog.db, "pauses", "write_counts");
	await blog.db.exec("UPDATE pending_purges SET revision = revision + 1, scope = 0");
	blog.cache.clear();
});

const pause = async (fields: Record<string, string>, who = owner) => {
	const version = (await blog.db.prepare("SELECT version FROM pauses").first<number>("version")) ?? 0;
	return blog.post("/admin/pause", { version: String(version), back: "/admin/comments", ...fields }, who);
};
const close = (hours: string) => pause({ mode: "close", hours });
const hold = (hours: string) => pause({ mode: "hold", hours });
const comment = (text: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
	blog.post("/comments", { post, name: "Ann", text, ...fields }, headers);
const page = async (address = path, headers: Record<string, string> = {}) =>
	(await blog.get(address, headers)).text();
const landed = async (response: Response) => page(response.headers.get("Location")?.split("#")[0]);
const states = async () =>
	(await blog.db.prepare("SELECT state FROM comments ORDER BY id").all<{ state: string }>()).results.map(
		({ state }) => state,
	);

describe("while every comment is held", () => {
	it("posts say so and until when before anybody types, and so does the acknowledgement", async () => {
		await comment("before");
		await hold("12");
		expect(await page()).toContain(
			"Until 1 January 2026 at 12:00, every comment is read by a moderator before it appears.",
		);
		expect(await page(japanesePath)).toContain(
			"2026年1月1日 12:00まで、コメントは管理者が確認してから公開します。",
		);
		expect(await page("/comments/1/reply")).toContain("Until 1 January 2026 at 12:00, every comment is read");
		const posted = await comment("during");
		expect(await landed(posted)).toMatch(
			/waiting for approval\. Only you[^<]* Until 1 January 2026 at 12:00/,
		);
		expect(await states()).toEqual(["published", "held"]);
	});

	it("holds known commenters and edits too, and moderators see why", async () => {
		const first = await comment("before");
		const author = { Cookie: first.headers.get("Set-Cookie")?.split(";")[0] ?? "" };
		await hold("0");
		await comment("by a known one", {}, author);
		await blog.post("/comments/1/revisions", { text: "edited into spam" }, author);
		expect(await states()).toEqual(["held", "held"]);
		expect(await page("/admin/comments", moderator)).toContain("every comment was on hold");
		expect(await page()).toContain("For now, every comment is read by a moderator before it appears.");
	});

	it("is over by itself at that time, or at one press", async () => {
		await hold("1");
		blog.setClock(start + hour);
		await comment("after");
		expect(await page()).not.toContain("read by a moderator");
		await hold("1");
		await pause({ do: "end" }, moderator);
		await comment("after the press");
		expect(await states()).toEqual(["published", "published"]);
	});

	it("publishes nothing that passes its challenge", async () => {
		await comment("challenged");
		await blog.db.exec(
			`UPDATE comments SET state = 'held', findings = '[{"rule":"proof_of_work","verdict":"hold","detail":""}]'`,
		);
		const decide = () =>
			commentRepository(blog.db).decide([1], "published", {
				actor: "author",
				reason: "",
				at: blog.now,
				challenge: "proof_of_work",
			});
		await hold("1");
		expect(await decide()).toEqual([]);
		blog.setClock(start + hour);
		expect(await decide()).toEqual([1]);
	});
});

describe("while comments are closed", () => {
	it("no post has a form or reply links, and each says until when", async () => {
		await comment("before");
		expect(await page()).toContain("/comments/1/reply");
		await close("6");
		const html = await page();
		expect(html).toContain("Comments are closed on this blog until 1 January 2026 at 06:00.");
		expect(html).toContain("before");
		expect(html).not.toContain("<textarea");
		expect(html).not.toContain("/comments/1/reply");
		expect(await page(japanesePath)).toContain(
			"このブログでは、2026年1月1日 6:00までコメントの受付を停止しています。",
		);
		const reply = await blog.get("/comments/1/reply");
		expect([reply.status, await reply.text()]).toEqual([
			403,
			expect.stringContaining("Comments are closed on this blog until 1 January 2026 at 06:00."),
		]);
		expect(await page("/2024/05/03/closed/")).toContain("Comments are closed.");
	});

	it("gives back the form of whoever was writing, with the time to send it again", async () => {
		await close("6");
		const typed = {
			name: "Ann",
			email: "ann@mail.example",
			website: "https://ann.example/",
			text: "my words",
		};
		for (const [to, sentence] of [
			[post, "Comments are closed on this blog until 1 January 2026 at 06:00, so yours was not posted."],
			[japanese, "このブログでは2026年1月1日 6:00までコメントの受付を停止しているため"],
		] as const) {
			const refused = await blog.post("/comments", { ...typed, post: to });
			const html = await refused.text();
			expect([refused.status, html]).toEqual([403, expect.stringContaining(sentence)]);
			for (const text of Object.values(typed)) expect(html).toContain(text);
		}
		expect(await states()).toEqual([]);
		blog.setClock(start + 6 * hour);
		await comment("my words");
		expect(await states()).toEqual(["published"]);
	});

	it("the blog itself can still reply", async () => {
		await comment("before");
		await close("0");
		expect(await page()).toContain("Comments are closed on this blog for now.");
		await blog.post(
			"/admin/comments/1/reply",
			{ key: crypto.randomUUID(), text: "Good night", seen: "1:1" },
			owner,
		);
		expect(await states()).toEqual(["published", "published"]);
	});
});

describe("a comment that was judged before the pause", () => {
	const judged: NewComment = {
		...{ postId: post, parentId: null, name: "Ann", email: null, website: null, text: "t", visitor: "v" },
		...{ html: "<p>t</p>", lang: null, fingerprint: "f", formKey: null, network: null, contentHash: null },
		...{ findings: [], byAuthor: false, nameSkeletons: null, state: "published", createdAt: start },
	};
	const add = () =>
		commentRepository(blog.db).add(judged, { since: 0, doublePostSince: null, isNewVisitor: false });

	it("waits with the others, and its author is told so", async () => {
		await hold("1");
		expect(await add()).toMatchObject({ state: "held", findings: [{ rule: "paused" }] });
		expect(await blog.db.prepare("SELECT published_at FROM comments").first("published_at")).toBeNull();
	});

	it("is not stored while comments are closed", async () => {
		await close("1");
		expect(await add()).toBe("paused");
	});
});

describe("pages kept in caches", () => {
	it("show a pause and its end within a purge, and its end by itself without one", async () => {
		const later = async () => {
			blog.setClock(blog.now + 60_000);
			await blog.cron();
		};
		const isOpen = async () => (await blog.cache.get(path)).body.includes("<textarea");
		await comment("before");
		await later();
		expect(await isOpen()).toBe(true);
		await close("1");
		await later();
		expect(await isOpen()).toBe(false);
		await pause({ do: "end" });
		await later();
		expect(await isOpen()).toBe(true);
		await close("1");
		const until = blog.now + hour;
		await later();
		expect(await isOpen()).toBe(false);
		blog.cache.refusePurges(true);
		blog.setClock(until - 1);
		expect(await isOpen()).toBe(false);
		blog.setClock(until);
		expect(await isOpen()).toBe(true);
		expect(await page()).toContain("<textarea");
		blog.cache.refusePurges(false);
	});

	it("are the same bytes for every reader, also of a post that nobody ever commented on", async () => {
		expect(await page(japanesePath)).toContain("<textarea");
		await close("1");
		const [one, other] = [await page(japanesePath), await page(japanesePath, owner)];
		expect(one).toBe(other);
		expect(one).not.toContain("<textarea");
	});
});

describe("the admin", () => {
	const pages = ["/admin/comments", "/admin/log", "/admin/commenters", "/admin/settings", "/admin/account"];

	it("says on every page what is paused and until when, with the button that ends it", async () => {
		await hold("24");
		for (const address of [...pages, "/admin/team", "/admin/upcoming", "/admin/notices"]) {
			const html = await page(address, owner);
			expect(html, address).toContain(
				"Every new comment is held for approval until 2 January 2026 at 00:00.",
			);
			expect(html, address).toMatch(/<button[^>]*name="do" value="end"/);
		}
		await pause({ do: "end" }, moderator);
		for (const address of pages) expect(await page(address, moderator)).not.toContain('value="end"');
	});

	it("says it in Japanese", async () => {
		await close("0");
		expect(await page("/admin/comments", { ...owner, "Accept-Language": "ja" })).toContain(
			"すべての記事でコメントの受付を停止しています。",
		);
	});

	it("logs both, undoes both, and changes nothing that somebody else has changed since", async () => {
		const done = (response: Response) =>
			new URL(response.headers.get("Location") ?? "", blog.origin).searchParams.get("done") ?? "";
		const closed = done(await close("1"));
		expect(await page("/admin/log", moderator)).toContain("Closed comments on all posts");
		await blog.post("/admin/undo", { operation: closed }, moderator);
		expect(await page()).toContain("<textarea");
		await hold("1");
		const ended = done(await pause({ do: "end" }));
		await blog.post("/admin/undo", { operation: ended }, moderator);
		expect(await page()).toContain("read by a moderator");
		const stale = await blog.post(
			"/admin/pause",
			{ do: "end", version: "1", back: "/admin/comments" },
			moderator,
		);
		expect(done(stale)).toBe("nothing");
		expect(await page()).toContain("read by a moderator");
	});

	it.each([
		["no mode", { hours: "1" }],
		["another mode", { mode: "x", hours: "1" }],
		["no hours", { mode: "hold" }],
		["other hours", { mode: "hold", hours: "1e9" }],
	])("pauses nothing for a form with %s", async (_, fields) => {
		expect((await pause(fields)).headers.get("Location")).toContain("done=nothing");
		expect(await page()).not.toContain("read by a moderator");
	});
});
