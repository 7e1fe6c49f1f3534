import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { feedExtensions } from "../../../src/posts/locations.ts";
import { type Blog, startBlog } from "../../support/blog.ts";

const hello = "/2024/05/01/hello/";
const feeds = feedExtensions.flatMap((extension) =>
	["/feed", "/tag/edge/feed", "/ja/feed", "/comments", `${hello}comments`].map(
		(feed) => `${feed}.${extension}`,
	),
);
/** Addresses that the Worker serves; icons and media are static assets, which the platform answers itself, by their entity tags. */
const shared = [
	...["/", "/archive/", "/2024/", "/2024/05/", "/category/cloud/", "/tag/edge/", "/ja/", hello, "/about/"],
	...["/robots.txt", "/sitemap.xml", "/feed.css", "/comments/count?post=2024-05-01-hello"],
	...feeds,
];

let blog: Blog;

beforeAll(async () => {
	blog = await startBlog();
	await blog.post("/comments", { post: "2024-05-01-hello", name: "Kim", text: "Hello" });
	blog.setClock(blog.now + 60_000);
});
afterAll(() => blog.stop());

const send = (path: string, method: string, headers: Record<string, string> = {}) =>
	fetch(blog.origin + path, {
		method,
		redirect: "manual",
		headers: { "X-Test-Now": String(blog.now), ...headers },
	});

/** Headers that tell when and how a response was sent. */
const ofTransport = ["connection", "content-length", "date", "keep-alive", "transfer-encoding"];
const headersOf = (response: Response) =>
	[...response.headers].filter(([name]) => !ofTransport.includes(name));

