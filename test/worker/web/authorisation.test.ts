import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signedIn } from "../../support/admin.ts";
import { type Blog, startBlog } from "../../support/blog.ts";
import { routeTable } from "../../support/route-table.ts";

/** Access to each admin route; a route missing here fails below. */
const access: Record<string, "anyone" | "moderator" | "owner"> = {
	"GET /admin": "moderator",
	"GET /admin/comments": "moderator",
	"GET /admin/sign-in": "anyone",
	"POST /admin/session": "anyone",
	"POST /admin/session/end": "moderator",
	"GET /admin/enrolment": "anyone",
	"POST /admin/enrolment": "anyone",
	"GET /admin/account": "moderator",
	"POST /admin/account/passkeys": "moderator",
	"POST /admin/account/passkeys/removal": "moderator",
	"POST /admin/account/sessions/end": "moderator",
	"POST /admin/account/sessions/:id/end": "moderator",
	"POST /admin/redirects": "owner",
	"POST /admin/redirects/removal": "owner",
	"GET /admin/log": "moderator",
	"GET /admin/comments/:id": "moderator",
	"POST /admin/comments/:id/text": "moderator",
	"POST /admin/comments/:id/reply": "moderator",
	"POST /admin/comments/:id/pin": "moderator",
	"POST /admin/decisions": "moderator",
	"POST /admin/undo": "moderator",
	"POST /admin/threads": "moderator",
	"POST /admin/pause": "moderator",
	"GET /admin/orphans": "moderator",
	"POST /admin/orphans": "moderator",
	"GET /admin/commenters": "moderator",
	"GET /admin/commenters/:visitor": "moderator",
	"POST /admin/commenters/:visitor/block": "moderator",
	"POST /admin/commenters/:visitor/anonymity": "owner",
	"POST /admin/commenters/:visitor/erasure": "owner",
	"POST /admin/commenters/:visitor/purge": "owner",
	"GET /admin/settings": "moderator",
	"POST /admin/settings": "moderator",
	"POST /admin/blocks": "moderator",
	"POST /admin/blocks/removal": "moderator",
	"POST /admin/recheck": "owner",
	"POST /admin/recheck/end": "owner",
	"GET /admin/notices": "owner",
	"POST /admin/notices/attempts": "owner",
	"GET /admin/upcoming": "owner",
	"GET /admin/team": "owner",
	"POST /admin/team/invitations": "owner",
	"POST /admin/team/:id/role": "owner",
	"POST /admin/team/:id/removal": "owner",
	// Exists on the local server only; see owner-notices.test.ts.
	"GET /admin/outbox": "anyone",
	"GET /admin/outbox/:id": "anyone",
	"GET /admin/outbox/:id/html": "anyone",
};

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"];

const known = routeTable
	.filter(({ path }) => path.startsWith("/admin"))
	.map(({ method, path }) => `${method} ${path}`);
const paths = [...new Set(known.map((name) => name.split(" ")[1] ?? ""))];

type Who = "nobody" | "commenter" | "moderator" | "owner";
let blog: Blog;
let cookies: Record<Who, string>;

beforeAll(async () => {
	blog = await startBlog();
	const posted = await blog.post("/comments", { post: "2024-05-01-hello", name: "Ann", text: "Hello" });
	cookies = {
		nobody: "",
		commenter: posted.headers.get("Set-Cookie")?.split(";")[0] ?? "",
		moderator: "",
		owner: "",
	};
});
afterAll(() => blog.stop());

const rank: Record<Who, number> = { nobody: 0, commenter: 0, moderator: 1, owner: 2 };

/** Whether a response denies access: a way to sign in, or an error. */
const isRefusal = (response: Response) =>
	response.status === 403 ||
	(response.status === 303 && response.headers.get("Location")?.startsWith("/admin/sign-in?to=") === true);

