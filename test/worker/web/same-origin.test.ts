import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

const form = { "Content-Type": "application/x-www-form-urlencoded" };
const post = (path: string, headers: Record<string, string>, body = "") =>
	fetch(blog.origin + path, {
		method: "POST",
		redirect: "manual",
		headers: { "X-Test-Now": String(blog.now), ...form, ...headers },
		body,
	});
const comment = "post=2024-05-01-hello&name=Ann&text=Kept+words&website=https%3A%2F%2Fann.example";

describe("a write of a browser that sends no Sec-Fetch-Site", () => {
	it("is accepted from the site's own URL, whatever host the request was sent to", async () => {
		expect((await post("/comments", { Origin: "https://cats.example" }, comment)).status).toBe(303);
		expect((await post("/me/session/end", { Origin: "https://cats.example" })).status).toBe(303);
	});

	it("is refused from the host it was sent to, if that is another name for the server", async () => {
		for (const path of ["/comments", "/me/session/end", "/admin/decisions"]) {
			const response = await post(path, { ...owner, Origin: blog.origin }, comment);
			expect([path, response.status]).toEqual([path, 403]);
		}
	});
});

describe("a write of another site", () => {
	const writes = routeTable.filter(
		({ method, path }) => method !== "GET" && path !== "/subscriptions/:token/end",
	);

	it.each(writes)("is refused whatever its content type: $method $path", async ({ method, path }) => {
		const address = path.replace(/:token/, "a.b.c").replace(/:\w+/g, "999");
		for (const type of ["application/json", "text/plain", "multipart/form-data; boundary=x"]) {
			const response = await fetch(blog.origin + address, {
				method,
				redirect: "manual",
				headers: { ...owner, "Content-Type": type, "Sec-Fetch-Site": "cross-site" },
				body: "{}",
			});
			// A page that shows the form again reads it first, and its link or comment.
			expect([403, 404, 410, 415, 400]).toContain(response.status);
			expect(response.headers.has("Set-Cookie")).toBe(false);
		}
		const empty = await post(address, { ...owner, "Sec-Fetch-Site": "cross-site" });
		expect([403, 404, 410]).toContain(empty.status);
		expect(empty.headers.has("Set-Cookie")).toBe(false);
	});

	it("gives the form back as it was filled in", async () => {
		const cross = { "Sec-Fetch-Site": "cross-site" };
		const answers = [
			await post("/comments", cross, comment),
			await post("/subscriptions", cross, "post=2024-05-01-hello&email=ann%40cats.example"),
			await post("/verifications", cross, "email=ann%40cats.example&name=Ann+of+Cats"),
		];
		const pages = await Promise.all(answers.map((answer) => answer.text()));
		expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
		for (const page of pages) expect(page).toContain("didn’t confirm that this form came from this site");
		expect(pages[0]).toContain("Kept words");
		expect(pages[0]).toContain("https://ann.example");
		expect(pages[1]).toContain("ann@cats.example");
		expect(pages[2]).toContain("ann@cats.example");
		expect(pages[2]).toContain("Ann of Cats");
	});

	it("does not confirm a subscription, but may end one with one click (RFC 8058)", async () => {
		const cross = { "Sec-Fetch-Site": "cross-site" };
		expect((await post("/subscriptions/a.b.c/confirmation", cross)).status).toBe(403);
		expect((await post("/subscriptions/a.b.c/end", cross, "List-Unsubscribe=One-Click")).status).toBe(410);
		expect((await post("/subscriptions/a.b.c/end", {}, "List-Unsubscribe=One-Click")).status).toBe(410);
	});

	it("may read: the methods that change nothing need no origin", async () => {
		for (const method of ["GET", "HEAD", "OPTIONS"]) {
			const headers = { "Sec-Fetch-Site": "cross-site" };
			expect((await fetch(`${blog.origin}/me`, { method, headers })).status).toBeLessThan(300);
		}
	});
});