describe("everything that is shared", () => {
	it("has an entity tag and a date, by which a client that has it gets no more than that (RFC 9110)", async () => {
		for (const path of shared) {
			const response = await send(path, "GET");
			const [etag, modified] = ["ETag", "Last-Modified"].map((name) => response.headers.get(name) ?? "");
			expect([path, response.status, etag, modified]).toEqual([
				path,
				200,
				expect.stringMatching(/^"/),
				expect.stringMatching(/ GMT$/),
			]);
			expect(Date.parse(modified ?? ""), path).toBeLessThanOrEqual(blog.now);
			const later = new Date(Date.parse(modified ?? "") + 1000).toUTCString();
			const earlier = new Date(Date.parse(modified ?? "") - 1000).toUTCString();
			for (const [headers, status] of [
				[{ "If-None-Match": etag ?? "" }, 304],
				[{ "If-None-Match": `"x", W/${etag}` }, 304],
				[{ "If-None-Match": "*" }, 304],
				[{ "If-None-Match": '"x"' }, 200],
				[{ "If-Modified-Since": modified ?? "" }, 304],
				[{ "If-Modified-Since": later }, 304],
				[{ "If-Modified-Since": earlier }, 200],
				[{ "If-Modified-Since": "yesterday" }, 200],
				// Entity tags count, if there are any.
				[{ "If-None-Match": '"x"', "If-Modified-Since": later }, 200],
			] as const)
				for (const method of ["GET", "HEAD"]) {
					const conditional = await send(path, method, headers);
					expect([path, method, headers, conditional.status]).toEqual([path, method, headers, status]);
				}
		}
	});

	it("answers HEAD as GET, without the body, whether or not it was rendered before", async () => {
		await blog.deploy({});
		for (const path of shared) {
			const [first, get, second] = [
				await send(path, "HEAD"),
				await send(path, "GET"),
				await send(path, "HEAD"),
			];
			expect(await first.text()).toBe("");
			for (const head of [first, second]) {
				expect([path, head.status, headersOf(head)]).toEqual([path, 200, headersOf(get)]);
				expect(head.headers.get("Content-Length")).toBe(String((await get.clone().arrayBuffer()).byteLength));
			}
		}
	});

	it("names its methods to OPTIONS", async () => {
		for (const path of shared) {
			const { status, headers } = await send(path, "OPTIONS");
			expect([path, status, headers.get("Allow")]).toEqual([path, 204, "GET, HEAD, OPTIONS"]);
		}
		expect((await send("/nowhere/", "OPTIONS")).status).toBe(404);
		expect((await send(hello, "DELETE")).status).toBe(405);
	});
});

describe("a comment", () => {
	it("makes its post's pages new to a client that knows only their date", async () => {
		const before = (await send(hello, "GET")).headers.get("Last-Modified") ?? "";
		blog.setClock(blog.now + 60_000);
		await blog.post("/comments", { post: "2024-05-01-hello", name: "Kim", text: "Another" });
		for (const path of [hello, `${hello}comments.xml`, "/comments.json", "/feed.rss"])
			expect((await send(path, "GET", { "If-Modified-Since": before })).status).toBe(200);
	});

	it("leaves no date on a page that changed twice in one second", async () => {
		const at = async (text: string, offset: number) => {
			blog.setClock(blog.now + offset);
			await blog.post("/comments", { post: "2024-05-02-こんばんは", name: "Kim", text });
			return (await send(encodeURI("/2024/05/02/こんばんは/"), "GET")).headers.get("Last-Modified");
		};
		blog.setClock(Math.ceil(blog.now / 1000) * 1000 + 60_000);
		expect([await at("One", 0), await at("Two", 300), await at("Three", 2000)]).toEqual([
			expect.any(String),
			null,
			expect.any(String),
		]);
	});
});

describe("a 404", () => {
	it.each([
		...[
			"/x.php",
			"/.env",
			"/.git/config",
			"/wp-login.php",
			"/wp-admin/",
			"/blog/wp-includes/x",
			"/app.js.map",
		],
		...["/nothing.png", "/backup.sql", "/scripts/none-0.js", "/comments.atom"],
	])("of what only programs ask for is a few bytes, kept a minute: %s", async (path) => {
		const response = await send(path, "GET");
		expect([
			response.status,
			response.headers.get("Cache-Control"),
			response.headers.get("Content-Type"),
		]).toEqual([404, "public, max-age=60", "text/plain; charset=UTF-8"]);
		expect((await response.text()).length).toBeLessThan(20);
	});

	it.each(["/helo/", "/2024/05/01/helo.html", "/2024/05/01/node.js/", "/hello", "/wp/"])(
		"of a page is a page: %s",
		async (path) => {
			const response = await send(path, "GET");
			expect([response.status, response.headers.get("Cache-Control")]).toEqual([404, "private, no-store"]);
			expect(await response.text()).toContain("<h1>");
		},
	);

	it("of a page offers those with similar names", async () => {
		expect(await (await send("/2024/05/01/helo/", "GET")).text()).toContain(`href="${hello}"`);
	});
});

describe("an error page", () => {
	it("is in one language throughout", async () => {
		const japanese = await startBlog({
			files: { "site.yaml": "title: ねこ\nurl: https://cats.example\nlanguage: ja\nreactions: [like]\n" },
		});
		const form = (fields: Record<string, string>, headers = {}) =>
			japanese.post("/reactions", fields, headers);
		const post = "2024-05-01-hello";
		const answers = [
			await form({ post: "nowhere", kind: "like" }),
			await form({ post, kind: "wow" }),
			await form({ post, kind: "like", comment: "x" }),
			await form({ post, kind: "like" }, { "Content-Type": "text/plain" }),
			await form({ post, kind: "like".repeat(80_000) }),
			await japanese.post("/", {}),
			await japanese.get("/nowhere/"),
		];
		const texts = await Promise.all(answers.map((answer) => answer.text()));
		for (const [at, html] of texts.entries()) {
			const main = /<main id="main">(.*)<\/main>/s.exec(html)?.[1] ?? "";
			const words = main.replace(/<ul>.*?<\/ul>/gs, "").replace(/<[^>]*>/g, " ");
			expect([answers[at]?.status, html.slice(0, 40)]).toEqual([
				expect.any(Number),
				expect.stringContaining('lang="ja"'),
			]);
			expect(words).toMatch(/\p{Script=Hiragana}/u);
			expect(words.replaceAll("application/x-www-form-urlencoded", "")).not.toMatch(/[a-z]{4,} [a-z]{2,}/i);
		}
		await japanese.stop();
	});
});
