import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reservedSegments } from "../../../src/posts/engine-paths.ts";
import { signedIn } from "../../support/admin.ts";
import { type Blog, startBlog } from "../../support/blog.ts";
import { routeTable } from "../../support/route-table.ts";

let blog: Blog;
let owner: { Cookie: string };

beforeAll(async () => {
	blog = await startBlog();
	owner = await signedIn(blog, "Owner", "owner");
});
afterAll(() => blog.stop());

const parameters: Record<string, string> = {
	slug: "cloud",
	number: "2",
	lang: "ja",
	year: "2024",
	month: "05",
	id: "999",
	visitor: "someone",
	token: "a.b.c",
	post: "2024/05/01/hello",
	kind: "posts",
};
const files: Record<string, string> = { "/:file": "/sitemap-1.xml", "/scripts/:file": "/scripts/x.js" };

const addressOf = (path: string) =>
	files[path] ?? path.replace(/:(\w+)/g, (_, name: string) => parameters[name] ?? `no ${name}`);

/** Whether a route with a literal first segment has an address; `/verifications/:token` has `/verifications/requested`. */
const matches = (path: string, address: string) =>
	/^\/[a-z]/.test(path) && new RegExp(`^${path.replace(/:\w+/g, "[^/]+")}$`).test(address);

/** The engine's own paths, each with the methods its routes have. */
const own = new Map<string, Set<string>>();
for (const { path } of routeTable.filter(({ path }) => path !== "/*")) {
	const address = addressOf(path);
	const routes = routeTable.filter((route) => route.path === path || matches(route.path, address));
	const methods = new Set(routes.map(({ method }) => method));
	if (methods.has("GET")) methods.add("HEAD");
	own.set(address, methods);
}
const cases = [...own].map(([path, methods]) => ({ path, methods }));

const send = (path: string, method: string, headers: Record<string, string> = {}) =>
	fetch(blog.origin + path, {
		method,
		redirect: "manual",
		headers: { ...owner, "X-Test-Now": String(blog.now), "Sec-Fetch-Site": "same-origin", ...headers },
	});

const listed = (response: Response) => response.headers.get("Allow")?.split(", ").sort();

describe("one of the engine's own paths", () => {
	it("is one of many", () => {
		expect(cases.length).toBeGreaterThan(60);
		expect(cases.map(({ path }) => path).join(" ")).not.toContain("no ");
	});

	it.each(cases)(
		"answers a method it does not have with 405 and those it has: $path",
		async ({ path, methods }) => {
			const allowed = [...methods, "OPTIONS"].sort();
			for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"]) {
				if (methods.has(method)) continue;
				const response = await send(path, method);
				expect([method, response.status, listed(response)]).toEqual([method, 405, allowed]);
				expect(response.headers.get("Cache-Control")).toBe("private, no-store");
				const text = await response.text();
				if (method !== "HEAD") expect(text).toContain("can’t be used that way");
			}
		},
	);

	it.each(cases)(
		"answers OPTIONS with the methods it has, and nothing else: $path",
		async ({ path, methods }) => {
			const response = await send(path, "OPTIONS");
			expect([response.status, listed(response)]).toEqual([204, [...methods, "OPTIONS"].sort()]);
			expect(await response.text()).toBe("");
		},
	);

	it.each(cases.filter(({ methods }) => methods.has("GET")))(
		"answers HEAD as it does GET, without a body: $path",
		async ({ path }) => {
			const [get, head] = [await send(path, "GET"), await send(path, "HEAD")];
			expect([head.status, head.headers.get("Content-Type")]).toEqual([
				get.status,
				get.headers.get("Content-Type"),
			]);
			expect(head.headers.get("Cache-Control")).toBe(get.headers.get("Cache-Control"));
			expect(await head.text()).toBe("");
		},
	);
});

describe("a path that is not the engine's", () => {
	it("is not found by any method", async () => {
		for (const method of ["GET", "POST", "PUT", "OPTIONS"]) {
			const response = await send("/nowhere/", method);
			expect([method, response.status, response.headers.get("Allow")]).toEqual([method, 404, null]);
		}
	});
});

describe("robots.txt", () => {
	/** Whether a line excludes a path: a prefix, in which `*` stands for anything and `$` for the end (RFC 9309). */
	const excludes = (line: string, path: string) =>
		new RegExp(
			`^${line
				.replace(/[.+?()[\]{}|\\^]/g, "\\$&")
				.replaceAll("*", ".*")
				.replace(/\\?\$$/, "$")}`,
		).test(path);

	it("excludes every page of a visitor or a member, and nothing else", async () => {
		const text = await (await blog.get("/robots.txt")).text();
		const lines = [...text.matchAll(/^Disallow: (.+)$/gm)].map(([, path = ""]) => path);
		const excluded = (path: string) => lines.some((line) => excludes(line, path));
		for (const { path } of cases) {
			const isPrivate = /^\/(admin|moderation|comments|me|reactions|subscriptions|verifications)(\/|$)/.test(
				path,
			);
			expect([path, excluded(path)]).toEqual([path, isPrivate]);
		}
		for (const path of ["/me?done=erased", "/2024/05/01/hello/?flash=x"]) expect(excluded(path)).toBe(true);
		for (const segment of reservedSegments) expect(excluded(`/${segment}-of-cats/`)).toBe(false);
		expect(excluded("/menu/")).toBe(false);
	});
});
