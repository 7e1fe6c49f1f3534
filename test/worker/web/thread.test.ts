import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";
import { fillThread } from "../../support/fill.ts";

const path = "/2024/05/01/hello/";
const post = "2024-05-01-hello";
let blog: Blog;

beforeAll(async () => {
	blog = await startBlog();
});
afterAll(() => blog.stop());
beforeEach(async () => {
	blog.setClock("2026-01-01T00:00:00Z");
	await emptyTables(blog.db, "comments", "threads", "reactions");
});

const comment = (fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
	blog.post("/comments", { post, name: "花子", text: "words", ...fields }, headers);
const page = async (address = path, headers: Record<string, string> = {}) =>
	(await blog.get(address, headers)).text();
const anchors = (html: string) =>
	Array.from(html.matchAll(/<li id="comment-(\d+)"/g), ([, id]) => Number(id));
const next = (html: string) =>
	html.match(/href="([^"]+)#comments" rel="next"/)?.[1]?.replaceAll("&amp;", "&") ?? null;
/** URLs of the branches that continue on another page. */
const branches = (html: string) =>
	Array.from(html.matchAll(/href="([^"]+\?branch=[^"]+)#comments" aria-label/g), ([, address]) =>
		(address ?? "").replaceAll("&amp;", "&"),
	);

describe("a long thread", () => {
	it("can be crawled to its last comment, each page with its own URL", async () => {
		await fillThread(blog.db, { postId: post, count: 330, branch: 110 });
		const seen: number[] = [];
		const toRead = [path];
		for (let address = toRead.shift(); address !== undefined; address = toRead.shift()) {
			const html = await page(address);
			// A page of one branch repeats the comment replied to.
			seen.push(...anchors(html).slice(address.includes("branch=") ? 1 : 0));
			const canonical = address.replaceAll("&", "&amp;");
			expect(html).toContain(`<link rel="canonical" href="https://cats.example${canonical}"/>`);
			toRead.push(...branches(html), ...(next(html) === null ? [] : [next(html) ?? ""]));
		}
		expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 330 }, (_, i) => i + 1));
	});

	it.each(["newest", "top"])("can be sorted with %s first, page by page", async (sort) => {
		await fillThread(blog.db, { postId: post, count: 120, branch: 2 });
		const seen: number[] = [];
		for (let address: string | null = `${path}?sort=${sort}`; address !== null; ) {
			const html: string = await page(address);
			seen.push(...anchors(html));
			expect(html).toContain(`<link rel="canonical" href="https://cats.example${path}"/>`);
			address = next(html);
		}
		expect(new Set(seen).size).toBe(120);
		expect(seen.slice(0, 2)).toEqual(sort === "newest" ? [119, 120] : [91, 92]);
	});

	it("offers sort orders with two comments or more, and marks the current one", async () => {
		await comment();
		expect(await page()).not.toContain("Newest first");
		await comment({ text: "more" });
		expect(await page()).toMatch(
			/aria-current="true">Oldest first.*\?sort=newest#comments.*\?sort=top#comments/s,
		);
	});

	it("shows half a page of a long branch, with links to the rest and back", async () => {
		await fillThread(blog.db, { postId: post, count: 180, branch: 90 });
		const first = await page();
		expect(anchors(first)).toEqual([
			...Array.from({ length: 25 }, (_, i) => i + 1),
			...Array.from({ length: 25 }, (_, i) => i + 91),
		]);
		expect(first).toContain("<summary>24 replies on this page</summary>");
		expect(first).toContain(
			`href="${path}?branch=1&amp;after=25#comments" aria-label="More replies to person 1">More replies</a>`,
		);
		const second = await page(`${path}?branch=1&after=25`);
		expect(anchors(second)).toEqual([1, ...Array.from({ length: 50 }, (_, i) => i + 26)]);
		expect(second).toContain('<a href="/comments/1" rel="prev">Earlier replies</a>');
		expect(second).not.toContain('class="sorts"');
		const third = await page(next(second) ?? "");
		expect(anchors(third)).toEqual([1, ...Array.from({ length: 15 }, (_, i) => i + 76)]);
		expect(third).toContain(`href="${path}?branch=1&amp;after=25#comments" rel="prev">Earlier replies</a>`);
		expect(next(third)).toBeNull();
		for (const sort of ["newest", "top"]) {
			expect(branches(await page(`${path}?sort=${sort}`))).toContain(`${path}?branch=1&after=25`);
		}
	});

	it("shows authors their reply far down a long branch in its place, held or not", async () => {
		await fillThread(blog.db, { postId: post, count: 60, branch: 60 });
		for (const [text, notice] of [
			["a late reply", "Your comment has been published."],
			["https://a.test https://b.test https://c.test https://d.test https://e.test", "waiting for approval"],
		] as const) {
			const answer = await comment({ parent: "30", text });
			const own = await page(answer.headers.get("Location")?.split("#")[0]);
			expect(own).toContain(notice);
			expect(own).toMatch(/id="comment-30".*<ol class="thread"><li id="comment-6[12]".*id="comment-31"/s);
			expect(anchors(own)[0]).toBe(1);
		}
	});

	it("redirects the URL of a missing page to the first, uncached", async () => {
		await fillThread(blog.db, { postId: post, count: 60, branch: 60 });
		await comment({ post: "2024-05-02-こんばんは" });
		const waiting = "https://a.test https://b.test https://c.test https://d.test https://e.test";
		await comment({ text: waiting });
		await comment({ text: `${waiting} too`, parent: "30" });
		await comment({ text: "another" });
		for (const query of [
			"?after=2",
			// The last of each order, after which there is nothing.
			"?after=64",
			"?sort=top&after=1",
			"?branch=1&after=60",
			"?after=61",
			"?after=99",
			// Held: a page that begins at it would reveal it.
			"?after=62",
			"?branch=1&after=1",
			"?branch=1&after=61",
			"?branch=1&after=63",
			"?branch=2&after=3",
			"?branch=99&after=3",
			"?branch=61&after=61",
		]) {
			const response = await blog.get(path + query);
			expect([response.status, response.headers.get("Location")], query).toEqual([302, path]);
			expect(response.headers.get("Cache-Control"), query).toContain("no-store");
		}
		expect((await blog.get("/about/?after=1")).headers.get("Location")).toBe("/about/");
		for (const query of ["?after=1", "?branch=1&after=30", "?sort=top&after=64"]) {
			expect((await blog.get(path + query)).headers.get("Cache-Control"), query).toBe("public, max-age=0");
		}
	});

	it("redirects a comment's permalink to the page it is on", async () => {
		await fillThread(blog.db, { postId: post, count: 330, branch: 110 });
		for (const id of [1, 50, 51, 110, 111, 200, 330]) {
			const response = await blog.get(`/comments/${id}`);
			expect(response.status).toBe(302);
			const location = response.headers.get("Location") ?? "";
			expect(location).toMatch(new RegExp(`#comment-${id}$`));
			expect(anchors(await page(location.split("#")[0]))).toContain(id);
		}
		await blog.db.exec("UPDATE comments SET state = 'deleted' WHERE id = 200");
		await blog.db.exec("UPDATE comments SET state = 'held' WHERE id = 201");
		expect((await blog.get("/comments/200")).status).toBe(410);
		expect((await blog.get("/comments/201")).status).toBe(404);
		expect((await blog.get("/comments/999")).status).toBe(404);
	});
});

