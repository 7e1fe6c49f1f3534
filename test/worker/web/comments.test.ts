import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";

const path = "/2024/05/01/hello/";
const post = "2024-05-01-hello";
let blog: Blog;

beforeAll(async () => {
	blog = await startBlog();
});
afterAll(() => blog.stop());
beforeEach(async () => {
	blog.setClock("2026-01-01T00:00:00Z");
	await emptyTables(blog.db, "comments", "threads", "reactions", "used_tokens");
});

const comment = (fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
	blog.post("/comments", { post, name: "花子", text: "**よい**記事", ...fields }, headers);
const page = async (address = path, headers: Record<string, string> = {}) =>
	(await blog.get(address, headers)).text();
const count = async () =>
	(await blog.db.prepare("SELECT count(*) AS n FROM comments").first<{ n: number }>())?.n;
const landing = (response: Response) => response.headers.get("Location")?.split("#")[0] ?? "";

describe("posting a comment", () => {
	it("redirects its author to it, and shows it to everyone", async () => {
		const response = await comment();
		expect(response.status).toBe(303);
		expect(response.headers.get("Location")).toMatch(/^\/2024\/05\/01\/hello\/\?flash=[\w.-]+#comment-1$/);
		const own = await blog.get(landing(response));
		expect(own.headers.get("Cache-Control")).toBe("private, no-store");
		expect(own.headers.get("X-Robots-Tag")).toBe("noindex");
		expect(await own.text()).toContain("Your comment has been published.");
		const shared = await page();
		expect(shared).toContain(
			'<div class="prose e-content" lang="ja"><p dir="auto"><strong>よい</strong>記事</p></div>',
		);
		expect(shared).toContain("1 comment");
		expect(shared).not.toContain("Your comment has been published.");
	});

	it("is refused with its text and a sentence when it would grow too large", async () => {
		const text = "a@b.cc ".repeat(1400);
		const response = await comment({ text });
		const html = await response.text();
		expect([response.status, await count()]).toEqual([422, 0]);
		expect(html).toContain("too many links, lists or quotations");
		expect(html).toContain(text.trim());
	});

	it("makes one comment of a POST sent twice, and answers both alike", async () => {
		const both = await Promise.all([comment(), comment()]);
		expect(await count()).toBe(1);
		for (const { status, headers } of both) {
			expect([status, headers.get("Location")?.split("#")[1]]).toEqual([303, "comment-1"]);
		}
		const owner = both.find(({ headers }) => headers.has("Set-Cookie"));
		const again = await comment({}, { Cookie: owner?.headers.get("Set-Cookie")?.split(";")[0] ?? "" });
		const place = ({ headers }: Response) => headers.get("Location")?.replace(/flash=[^#]+/, "flash");
		expect(again.status).toBe(303);
		expect(place(again)).toBe(owner && place(owner));
		blog.setClock("2026-01-01T00:09:59Z");
		await comment();
		expect(await count()).toBe(1);
		blog.setClock("2026-01-01T00:10:01Z");
		await comment();
		expect(await count()).toBe(2);
	});

	it("keeps the same words under the same name from two senders, and gives each their own", async () => {
		const cookieOf = (response: Response) => response.headers.get("Set-Cookie")?.split(";")[0] ?? "";
		const from = (network: string, headers: Record<string, string> = {}) =>
			comment({}, { "CF-Connecting-IP": network, ...headers });
		const first = await from("192.0.2.1");
		// Somebody else at once, and later in the first one's network, with a cookie of their own.
		const second = await from("198.51.100.7");
		const visitor = cookieOf(await comment({ text: "before" }, { "CF-Connecting-IP": "203.0.113.9" }));
		await from("192.0.2.1", { Cookie: visitor });
		expect(await count()).toBe(4);
		for (const [response, id] of [
			[first, 1],
			[second, 2],
		] as const) {
			expect(response.headers.get("Location")?.split("#")[1]).toBe(`comment-${id}`);
			expect(await (await blog.get(`/comments/${id}/edit`, { Cookie: cookieOf(response) })).status).toBe(200);
		}
		expect((await blog.get("/comments/1/edit", { Cookie: cookieOf(second) })).status).not.toBe(200);
		// And again by each: still one each.
		await from("198.51.100.7");
		await from("192.0.2.1", { Cookie: cookieOf(first) });
		expect(await count()).toBe(4);
	});

	it("keeps the same text from two people", async () => {
		await Promise.all([comment(), comment({ name: "太郎" }), comment({ post: "2024-05-02-こんばんは" })]);
		expect(await count()).toBe(3);
	});

	it("nests a reply under its parent and rejects one whose parent does not exist", async () => {
		await comment();
		await comment({ parent: "1", name: "Tom", text: "A reply" });
		expect(await page()).toMatch(/id="comment-1".*<ol class="thread"><li id="comment-2".*A reply/s);
		const orphan = await comment({ parent: "99", text: "To nobody" });
		expect(orphan.status).toBe(409);
		expect(await orphan.text()).toContain("To nobody");
		const elsewhere = await comment({ parent: "1", post: "2024-05-02-こんばんは", text: "Wrong post" });
		expect(elsewhere.status).toBe(409);
	});

	it("keeps the count right when ten arrive at once", async () => {
		await Promise.all(Array.from({ length: 10 }, (_, i) => comment({ text: `number ${i}` })));
		expect(await page()).toContain("10 comments");
	});

	it("shows a thread longer than a page in pages that join without gap", async () => {
		for (let i = 1; i <= 60; i++) await comment({ text: `number ${i}.` });
		const first = await page();
		expect(first).toContain("number 50.");
		expect(first).not.toContain("number 51.");
		const next = first.match(/href="([^"]+\?after=\d+)#comments" rel="next"/)?.[1] ?? "";
		const second = await page(next);
		expect(second).toContain("number 51.");
		expect(second).toContain("number 60.");
		expect(second).not.toContain("number 50.");
		expect(second).not.toContain("More comments");
		const last = await comment({ text: "the very last" });
		expect(await page(landing(last))).toContain("the very last");
	});
});

describe("a double click by a new visitor", () => {
	const from = (address: string) => ({ "CF-Connecting-IP": address });
	const here = from("203.0.113.7");
	const cookieOf = (response: Response) => response.headers.get("Set-Cookie")?.split(";")[0] ?? "";
	/** Whether the recipient of this response may edit the comment, by their cookie and by the link on their page. */
	const mayEdit = async (answer: Response) => {
		const cookie = { Cookie: cookieOf(answer) };
		const byCookie = await blog.get("/comments/1/edit", cookie);
		const byLink = (await page(landing(answer), cookie)).includes('href="/comments/1/edit?key=');
		expect(byLink).toBe(byCookie.status === 200);
		return byLink;
	};

	it.each([
		["203.0.113.7", "203.0.113.7"],
		["2001:db8::1", "2001:db8::2"],
		["127.0.0.1", "::1"],
	])("makes one comment, theirs whichever answer their browser shows: %s and %s", async (one, other) => {
		const fields = { email: "me@example.com", website: "https://me.example/" };
		const both = await Promise.all([comment(fields, from(one)), comment(fields, from(other))]);
		expect(await count()).toBe(1);
		for (const answer of both) expect(await mayEdit(answer)).toBe(true);
		expect(cookieOf(both[0])).toBe(cookieOf(both[1]));
	});

	it.each([
		["from another network", {}, from("203.0.113.8")],
		["from this machine", {}, from("127.0.0.1")],
		["with another e-mail address", { email: "other@example.com" }, here],
		["with another website", { website: "https://other.example/" }, here],
	])("is not what somebody else sends, who has a comment of their own: %s", async (_, fields, headers) => {
		expect(await mayEdit(await comment({ email: "me@example.com" }, here))).toBe(true);
		const other = await comment({ email: "me@example.com", ...fields }, headers);
		expect(await mayEdit(other)).toBe(false);
		expect(other.headers.get("Location")).toMatch(/#comment-2$/);
		expect((await blog.get("/comments/2/edit", { Cookie: cookieOf(other) })).status).toBe(200);
		expect(await count()).toBe(2);
	});

	it.each([
		["too late", {}, here, 10_000],
		["from a form of one's own", { key: "0b0e2a5e-0000-4000-8000-000000000000" }, here, 0],
	])("is not what somebody else sends: %s", async (_, fields, headers, later) => {
		expect(await mayEdit(await comment({ email: "me@example.com" }, here))).toBe(true);
		blog.setClock(blog.now + later);
		const repeated = await comment({ email: "me@example.com", ...fields }, headers);
		expect(repeated.headers.get("Set-Cookie")).toBeNull();
		expect(await mayEdit(repeated)).toBe(false);
		expect(await count()).toBe(1);
	});

	it("does not apply to a known visitor, nor to a repetition of a comment by one", async () => {
		const reaction = await blog.post("/reactions", { post, kind: "like" }, here);
		const known = await comment({}, { ...here, Cookie: cookieOf(reaction) });
		expect(await mayEdit(known)).toBe(true);
		expect(await mayEdit(await comment({}, here))).toBe(false);
		await emptyTables(blog.db, "comments");
		await comment({}, here);
		const somebody = await comment({}, { ...here, Cookie: cookieOf(reaction) });
		expect(somebody.headers.get("Location")).toMatch(/#comment-2$/);
		await emptyTables(blog.db, "comments");
		const first = await comment({}, here);
		await comment({ text: "and more" }, { ...here, Cookie: cookieOf(first) });
		expect(await mayEdit(await comment({}, here))).toBe(false);
	});
});

describe("a rejected comment", () => {
	it("is returned complete, with each error at its field", async () => {
		const response = await comment({
			name: " ",
			email: "nobody",
			website: "https:example.com",
			text: "<b>\n kept",
		});
		expect(response.status).toBe(422);
		const html = await response.text();
		expect(html).toContain("\n&lt;b&gt;\n kept</textarea>");
		expect(html).toContain('value="nobody"');
		expect(html).toContain('value="https:example.com"');
		for (const field of ["name", "email", "website"]) expect(html).toContain(`id="${field}-error"`);
		expect(html).not.toContain('id="text-error"');
		expect(html).toContain("Please enter a name. Any name will do.");
		expect(await count()).toBe(0);
	});

	it.each(["> ", "[](https://a.example)", "&#8203;", "\u3164\u200b"])(
		"of %j, which readers would not see, is told why",
		async (text) => {
			const response = await comment({ name: "\u2800", text });
			expect(response.status).toBe(422);
			const html = await response.text();
			expect(html).toContain("Readers would see an empty comment");
			expect(html.replaceAll("&gt;", ">").replaceAll("&amp;", "&")).toContain(`\n${text}</textarea>`);
			expect(html).toContain("This name has only characters that nobody can see.");
			expect(await count()).toBe(0);
		},
	);

	it("uses the post's language", async () => {
		const response = await comment({ post: "2024-05-02-こんばんは", text: "" });
		expect(await response.text()).toContain("コメントが空です。本文を入力してください。");
	});

	it("that is too long is returned uncut", async () => {
		const text = "あ".repeat(10_001);
		const response = await comment({ text });
		expect(response.status).toBe(422);
		expect(await response.text()).toContain(text);
		expect((await comment({ text: "あ".repeat(10_000) })).status).toBe(303);
	});

	it.each([
		["another site", { "Sec-Fetch-Site": "cross-site" }],
		["a sister site", { "Sec-Fetch-Site": "same-site" }],
	])("from %s gets its form back", async (_, headers) => {
		const response = await comment({}, headers);
		expect(response.status).toBe(403);
		expect(await response.text()).toContain("**よい**記事");
		expect(await count()).toBe(0);
	});

	it("says that the thread is closed", async () => {
		const response = await comment({ post: "2024-05-03-closed" });
		expect(response.status).toBe(403);
		expect(await response.text()).toContain("**よい**記事");
	});

	it.each([
		["no such post", { post: "nothing" }, 404],
		["a parent that is no number", { parent: "1; DROP TABLE comments" }, 400],
	])("for %s is a sentence", async (_, fields, status) => {
		const response = await comment(fields);
		expect(response.status).toBe(status);
		expect(await response.text()).not.toMatch(/Error|at \w+ \(/);
	});

	it("is a 415 with another content type, and a 413 beyond the size limit", async () => {
		const json = await fetch(`${blog.origin}/comments`, {
			method: "POST",
			body: "{}",
			headers: { "Content-Type": "application/json", "Sec-Fetch-Site": "same-origin" },
		});
		expect(json.status).toBe(415);
		expect((await comment({ text: "a".repeat(300_000) })).status).toBe(413);
	});
});

describe("a preview", () => {
	it("shows the rendered comment, keeps the form filled in, and posts nothing", async () => {
		const response = await comment({ intent: "preview", email: "a@example.com" });
		const html = await response.text();
		expect(response.status).toBe(200);
		expect(html).toContain("<strong>よい</strong>");
		expect(html).toContain("\n**よい**記事</textarea>");
		expect(html).toContain('value="a@example.com"');
		expect(await count()).toBe(0);
	});
});

describe("a reply's page", () => {
	it("shows the parent comment and is not cached", async () => {
		await comment();
		const response = await blog.get("/comments/1/reply");
		expect(response.headers.get("Cache-Control")).toBe("private, no-store");
		const html = await response.text();
		expect(html).toContain("Reply to 花子");
		expect(html).toContain('name="parent" value="1"');
		expect((await blog.get("/comments/2/reply")).status).toBe(404);
	});
});

describe("the page after posting", () => {
	it("is the public page if its token is invalid, expired or for another post", async () => {
		const address = landing(await comment());
		const plain = async (url: string) => {
			const response = await blog.get(url);
			expect(response.status).toBe(302);
			expect(response.headers.get("Cache-Control")).toBe("private, no-store");
			return response.headers.get("Location");
		};
		expect(await plain(`${path}?flash=no.such.token`)).toBe(path);
		expect(await plain(`${address}x`)).toBe(path);
		const other = encodeURI("/2024/05/02/こんばんは/");
		expect(await plain(other + address.slice(path.length))).toBe(other);
		blog.setClock("2026-01-01T00:15:01Z");
		expect(await plain(address)).toBe(path);
	});
});

describe("e-mail addresses", () => {
	it("are on no page", async () => {
		const response = await comment({ email: "secret@example.com" });
		for (const address of [path, landing(response), "/comments/1/reply", "/", "/feed.xml"]) {
			expect(await page(address), address).not.toContain("secret@example.com");
		}
	});
});
