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

describe("a double click without a cookie", () => {
	const from = (address: string, fields: Record<string, string> = {}, cookie = "", to = "/reactions") =>
		blog.post(
			to,
			{ post, kind: "like", ...fields },
			{ "CF-Connecting-IP": address, ...(cookie === "" ? {} : { Cookie: cookie }) },
		);
	const visitors = async () =>
		(await blog.db.prepare("SELECT DISTINCT visitor FROM reactions").all()).results.length;

	it("counts once, whichever target, and the last response can take it back", async () => {
		const start = Date.parse("2026-01-01T00:00:00Z");
		blog.setClock(start);
		for (const fields of [{}, { comment: "1" }]) {
			await blog.db.exec("DELETE FROM reactions");
			const pressed = [];
			for (let press = 0; press < 3; press++) {
				blog.setClock(start + press * 500);
				pressed.push(await from("192.0.2.1", fields));
			}
			expect(new Set(pressed.map(cookieOf)).size).toBe(3);
			expect(await visitors()).toBe(1);
			await from("192.0.2.1", fields, cookieOf(pressed[0] as Response), "/reactions/removals");
			expect(await visitors()).toBe(1);
			await from("192.0.2.1", fields, cookieOf(pressed[2] as Response), "/reactions/removals");
			expect(await visitors()).toBe(0);
		}
		expect(await tallies()).toMatchObject({ like: 0 });
	});

	it("is none across networks, kinds, targets or two seconds, nor where a cookie tells who it is", async () => {
		const start = Date.parse("2026-01-01T00:00:00Z");
		blog.setClock(start);
		const known = await from("192.0.2.1");
		await from("192.0.2.2");
		await from("192.0.2.1", { kind: "love" });
		await from("192.0.2.1", { comment: "1" });
		expect(await visitors()).toBe(4);
		await from("192.0.2.1", { kind: "love" }, cookieOf(known));
		await from("192.0.2.1", { kind: "love" });
		expect(await tallies()).toMatchObject({ like: 2, love: 2 });
		blog.setClock(start + 2_000);
		await from("192.0.2.1");
		expect(await tallies()).toMatchObject({ like: 3, love: 2 });
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
