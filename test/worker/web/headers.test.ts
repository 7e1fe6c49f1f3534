import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../../src/app.ts";
import { everyArea } from "../../../src/every-area.ts";
import { moderationPath } from "../../../src/moderation/moderation-links.ts";
import { invitation, signedIn } from "../../support/admin.ts";
import { type Blog, type Files, startBlog, testSecret } from "../../support/blog.ts";
import { routeTable } from "../../support/route-table.ts";

let blog: Blog;

beforeAll(async () => {
	blog = await startBlog();
	for (const text of ["Hello", "Hello again"])
		await blog.post("/comments", { post: "2024-05-01-hello", name: "花子", text });
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
	kind: ["posts", "pages"],
	file: ["passkey-0000000000000000.js", "nothing.js"],
};

const routes = createApp(() => {
	throw new Error("the route table is read, not run");
}, everyArea).routes.filter(({ method }) => method !== "ALL");

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

/** The forms that their routes accept; a route without a line takes an empty one. */
const forms: Record<string, Record<string, string>> = {
	"POST /comments": { name: "Ann", text: "A thoughtful remark." },
	"POST /comments/:id/revisions": { name: "花子", text: "Changed." },
	"POST /verifications": { email: "ann@mail.example", name: "Ann" },
	"POST /subscriptions": { email: "ann@mail.example" },
	"POST /reactions": { kind: "like" },
	"POST /reactions/removals": { kind: "like" },
	"POST /admin/decisions": { do: "held" },
	"POST /admin/threads": { closed: "no" },
	"POST /admin/redirects": { from: "/gone/", to: "2024-05-01-en" },
	"POST /admin/orphans": { from: "gone", to: "/2024/05/01/en/" },
	"POST /admin/comments/:id/text": { name: "花子", text: "Edited." },
	"POST /admin/comments/:id/reply": { text: "A reply.", key: "0".repeat(36) },
	"POST /admin/commenters/:visitor/anonymity": { sure: "yes" },
	"POST /admin/commenters/:visitor/erasure": { sure: "yes" },
	"POST /admin/settings": { policy: "first", blockedWords: "casino", links: "3", do: "save" },
	"POST /admin/blocks": { email: "mallory@mail.example" },
	"POST /admin/blocks/removal": { kind: "email", value: "mallory@mail.example" },
	"POST /admin/recheck": { selection: "waiting" },
	"POST /admin/team/invitations": { name: "Ken", role: "moderator" },
	"POST /admin/team/:id/role": { role: "moderator" },
};

/** Routes that a mail's link, a passkey, a solved challenge, a run of the cron trigger, a secret or a huge blog has to lead to; their own tests look at them. */
const unreachable = [
	"GET /:file",
	"GET /readyz",
	"GET /metrics",
	"POST /comments/:id/proof",
	"GET /verifications/:token",
	"POST /verifications/:token",
	"GET /subscriptions/:token/confirmation",
	"POST /subscriptions/:token/confirmation",
	"GET /subscriptions/:token/end",
	"POST /subscriptions/:token/end",
	"POST /admin/commenters/:visitor/purge",
	"POST /admin/session",
	"POST /admin/enrolment",
	"POST /admin/account/passkeys",
	"POST /admin/account/passkeys/removal",
];

/** Two posts in each list, so that each has a second page. */
const lists: Files = Object.fromEntries([
	[
		"site.yaml",
		"title: Cats\nurl: https://cats.example\nblogroll: [{ title: D, url: 'https://d.example', feed: 'https://d.example/rss' }]\nposts_per_page: 1\nsecurity_contact: ann@mail.example\ncomments: { flood_limit: 100000, proof_limit: 100000 }\n",
	],
	...["en", "ja"].flatMap((lang) =>
		[1, 2].map((day) => [
			`posts/2024-05-0${day}-${lang}.md`,
			`---\ntitle: ${lang} ${day}\ndate: 2024-05-0${day}\nlang: ${lang}\ncategories: [cloud]\ntags: [cloud]\nseries: cloud\nauthor: cloud\n---\nText.\n`,
		]),
	),
]);

/** Makes a visitor with a comment and an owner with a session, and addresses the route to them. */
async function prepare(blog: Blog, name: string) {
	blog.setClock(blog.now + 60_000);
	const post = "2024-05-01-en";
	const posted = await blog.post("/comments", { post, name: "花子", text: `Remark ${blog.now}` });
	const owner = await signedIn(blog, `Owner ${blog.now}`, "owner");
	const moderator = await signedIn(blog, `Moderator ${blog.now}`, "moderator");
	const latest = async (sql: string) =>
		String(await blog.db.prepare(`SELECT ${sql} ORDER BY id DESC`).first("x"));
	const visitor = await latest("visitor AS x, id FROM comments");
	const tables = {
		team: "members",
		sessions: "sessions WHERE member_id < (SELECT max(id) FROM members)",
		outbox: "local_mails",
	};
	const table = Object.entries(tables).find(([folder]) => name.includes(`/${folder}/:id`))?.[1] ?? "comments";
	const id = await latest(`id AS x FROM ${table}`);
	const page = await (await blog.get("/2024/05/01/en/")).text();
	// Another table's id may be no comment's.
	const createdAt = Number(await latest(`created_at AS x FROM comments WHERE id = ${Number(id)}`)) || 0;
	const link = await moderationPath(
		{
			comment: { id: Number(id), createdAt },
			operation: "spam",
			actor: "Mika",
			id: name,
			expiresAt: blog.now + 60_000,
		},
		testSecret,
	);
	const values: Record<string, string> = {
		...{
			slug: "cloud",
			lang: "ja",
			year: "2024",
			month: "05",
			number: "2",
			post: "2024/05/01/en",
			id,
			visitor,
		},
		...{ file: page.match(/\/scripts\/([\w.-]+)/)?.[1] ?? "", token: link.split("/").at(-1) ?? "" },
	};
	if (name.includes("/api/")) Object.assign(values, { kind: "posts", id: post });
	const path = (name.split(" ")[1] ?? "").replace(/:(\w+)/g, (_, key: string) => values[key] ?? key);
	const query: Record<string, string> = {
		"GET /admin/enrolment": `?invitation=${await invitation("Ken", "moderator", { expiresAt: blog.now + 60_000 })}`,
		"GET /comments/count": `?post=${post}`,
		"GET /api/v1/counts": `?id=${post}`,
		"GET /api/v1/search": "?q=text",
		"GET /api/oembed": "?url=https%3A%2F%2Fcats.example%2F2024%2F05%2F01%2Fen%2F",
	};
	const cookies = [owner.Cookie, moderator.Cookie, posted.headers.get("Set-Cookie")?.split(";")[0]];
	return {
		path: path.replace("*", "2024/05/01/en/") + (query[name] ?? ""),
		cookie: `${cookies[0]}; ${cookies[2]}`,
		fields: { post, id, operation: await latest("operation AS x, id FROM audit_log"), ...forms[name] },
	};
}

/** Checks the headers that every response of the blog has. */
function expectHeaders(response: Response): void {
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
}

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
			expectHeaders(response);
		},
	);

	it("carries them on success, too", async () => {
		const listed = await startBlog({ files: lists, env: { DEVELOPMENT: "1" } });
		const refused: string[] = [];
		for (const route of routeTable) {
			const name = `${route.method} ${route.path}`;
			const { path, cookie, fields } = await prepare(listed, name);
			const response =
				route.method === "GET"
					? await listed.get(path, { Cookie: cookie })
					: await listed.post(path, fields, { Cookie: cookie });
			expectHeaders(response);
			if (response.status >= 400) refused.push(name);
		}
		await listed.stop();
		expect(refused).toEqual(unreachable);
	}, 120_000);

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