describe("replies", () => {
	it("can be collapsed, and show their number", async () => {
		await comment();
		await comment({ parent: "1", text: "one" });
		await comment({ parent: "2", text: "two" });
		expect(await page()).toMatch(
			/id="comment-1".*<details open><summary>2 replies<\/summary><ol class="thread"><li id="comment-2".*<summary>1 reply</s,
		);
	});

	it("name their parent if nesting does not show it: too deep, or on another page", async () => {
		let parent = "";
		for (let i = 1; i <= 7; i++) {
			await comment({ parent, name: `person ${i}`, text: `level ${i}` });
			parent = String(i);
		}
		const html = await page();
		expect(html).not.toContain("in reply to person 4");
		for (const id of [5, 6]) {
			expect(html).toContain(`<a class="parent" href="#comment-${id}">in reply to person ${id}</a>`);
		}
		await emptyTables(blog.db, "comments");
		await fillThread(blog.db, { postId: post, count: 60, branch: 60 });
		await comment({ parent: "20", text: "an answer to somebody on the page before" });
		const further = await page(`${path}?branch=1&after=25`);
		expect(further).not.toContain("in reply to person 1");
		await comment({ parent: "26", text: "an answer on this page", name: "Tom" });
		await comment({ parent: "62", text: "an answer to that", name: "Ken" });
		expect(await page(`${path}?branch=1&after=62`)).toMatch(
			/id="comment-1".*id="comment-63".*<a class="parent" href="\/comments\/62">in reply to Tom<\/a>/s,
		);
	});

	it("are never nested below another comment than their parent, even a hidden one", async () => {
		await comment({ text: "first" });
		await comment({ text: "second" });
		await comment({ parent: "2", text: "to the second" });
		await blog.db.exec("UPDATE comments SET state = 'spam' WHERE id = 2");
		for (const address of [path, `${path}?sort=newest`, `${path}?sort=top`]) {
			const html = await page(address);
			expect(html).toMatch(
				/<li id="comment-2"><p class="deleted-comment">This comment was deleted.<\/p><details open><summary>1 reply<\/summary><ol class="thread"><li id="comment-3"/,
			);
			expect(html).not.toContain('<p dir="auto">second</p>');
		}
	});

	it("can begin with a quotation, without JavaScript", async () => {
		await comment({ text: "first line\n\nlast line" });
		expect(await page("/comments/1/reply")).toContain('href="/comments/1/reply?quote"');
		expect(await page("/comments/1/reply?quote")).toContain(
			"\n&gt; first line\n&gt; \n&gt; last line\n\n</textarea>",
		);
	});
});

