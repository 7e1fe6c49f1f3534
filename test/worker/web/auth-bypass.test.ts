import { request } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { signedIn, testStart } from "../../support/admin.ts";
import { type Blog, startBlog } from "../../support/blog.ts";
import { routeTable } from "../../support/route-table.ts";

const secretWords = "words that only the admin may see";
const site = "title: Cats\ncomments:\n  moderation: all\n";

let blog: Blog;
let owner: { Cookie: string };
let moderator: { Cookie: string };
beforeAll(async () => {
	blog = await startBlog({ files: { "site.yaml": site } });
	await blog.post("/comments", { post: "2024-05-01-hello", name: "花子", text: secretWords });
});
afterAll(() => blog.stop());
beforeEach(async () => {
	owner = await signedIn(blog, "Owner", "owner");
	moderator = await signedIn(blog, "Mod", "moderator");
});

type Answer = { status: number; location: string | null; body: string };

/** Sends a request as it is spelt: nothing puts its path or its headers right on the way. */
function spell(
	method: string,
	path: string,
	headers: Record<string, string> = {},
	body = "",
): Promise<Answer> {
	const { hostname, port } = new URL(blog.origin);
	return new Promise((resolve, reject) => {
		const sent = request({
			hostname,
			port,
			method,
			path,
			headers: { "X-Test-Now": String(testStart), ...headers },
		});
		sent.on("error", reject);
		sent.on("response", (response) => {
			let text = "";
			response.setEncoding("utf8");
			response.on("data", (chunk: string) => {
				text += chunk;
			});
			response.on("end", () =>
				resolve({
					status: response.statusCode ?? 0,
					location: response.headers.location ?? null,
					body: text,
				}),
			);
		});
		sent.end(body);
	});
}

const adminPaths = [...new Set(routeTable.map(({ path }) => path))]
	.filter((path) => path.startsWith("/admin") && !/outbox|sign-in|enrolment/.test(path))
	.map((path) => path.replace(/:\w+/g, "1"));

/** Ways to write an address that walls and routers have read differently. */
const spellings: Record<string, (path: string) => string> = {
	"as it is": (path) => path,
	"two slashes first": (path) => `/${path}`,
	"a backslash first": (path) => `/\\${path.slice(1)}`,
	capitals: (path) => path.replace("admin", "Admin"),
	"a slash at its end": (path) => `${path}/`,
	"an encoded slash": (path) => path.replace("/admin/", "/admin%2F"),
	"an encoded letter": (path) => path.replace("admin", "%61dmin"),
	"a letter encoded twice": (path) => path.replace("admin", "%2561dmin"),
	"a dot in between": (path) => path.replace("/admin", "/./admin"),
	"an encoded dot in between": (path) => path.replace("/admin", "/%2e/admin"),
	"up from a page": (path) => `/about/..${path}`,
	"up from an open door": (path) => path.replace("/admin", "/admin/sign-in/.."),
	"encoded up from an open door": (path) => path.replace("/admin", "/admin/sign-in/%2e%2e"),
	"a semicolon": (path) => path.replace("/admin", "/admin;x=1"),
	"a full-width letter": (path) => path.replace("admin", encodeURIComponent("ａdmin")),
	"a query that looks open": (path) => `${path}?/admin/sign-in`,
	"a fragment": (path) => `${path}#/admin/sign-in`,
	"a null byte": (path) => `${path}%00`,
	"a full address": (path) => `${blog.origin}${path}`,
};

