import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";
import { breakTable } from "../../support/broken-tables.ts";

const path = "/2024/05/01/hello/";
const post = "2024-05-01-hello";
let blog: Blog;
let cookie: string;

beforeAll(async () => {
	blog = await startBlog();
	const posted = await blog.post("/comments", { post, name: "花子", text: "Hello" });
	cookie = posted.headers.get("Set-Cookie")?.split(";")[0] ?? "";
	for (const table of ["threads", "comments", "reactions", "pending_purges"])
		await breakTable(blog.db, table);
});
afterAll(() => blog.stop());

describe("while the database fails", () => {
	it("the post is readable, with a note for the thread, and is not cached", async () => {
		for (const address of [path, `${path}?sort=newest`, `${path}?after=1`]) {
			const response = await blog.get(address);
			expect([response.status, response.headers.get("Cache-Control")]).toEqual([503, "private, no-store"]);
			const html = await response.text();
			expect(html).toContain("<strong>first</strong>");
			expect(html).toContain("Comments can’t be loaded right now.");
		}
	});

	it("lists are readable", async () => {
		const response = await blog.get("/");
		expect([response.status, response.headers.get("Cache-Control")]).toEqual([200, "private, no-store"]);
	});

	it("a commenter gets the form back with the text", async () => {
		const response = await blog.post("/comments", { post, name: "花子", text: "words not to be lost" });
		expect(response.status).toBe(503);
		expect(response.headers.getSetCookie()).toEqual([]);
		expect(await response.text()).toContain("\nwords not to be lost</textarea>");
	});

	it.each([
		["GET", "/comments/1"],
		["GET", "/comments/1/reply"],
		["GET", "/comments/1/edit"],
		["GET", "/comments.xml"],
		["GET", `${path}comments.xml`],
		["GET", "/api/v1/posts/2024-05-01-hello/comments"],
		["GET", "/api/v1/counts?id=2024-05-01-hello"],
		["GET", "/me"],
		["GET", "/me/export"],
		["POST", "/me/erasure"],
		["POST", "/me/anonymization"],
		["POST", "/reactions"],
		["POST", "/reactions/removals"],
		["POST", "/comments/1/deletion"],
	])("everything else says so in a sentence: %s %s", async (method, address) => {
		const headers = { Cookie: cookie };
		const response =
			method === "GET"
				? await blog.get(address, headers)
				: await blog.post(address, { post, kind: "like" }, headers);
		expect([response.status, response.headers.get("Cache-Control")]).toEqual([503, "private, no-store"]);
		expect(await response.text()).not.toMatch(/SQLITE|D1_ERROR|at \w+ \(/);
	});
});