describe("a thread closed by a moderator", () => {
	it("says so and since when, keeps its comments, and returns a late comment's form", async () => {
		expect((await comment({ text: "in time" })).status).toBe(303);
		blog.setClock("2026-01-02T00:00:00Z");
		await blog.db.exec(`UPDATE threads SET closed_at = ${blog.now}`);
		const late = await comment({ text: "too late" });
		expect(late.status).toBe(403);
		const html = await late.text();
		expect(html).toContain("A moderator has closed the comments");
		expect(html).toContain("too late</textarea>");
		const shared = await page();
		expect(shared).toContain("A moderator closed the comments on 2 January 2026.");
		expect(shared).toContain("in time");
		expect(shared).not.toMatch(/<textarea|\/reply"/);
		expect((await blog.get("/comments/1/reply")).status).toBe(403);
		// A decision stays one when the clock is set back before it.
		blog.setClock("2026-01-01T23:00:00Z");
		expect((await comment({ text: "too late again" })).status).toBe(403);
	});
});

describe("comment feeds", () => {
	it("exist for the site and for each post, newest first, and are linked from pages", async () => {
		await comment({ text: "**first**", website: "https://hanako.example/", email: "secret@example.com" });
		blog.setClock("2026-01-01T01:00:00Z");
		await comment({ parent: "1", name: "Tom", text: "second" });
		await comment({ post: "2024-05-02-こんばんは", text: "elsewhere" });
		const feed = await blog.get(`${path}comments.xml`);
		expect(feed.headers.get("Content-Type")).toBe("application/xml; charset=utf-8");
		const xml = await feed.text();
		expect(xml).toMatch(/second.*first/s);
		expect(xml).not.toMatch(/elsewhere|secret@example/);
		expect(xml).toContain("https://cats.example/comments/2");
		expect(xml).toContain("<uri>https://hanako.example/</uri>");
		expect(xml).toContain('&#x3C;p dir="auto">&#x3C;strong>first&#x3C;/strong>&#x3C;/p>');
		expect(await page("/comments.xml")).toMatch(/elsewhere/);
		await blog.db.exec("UPDATE comments SET state = 'spam' WHERE id = 3");
		expect(await page("/comments.xml")).not.toMatch(/elsewhere/);
		const html = await page();
		expect(html).toContain('title="Comments on A test of cats" href="/comments.xml"');
		expect(html).toContain('title="Comments on “Hello”" href="/2024/05/01/hello/comments.xml"');
	});

	it("are at WordPress's URLs", async () => {
		for (const [old, now] of [
			["/comments/feed/", "/comments.xml"],
			["/comments/feed", "/comments.xml"],
			["/comments/feed/atom/", "/comments.xml"],
			[`${path}feed/`, `${path}comments.xml`],
			[`${path}feed/rss2/`, `${path}comments.xml`],
			["/2024/05/01/HELLO/comments.xml", `${path}comments.xml`],
		] as const) {
			const response = await blog.get(old);
			expect([response.status, response.headers.get("Location")], old).toEqual([301, now]);
		}
		expect((await blog.get("/nowhere/comments.xml")).status).toBe(404);
		expect((await blog.get("/about/comments.xml")).status).toBe(404);
	});

	it("are valid XML for any text", async () => {
		await comment({ text: "bell \u0007 and ]]> <b> & \uFFFE", name: "a\u0001b" });
		const xml = await page("/comments.xml");
		for (const illegal of ["\u0007", "\u0001", "\uFFFE"]) expect(xml).not.toContain(illegal);
		expect(xml).toContain("bell \uFFFD and");
	});
});

describe("a post with twenty comments", () => {
	it("weighs at most 14 KB compressed", async () => {
		await fillThread(blog.db, { postId: post, count: 20, branch: 4 });
		// Hard to compress, like forty words.
		await blog.db.exec("UPDATE comments SET html = '<p>' || lower(hex(randomblob(120))) || '</p>'");
		const html = await page();
		expect(anchors(html).length).toBe(20);
		const bytes = gzipSync(html).length;
		console.log(`a post with 20 comments: ${bytes} bytes compressed`);
		expect(bytes).toBeLessThanOrEqual(14 * 1024);
	});
});
