import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../../src/app.ts";
import { type Blog, startBlog } from "../../support/blog.ts";

let blog: Blog;

beforeAll(async () => {
	blog = await startBlog();
	await blog.post("/comments", { post: "2024-05-01-hello", name: "花子", text: "Hello" });
});
afterAll(() => blog.stop());

/** Two values for each path parameter: one that exists and one that does not. */
const parameters: Record<string, [string, string]> = {
	slug: ["cloud", "nothing"],
	number: ["2", "9"],
	lang: ["ja", "xx"],
	year: ["2024", "1999"],
	month: ["05", "12"],
	id: ["1", "99"],
	visitor: ["someone", "nobody"],
	token: ["a.b.c", "nothing"],
	post: ["2024/05/01/hello", "nowhere"],
	file: ["passkey-0000000000000000.js", "nothing.js"],
};

const routes = createApp(() => {
	throw new Error("the route table is read, not run");
}).routes.filter(({ method }) => method !== "ALL");

const requests = [
	...routes.flatMap(({ method, path }) =>
		[0, 1].map((which) => ({
			method,
			path: path
				.replace(
					/:(\w+)(\{[^/]*\})?/g,
					(_, name: string) => parameters[name]?.[which] ?? `no parameter ${name}`,
				)
				.replace("*", which === 0 ? "2024/05/01/hello/" : "nowhere"),
		})),
	),
	{ method: "GET", path: "/2024/05/01/hello/?flash=bad" },
	{ method: "GET", path: "/2024/05/01/hello" },
	{ method: "PUT", path: "/comments" },
	{ method: "DELETE", path: "/" },
];

describe("every response", () => {
	it("is tested from the route table", () => {
		expect(routes.length).toBeGreaterThan(15);
		expect(requests.map(({ path }) => path).join(" ")).not.toContain("no parameter");
	});

	it.each(requests)(
		"says its caching and carries the security headers: $method $path",
		async ({ method, path }) => {
			const response = await fetch(blog.origin + path, {
				method,
				redirect: "manual",
				...(method === "POST" ? { body: new URLSearchParams({ post: "x" }) } : {}),
			});
			expect(response.status).toBeLessThan(500);
			expect(response.headers.get("Cache-Control")).toMatch(/^(public, max-age=\d+|private, no-store)/);
			const policy = response.headers.get("Content-Security-Policy") ?? "";
			expect(policy).toContain("default-src 'none'");
			expect(policy).toContain("frame-ancestors 'none'");
			expect(policy).toContain("base-uri 'none'");
			expect(policy).not.toMatch(/unsafe|script-src (?!'self')|\*/);
			expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
			expect(response.headers.get("X-Frame-Options")).toBe("DENY");
			expect(response.headers.get("Referrer-Policy")).toBe("strict-origin-when-cross-origin");
			expect(response.headers.get("Permissions-Policy")).toContain("camera=()");
			expect(response.headers.get("Strict-Transport-Security")).toMatch(/max-age=\d{8}/);
			const shared = response.headers.get("Cache-Control")?.startsWith("public");
			expect(response.headers.get("Cross-Origin-Opener-Policy")).toBe(shared ? null : "same-origin");
			if (response.headers.has("Set-Cookie")) expect(shared).toBe(false);
		},
	);

	it("may be cached for the canonical queries of a thread only", async () => {
		const kept = async (query: string) =>
			(await blog.get(`/2024/05/01/hello/${query}`)).headers.get("Cache-Control") !== "private, no-store";
		for (const query of ["", "?after=1", "?sort=newest", "?sort=top&after=1"]) {
			expect([query, await kept(query)]).toEqual([query, true]);
		}
		for (const query of [
			"?sort=x",
			"?after=01",
			"?after=1e0",
			"?after=-1",
			"?after=x",
			"?after=1&after=1",
			"?y=1",
		]) {
			expect([query, await kept(query)]).toEqual([query, false]);
		}
	});

	it("never sets a cookie on a shared page", async () => {
		for (const path of ["/", "/2024/05/01/hello/", "/feed.xml"]) {
			expect((await blog.get(path)).headers.has("Set-Cookie"), path).toBe(false);
		}
	});
});

describe("the style sheet", () => {
	it("is inlined and allowed by its hash", async () => {
		const response = await blog.get("/");
		const css = (await response.text()).match(/<style>(.*)<\/style>/s)?.[1] ?? "";
		expect(css.length).toBeGreaterThan(500);
		const digest = createHash("sha256").update(css).digest("base64");
		expect(response.headers.get("Content-Security-Policy")).toContain(`style-src 'sha256-${digest}'`);
	});
});

describe("a blog without https", () => {
	it("does not send Strict-Transport-Security", async () => {
		const plain = await startBlog({ files: { "site.yaml": "title: Local\n" } });
		expect((await plain.get("/")).headers.has("Strict-Transport-Security")).toBe(false);
		await plain.stop();
	});
});

describe("a blog that is still being set up", () => {
	it.each([
		["no database yet", { migrated: false }],
		["no secret yet", { secret: null }],
	])("shows its posts and says that comments are coming: %s", async (_, options) => {
		const bare = await startBlog(options);
		const response = await bare.get("/2024/05/01/hello/");
		const html = await response.text();
		expect([response.status, response.headers.get("Cache-Control")]).toEqual([503, "private, no-store"]);
		expect(html).toContain("<strong>first</strong>");
		expect(html).toContain("Comments are being set up");
		expect((await bare.get("/")).status).toBe(200);
		const refused = await bare.post("/comments", {
			post: "2024-05-01-hello",
			name: "花子",
			text: "kept words",
		});
		expect(refused.status).toBe(503);
		expect(await refused.text()).toContain("kept words");
		await bare.stop();
	});
});