async function ask(who: Who, method: string, path: string) {
	if ((who === "moderator" || who === "owner") && cookies[who] === "") {
		cookies[who] = (await signedIn(blog, who, who)).Cookie;
	}
	const response = await fetch(blog.origin + path, {
		method,
		redirect: "manual",
		headers: {
			"X-Test-Now": String(Date.parse("2026-01-01T00:00:00Z")),
			"Sec-Fetch-Site": "same-origin",
			...(cookies[who] === "" ? {} : { Cookie: cookies[who] }),
		},
		...(["GET", "HEAD", "OPTIONS"].includes(method) ? {} : { body: new URLSearchParams({ id: "999" }) }),
	});
	// Read to its end, its connection serves the next request.
	await response.arrayBuffer();
	return response;
}

describe("the admin routes", () => {
	it("are all in the access table", () => {
		expect([...known].sort()).toEqual(Object.keys(access).sort());
	});

	const cases = paths.flatMap((path) =>
		methods.flatMap((method) =>
			(["nobody", "commenter", "moderator", "owner"] as const).map((who) => ({ path, method, who })),
		),
	);

	it.each(cases)("allow only the right roles: $method $path as $who", async ({ path, method, who }) => {
		const door = access[`${method === "HEAD" ? "GET" : method} ${path}`];
		const response = await ask(who, method, path.replace(/:\w+/g, "999999"));
		// Some routes end the session.
		if (method === "POST" && /session|removal|role/.test(path) && rank[who] > 0) cookies[who] = "";
		expect(response.status).toBeLessThan(500);
		expect(response.headers.get("Cache-Control")).toBe("private, no-store");
		if (door === undefined) {
			// Without access, an unsupported method is not distinguishable either.
			const isOpen = /^\/admin\/(sign-in|session|enrolment)$/.test(path);
			if (rank[who] === 0 && !isOpen) expect([303, 403]).toContain(response.status);
			else expect(response.status).toBe(method === "OPTIONS" ? 204 : 405);
			return;
		}
		const enough = door === "anyone" ? 0 : rank[door === "owner" ? "owner" : "moderator"];
		if (rank[who] < enough) expect(isRefusal(response), String(response.status)).toBe(true);
		else if (door !== "anyone") expect(isRefusal(response), String(response.status)).toBe(false);
	});

	it.each(known.filter((name) => name.startsWith("POST")))(
		"do nothing for a form of another site, even an owner's: %s",
		async (name) => {
			const path = (name.split(" ")[1] ?? "").replace(/:\w+/g, "999999");
			if (cookies.owner === "") cookies.owner = (await signedIn(blog, "owner", "owner")).Cookie;
			for (const headers of [
				{ "Sec-Fetch-Site": "cross-site", Origin: blog.origin },
				{ "Sec-Fetch-Site": "same-site" },
				{ "Sec-Fetch-Site": "", Origin: "https://evil.example" },
				{ "Sec-Fetch-Site": "", Origin: "null" },
			] as Record<string, string>[]) {
				if (headers["Sec-Fetch-Site"] === "") delete headers["Sec-Fetch-Site"];
				const response = await fetch(blog.origin + path, {
					method: "POST",
					redirect: "manual",
					headers: { Cookie: cookies.owner, ...headers },
					body: new URLSearchParams(),
				});
				expect([headers, response.status]).toEqual([headers, 403]);
			}
		},
	);
});

describe("an admin without its secrets", () => {
	it.each([
		["SIGNING_SECRET", { secret: null }],
		["INVITE_SECRET", { inviteSecret: null }],
		["INVITE_SECRET", { inviteSecret: "short" }],
		["SIGNING_SECRET, INVITE_SECRET", { secret: null, inviteSecret: null }],
	])("stays closed and names them: %s", async (names, options) => {
		const closed = await startBlog(options);
		for (const path of ["/admin", "/admin/sign-in", "/admin/enrolment?invitation=x", "/admin/account"]) {
			const response = await closed.get(path);
			expect([response.status, await response.text()]).toEqual([
				503,
				expect.stringContaining(`missing or too short: ${names}.`),
			]);
		}
		const posted = await closed.post("/admin/session", { to: "words" }, { "Sec-Fetch-Site": "cross-site" });
		expect([posted.status, (await posted.text()).includes("words")]).toEqual([503, false]);
		expect((await closed.get("/")).status).toBe(200);
		await closed.stop();
	});
});
