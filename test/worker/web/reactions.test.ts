import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";

const path = "/2024/05/01/hello/";
const post = "2024-05-01-hello";
let blog: Blog;

beforeAll(async () => {
	blog = await startBlog();
	await blog.post("/comments", { post, name: "花子", text: "Hello" });
});
afterAll(() => blog.stop());
beforeEach(async () => {
	await blog.db.exec("DELETE FROM reactions");
});

const react = (fields: Record<string, string>, cookie = "", to = "/reactions") =>
	blog.post(to, { post, kind: "like", ...fields }, cookie === "" ? {} : { Cookie: cookie });
const cookieOf = (response: Response) => response.headers.get("Set-Cookie")?.split(";")[0] ?? "";
const tallies = async () =>
	JSON.parse(
		(await blog.db
			.prepare("SELECT tallies FROM threads WHERE post_id = ?")
			.bind(post)
			.first<string>("tallies")) ?? "{}",
	);

describe("reacting to a post", () => {
	it("counts each visitor once and offers to remove the reaction", async () => {
		const first = await react({});
		expect(first.status).toBe(303);
		const landing = first.headers.get("Location") ?? "";
		expect(landing).toMatch(/#reactions$/);
		const own = await (await blog.get(landing.split("#")[0] ?? "")).text();
		expect(own).toContain("You reacted: Like.");
		expect(own).toContain('action="/reactions/removals"');
		await Promise.all(Array.from({ length: 50 }, () => react({}, cookieOf(first))));
		expect(await tallies()).toEqual({ like: 1 });
		expect(await (await blog.get(path)).text()).toContain('aria-label="Like, 1 reader"');
	});

	it("is exact with many visitors at once", async () => {
		await Promise.all(Array.from({ length: 60 }, (_, i) => react({ kind: i % 2 ? "love" : "like" })));
		expect(await tallies()).toEqual({ like: 30, love: 30 });
	});

	it("can be removed once", async () => {
		const cookie = cookieOf(await react({}));
		await react({});
		for (let i = 0; i < 3; i++) await react({}, cookie, "/reactions/removals");
		expect(await tallies()).toMatchObject({ like: 1 });
		await react({ kind: "love" }, "", "/reactions/removals");
		expect(await tallies()).toMatchObject({ like: 1 });
	});
});

describe("reacting to a comment", () => {
	it("counts on the comment and redirects to it", async () => {
		const response = await react({ comment: "1" });
		expect(response.headers.get("Location")).toMatch(/#comment-1$/);
		const html = await (await blog.get(path)).text();
		expect(html).toMatch(/id="comment-1".*aria-label="Like, 1 reader"/s);
	});
});

describe("an invalid reaction", () => {
	it.each([
		["an unknown kind", { kind: "hate" }, 400],
		["a kind this site does not offer", { kind: "wow" }, 400],
		["a comment that is not there", { comment: "77" }, 404],
		["a post that is not there", { post: "none" }, 404],
	])("to %s is refused", async (_, fields, status) => {
		expect((await react(fields)).status).toBe(status);
		expect(await tallies()).not.toHaveProperty("hate");
	});

	it("from another site is rejected", async () => {
		const response = await blog.post(
			"/reactions",
			{ post, kind: "like" },
			{ "Sec-Fetch-Site": "cross-site" },
		);
		expect(response.status).toBe(403);
	});
});