describe("an admin page by another spelling of its address", () => {
	it.each(Object.entries(spellings))(
		"shows nothing and does nothing to somebody who is not in: %s",
		async (_, spelt) => {
			for (const path of adminPaths) {
				for (const method of ["GET", "HEAD", "POST", "OPTIONS", "get", "MKCOL"]) {
					const headers = {
						"Sec-Fetch-Site": "same-origin",
						"Content-Type": "application/x-www-form-urlencoded",
					};
					const body = method === "POST" ? "id=1&do=published&text=x&name=x&sure=yes&role=owner" : "";
					const { status, body: shown } = await spell(method, spelt(path), headers, body);
					// The sign-in form's own path tells anyone its methods.
					const tellsMethods = method === "OPTIONS" && path === "/admin/session" && status === 204;
					const refused = (status >= 300 && status < 500) || tellsMethods;
					expect([method, spelt(path), refused]).toEqual([method, spelt(path), true]);
					expect(shown).not.toContain(secretWords);
					expect(shown).not.toContain('class="signed-in-as"');
				}
			}
			expect(await blog.db.prepare("SELECT state FROM comments WHERE id = 1").first("state")).toBe("held");
			expect(await blog.db.prepare("SELECT count(*) AS n FROM audit_log").first("n")).toBe(0);
		},
	);

	it("is not reached through a header that names another address", async () => {
		for (const name of [
			"X-Original-URL",
			"X-Rewrite-URL",
			"X-Forwarded-Path",
			"X-Forwarded-Uri",
			"Forwarded",
		]) {
			const { body } = await spell("GET", "/", { [name]: "/admin" });
			expect(body).not.toContain(secretWords);
			const open = await spell("GET", "/admin/sign-in", { [name]: "/admin" });
			expect(open.body).not.toContain(secretWords);
			const closed = await spell("GET", "/admin", { [name]: "/admin/sign-in" });
			expect([closed.status, closed.location]).toEqual([303, "/admin/sign-in?to=%2Fadmin"]);
		}
	});

	it("is not opened by headers that claim an identity", async () => {
		for (const headers of [
			{ Authorization: `Basic ${btoa("Owner:Owner")}` },
			{ "Cf-Access-Jwt-Assertion": "e30.e30.e30" },
			{ "Cf-Access-Authenticated-User-Email": "owner@cats.example" },
			{ "X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "localhost", "X-Real-IP": "127.0.0.1" },
			{ Cookie: "session=; visitor=1; session=null" },
			{ Cookie: `session=${"A".repeat(43)}` },
		] as Record<string, string>[]) {
			expect((await spell("GET", "/admin", headers)).status).toBe(303);
		}
	});
});

describe("a member's request", () => {
	it("acts by POST alone, whatever method it says it means", async () => {
		for (const name of ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"]) {
			const { status } = await spell("GET", "/admin/decisions?id=1&do=published&_method=POST", {
				...owner,
				[name]: "POST",
			});
			expect(status).toBe(405);
		}
		const same = {
			...owner,
			"Sec-Fetch-Site": "same-origin",
			"Content-Type": "application/x-www-form-urlencoded",
		};
		const { body } = await spell(
			"POST",
			"/admin/decisions",
			{ ...same, "X-HTTP-Method-Override": "GET" },
			"_method=GET",
		);
		expect(body).not.toContain(secretWords);
		expect(await blog.db.prepare("SELECT state FROM comments WHERE id = 1").first("state")).toBe("held");
	});

	it("is not this site's because a proxy's header says so", async () => {
		for (const headers of [
			{ Origin: "https://evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https" },
			{ Origin: "https://evil.example", Forwarded: "host=evil.example;proto=https" },
			{ Origin: `${blog.origin}.evil.example` },
			{ Origin: `${blog.origin}, https://evil.example` },
			{ Referer: `${blog.origin}/admin` },
			{ "Sec-Fetch-Site": "none" },
			{ "Sec-Fetch-Site": "same-origin, cross-site" },
		] as Record<string, string>[]) {
			const type = { "Content-Type": "application/x-www-form-urlencoded" };
			const { status } = await spell(
				"POST",
				"/admin/decisions",
				{ ...owner, ...type, ...headers },
				"id=1&do=published",
			);
			expect([headers, status]).toEqual([headers, 403]);
		}
	});

	it("does not do as a moderator what only owners do", async () => {
		const acts: [string, Record<string, string>][] = [
			["/admin/settings", { do: "save", policy: "none", blockedWords: "", links: "" }],
			["/admin/team/invitations", { name: "Eve", role: "owner" }],
			["/admin/team/2/role", { role: "owner" }],
			["/admin/team/1/removal", {}],
			["/admin/commenters/someone/anonymity", { sure: "yes" }],
			["/admin/commenters/someone/erasure", { sure: "yes" }],
		];
		for (const [path, fields] of acts) {
			const response = await blog.post(path, fields, moderator);
			expect([path, response.status]).toEqual([path, 403]);
			expect(await response.text()).toContain("Only owners can do this.");
		}
		await blog.post("/admin/settings", { do: "save", policy: "first", blockedWords: "", links: "" }, owner);
		const operation = await blog.db
			.prepare("SELECT operation FROM audit_log WHERE kind = 'settings_changed'")
			.first<string>("operation");
		expect((await blog.post("/admin/undo", { operation: operation ?? "" }, moderator)).status).toBe(403);
		expect(await blog.db.prepare("SELECT count(*) AS n FROM members WHERE role = 'owner'").first("n")).toBe(
			1,
		);
	});
});

describe("a form of another site", () => {
	const posts = routeTable.filter(({ method, path }) => method === "POST" && !path.startsWith("/admin"));

	it.each(posts)("does nothing in a reader's name: $path", async ({ path }) => {
		// A mail program's own button posts without an origin, and carries a token that nobody else has (RFC 8058).
		if (path === "/subscriptions/:token/end") return;
		const before = await blog.db
			.prepare(
				"SELECT (SELECT count(*) FROM comments) + (SELECT count(*) FROM reactions) + (SELECT count(*) FROM subscriptions) AS n",
			)
			.first("n");
		for (const headers of [
			{ "Sec-Fetch-Site": "cross-site", Origin: blog.origin },
			{ "Sec-Fetch-Site": "same-site", Origin: blog.origin },
			{ "Sec-Fetch-Site": "none" },
			{ Origin: "null" },
			{ Origin: "https://evil.example" },
			{},
		] as Record<string, string>[]) {
			const type = { "Content-Type": "application/x-www-form-urlencoded" };
			const body = "post=2024-05-01-hello&name=Eve&text=forged&kind=like&email=eve%40evil.example";
			const { status } = await spell(
				"POST",
				path.replace(/:token/, "a.b.c").replace(/:id/, "1"),
				{ ...type, ...headers },
				body,
			);
			// A missing link or comment says so first; existing ones refuse in identities.test.ts and reports.test.ts.
			const missing: Record<string, number> = { "/verifications/:token": 410, "/comments/:id/reports": 404 };
			expect([headers, status]).toEqual([headers, missing[path] ?? 403]);
		}
		const after = await blog.db
			.prepare(
				"SELECT (SELECT count(*) FROM comments) + (SELECT count(*) FROM reactions) + (SELECT count(*) FROM subscriptions) AS n",
			)
			.first("n");
		expect(after).toBe(before);
	});
});

describe("an answer that leads elsewhere", () => {
	it.each([
		"//evil.example/",
		"///evil.example/",
		"/\\evil.example/",
		"//evil.example/%2e%2e",
		"//evil.example//",
	])("stays on this site, whatever is asked for: %s", async (path) => {
		for (const query of ["", "?utm_source=x", "?fbclid=x&p=1", "?flash=x", "?preview=x"]) {
			const { location } = await spell("GET", path + query);
			if (location !== null) expect(new URL(location, blog.origin).origin, location).toBe(blog.origin);
		}
	});
});

describe("a body that is more than it says", () => {
	it.each(["/comments", "/reactions", "/me/erasure", "/admin/session", "/moderation/a.b.c"])(
		"is not read past its bound, in pieces of unknown number: %s",
		async (path) => {
			const type = { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" };
			const { status } = await spell(
				"POST",
				path,
				{ ...type, "Transfer-Encoding": "chunked" },
				`text=${"x".repeat(300_000)}`,
			);
			expect(status).toBe(413);
		},
	);

	it("of another kind is refused, and so is one that is none", async () => {
		for (const type of [
			"application/json",
			"text/plain",
			"text/xml",
			"application/x-www-form-urlencoded-x",
			"",
		]) {
			const headers = { "Sec-Fetch-Site": "same-origin", ...(type === "" ? {} : { "Content-Type": type }) };
			expect((await spell("POST", "/comments", headers, "post=2024-05-01-hello&name=a&text=b")).status).toBe(
				415,
			);
		}
		const multipart = { "Sec-Fetch-Site": "same-origin", "Content-Type": "multipart/form-data; boundary=x" };
		for (const body of [
			"",
			"--x",
			"--x\r\n\r\n",
			"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--",
			"--y--",
		]) {
			expect((await spell("POST", "/comments", multipart, body)).status).toBeLessThan(500);
		}
	});
});
