import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signPreview } from "../../../src/posts/preview.ts";
import { signedIn } from "../../support/admin.ts";
import { type Blog, startBlog } from "../../support/blog.ts";

let blog: Blog;
const secret = "a secret that previews are signed with";
const now = Date.parse("2026-01-01T00:00:00Z");
const day = 86_400_000;

beforeAll(async () => {
	blog = await startBlog({
		secret,
		files: {
			"posts/2024-05-04-draft.md": "---\ntitle: A draft\ndate: 2024-05-04\ndraft: true\n---\nNot **yet**.\n",
			"posts/later.md": "---\ntitle: いつか\ndate: 2026-02-01T09:00\nlang: ja\n---\nまだです。\n",
		},
	});
});
afterAll(() => blog.stop());

const preview = async (path: string, id: string, until = now + day, key = secret) =>
	blog.get(`${path}?preview=${await signPreview({ id }, key, until)}`);

describe("a preview link", () => {
	it("shows a draft, uncached and not indexed, without comments", async () => {
		const response = await preview("/2024/05/04/draft/", "2024-05-04-draft");
		const html = await response.text();
		expect(response.status).toBe(200);
		expect(response.headers.get("Cache-Control")).toBe("private, no-store");
		expect(response.headers.get("X-Robots-Tag")).toBe("noindex");
		expect(html).toContain("Not <strong>yet</strong>.");
		expect(html).toContain("This is a draft.");
		expect(html).toContain('<meta name="robots" content="noindex"/>');
		expect(html).not.toMatch(/rel="canonical"|id="comments"|<form(?![^>]* action="\/search")/);
		expect(await (await blog.get("/robots.txt")).text()).toContain("Disallow: /*?preview=");
	});

	it("states when a scheduled post will be published, and redirects to it afterwards", async () => {
		const path = "/2026/02/01/later/";
		expect(await (await preview(path, "later")).text()).toContain("2026年2月1日 9:00に公開される記事です。");
		blog.setClock("2026-02-01T09:00:00+09:00");
		const response = await preview(path, "later", Date.parse("2027-01-01"));
		expect([response.status, response.headers.get("Location")]).toEqual([302, path]);
		blog.setClock(now);
	});

	it("opens one post, until it expires, and cannot be forged", async () => {
		const path = "/2024/05/04/draft/";
		const refused = [
			await preview(path, "later"),
			await preview(path, "2024-05-04-draft", now - 1000),
			await preview(path, "2024-05-04-draft", now + day, "another secret"),
			await blog.get(`${path}?preview=x.y.z`),
			await blog.get(`${path}?preview=`),
			await blog.get(path),
		];
		for (const response of refused) {
			expect([response.status, response.headers.get("Cache-Control")]).toEqual([404, "private, no-store"]);
			expect(await response.text()).not.toContain("yet");
		}
	});

	it("can be created in the admin by an owner", async () => {
		const owner = await signedIn(blog, "Mika", "owner");
		const html = await (await blog.get("/admin/upcoming", owner)).text();
		expect(html).toContain("Scheduled for 1 February 2026");
		const links = [...html.matchAll(/<a href="([^"]+\?preview=[^"]+)" lang="\w+">([^<]+)</g)];
		expect(links.map(([, , title]) => title)).toEqual(["いつか", "A draft"]);
		for (const [, link = ""] of links) {
			expect((await blog.get(link.slice(blog.origin.length))).status).toBe(200);
		}
	});

	it("does not allow comments on a draft", async () => {
		const response = await blog.post("/comments", { post: "2024-05-04-draft", name: "A", text: "Hi" });
		expect(response.status).toBe(404);
	});
});
