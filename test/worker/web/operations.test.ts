import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { moderationPath } from "../../../src/moderation/moderation-links.ts";
import { enrol, invitation, signedIn, testStart } from "../../support/admin.ts";
import { type Blog, startBlog, testSecret } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";
import { routeTable } from "../../support/route-table.ts";

const post = "2024-05-01-hello";
let blog: Blog;
let owner: { Cookie: string };
let visitor: string;

const act = (path: string, fields: Record<string, string> = {}) => blog.post(path, fields, owner);
const first = async <T>(sql: string) => (await blog.db.prepare(sql).first<T>("value")) as T;

/** Makes an operation that can be undone, and returns the act of undoing it. */
const undoing = (made: () => Promise<unknown>) => async () => {
	await made();
	const operation = await first<string>("SELECT operation AS value FROM audit_log ORDER BY id DESC LIMIT 1");
	return () => act("/admin/undo", { operation });
};

/** Every route that changes something in a moderator's name: what prepares the act, and the act. */
const acts: Record<string, { route: string; logs: string; prepare: () => Promise<() => Promise<unknown>> }> =
	{
		approving: {
			...{ route: "/admin/decisions", logs: "decided" },
			prepare: async () => () => act("/admin/decisions", { do: "published:2", seen: "2:1" }),
		},
		"marking as spam": {
			...{ route: "/admin/decisions", logs: "decided" },
			prepare: async () => () => act("/admin/decisions", { do: "spam:1" }),
		},
		banning: {
			...{ route: "/admin/decisions", logs: "blocked" },
			prepare: async () => () => act("/admin/decisions", { do: "ban:1" }),
		},
		editing: {
			...{ route: "/admin/comments/:id/text", logs: "edited" },
			prepare: async () => () => act("/admin/comments/1/text", { name: "Ann", text: "edited", seen: "1:1" }),
		},
		replying: {
			...{ route: "/admin/comments/:id/reply", logs: "replied" },
			prepare: async () => () =>
				act("/admin/comments/2/reply", { key: crypto.randomUUID(), text: "Thanks", seen: "2:1" }),
		},
		pinning: {
			...{ route: "/admin/comments/:id/pin", logs: "pinned" },
			prepare: async () => () => act("/admin/comments/1/pin", { pinned: "yes" }),
		},
		unpinning: {
			...{ route: "/admin/comments/:id/pin", logs: "unpinned" },
			prepare: async () => {
				await act("/admin/comments/1/pin", { pinned: "yes" });
				return () => act("/admin/comments/1/pin", { pinned: "no" });
			},
		},
		"closing a thread": {
			...{ route: "/admin/threads", logs: "closed" },
			prepare: async () => () => act("/admin/threads", { post, closed: "yes" }),
		},
		"opening a thread": {
			...{ route: "/admin/threads", logs: "opened" },
			prepare: async () => {
				await act("/admin/threads", { post, closed: "yes" });
				return () => act("/admin/threads", { post, closed: "no" });
			},
		},
		"blocking an address": {
			...{ route: "/admin/blocks", logs: "blocked" },
			prepare: async () => () => act("/admin/blocks", { email: "eve@mail.example" }),
		},
		"blocking a commenter": {
			...{ route: "/admin/commenters/:visitor/block", logs: "blocked" },
			prepare: async () => () => act(`/admin/commenters/${visitor}/block`, { kind: "visitor" }),
		},
		unblocking: {
			...{ route: "/admin/blocks/removal", logs: "unblocked" },
			prepare: async () => {
				await act("/admin/blocks", { email: "eve@mail.example" });
				return () => act("/admin/blocks/removal", { kind: "email", value: "eve@mail.example" });
			},
		},
		"changing the settings": {
			...{ route: "/admin/settings", logs: "settings_changed" },
			prepare: async () => () => act("/admin/settings", { do: "save", policy: "all", version: "0" }),
		},
		"keeping a reported comment": {
			...{ route: "/admin/decisions", logs: "reports_dismissed" },
			prepare: async () => {
				await blog.post("/comments/1/reports", { reason: "rude" });
				return () => act("/admin/decisions", { do: "keep:1" });
			},
		},
		"moving comments": {
			...{ route: "/admin/orphans", logs: "moved" },
			prepare: async () => {
				await blog.db.exec("UPDATE comments SET post_id = 'gone'");
				return () => act("/admin/orphans", { from: "gone", to: post });
			},
		},
		"pausing comments": {
			...{ route: "/admin/pause", logs: "all_held" },
			prepare: async () => () => act("/admin/pause", { mode: "hold", hours: "1", version: "0" }),
		},
		"ending a pause": {
			...{ route: "/admin/pause", logs: "all_reopened" },
			prepare: async () => {
				await act("/admin/pause", { mode: "close", hours: "0", version: "0" });
				return () => act("/admin/pause", { do: "end", version: "1" });
			},
		},
		anonymizing: {
			...{ route: "/admin/commenters/:visitor/anonymity", logs: "anonymized" },
			prepare: async () => () => act(`/admin/commenters/${visitor}/anonymity`, { sure: "yes" }),
		},
		erasing: {
			...{ route: "/admin/commenters/:visitor/erasure", logs: "erased" },
			prepare: async () => () => act(`/admin/commenters/${visitor}/erasure`, { sure: "yes" }),
		},
		purging: {
			...{ route: "/admin/commenters/:visitor/purge", logs: "purged" },
			prepare: async () => {
				await blog.db.prepare("UPDATE comments SET network = 'n', state = 'spam' WHERE id = 1").run();
				return () => act(`/admin/commenters/${visitor}/purge`, { sure: "yes" });
			},
		},
		enrolling: {
			...{ route: "/admin/enrolment", logs: "enrolled" },
			prepare: async () => {
				const token = await invitation("Tom", "moderator");
				return () => enrol(blog, token);
			},
		},
		"changing a role": {
			...{ route: "/admin/team/:id/role", logs: "role_changed" },
			prepare: async () => {
				const id = await first<number>("SELECT id AS value FROM members WHERE name = 'Ken'");
				return () => act(`/admin/team/${id}/role`, { role: "owner" });
			},
		},
		"removing a member": {
			...{ route: "/admin/team/:id/removal", logs: "member_removed" },
			prepare: async () => {
				const id = await first<number>("SELECT id AS value FROM members WHERE name = 'Ken'");
				return () => act(`/admin/team/${id}/removal`);
			},
		},
		"following a link": {
			...{ route: "/moderation/:token", logs: "decided" },
			prepare: async () => {
				const createdAt = await first<number>("SELECT created_at AS value FROM comments WHERE id = 2");
				const comment = { id: 2, createdAt };
				const link = { comment, operation: "spam", actor: "owner", id: crypto.randomUUID() } as const;
				const path = await moderationPath({ ...link, expiresAt: testStart + 60_000 }, testSecret);
				return () => blog.post(path, { seen: "2:1" });
			},
		},
		"rechecking, one step": {
			...{ route: "/admin/recheck", logs: "rechecked" },
			prepare: async () => {
				await act("/admin/settings", { do: "save", policy: "none", blockedWords: "kind", version: "0" });
				await act("/admin/recheck", { selection: "published" });
				return () => blog.cron().catch(() => null);
			},
		},
		"undoing a decision": {
			...{ route: "/admin/undo", logs: "decided" },
			prepare: undoing(() => act("/admin/decisions", { do: "spam:1" })),
		},
		"undoing a ban": {
			...{ route: "/admin/undo", logs: "unblocked" },
			prepare: undoing(() => act("/admin/decisions", { do: "ban:1" })),
		},
		"undoing an edit": {
			...{ route: "/admin/undo", logs: "edited" },
			prepare: undoing(() => act("/admin/comments/1/text", { name: "Ann", text: "edited", seen: "1:1" })),
		},
		"undoing a pin": {
			...{ route: "/admin/undo", logs: "unpinned" },
			prepare: undoing(() => act("/admin/comments/1/pin", { pinned: "yes" })),
		},
		"undoing the closing of a thread": {
			...{ route: "/admin/undo", logs: "opened" },
			prepare: undoing(() => act("/admin/threads", { post, closed: "yes" })),
		},
		"undoing the dismissal of reports": {
			...{ route: "/admin/undo", logs: "reports_restored" },
			prepare: undoing(async () => {
				await blog.post("/comments/1/reports", { reason: "rude" });
				await act("/admin/decisions", { do: "keep:1" });
			}),
		},
		"undoing a move": {
			...{ route: "/admin/undo", logs: "moved" },
			prepare: undoing(async () => {
				await blog.db.exec("UPDATE comments SET post_id = 'gone'");
				await act("/admin/orphans", { from: "gone", to: post });
			}),
		},
		"undoing a pause": {
			...{ route: "/admin/undo", logs: "all_reopened" },
			prepare: undoing(() => act("/admin/pause", { mode: "close", hours: "0", version: "0" })),
		},
		"undoing a change of the settings": {
			...{ route: "/admin/undo", logs: "settings_changed" },
			prepare: undoing(() => act("/admin/settings", { do: "save", policy: "all", version: "0" })),
		},
	};

/**
 * Routes that change nothing but the sessions and passkeys of whoever sends the form, stop what is logged step by step, or
 * send again what was not delivered.
 */
const unlogged = [
	"/admin/session",
	"/admin/session/end",
	"/admin/account/passkeys",
	"/admin/account/passkeys/removal",
	"/admin/account/sessions/end",
	"/admin/account/sessions/:id/end",
	"/admin/recheck/end",
	"/admin/notices/attempts",
	// Addresses of the blog, not comments or people.
	"/admin/redirects",
	"/admin/redirects/removal",
	// Only the log: an invitation is a signed link, and nothing is stored.
	"/admin/team/invitations",
];

/** The tables that moderators change. */
const changed = [
	"comments",
	"revisions",
	"blocks",
	"threads",
	"settings",
	"reports",
	"pauses",
	"members",
	"passkeys",
	"tombstones",
];

const tables = [...changed.filter((name) => name !== "members" && name !== "passkeys"), "rechecks"];

/** All rows of what moderators change, and of the log. */
async function contents(): Promise<Record<string, unknown>> {
	const names = [...changed, "audit_log", "rechecks"];
	const found = await blog.db.batch(names.map((name) => blog.db.prepare(`SELECT * FROM ${name}`)));
	return Object.fromEntries(found.map(({ results }, at) => [names[at], results]));
}

/** Makes every write to the log, or to all other tables, fail while `failing` names it. */
async function prepareFailures(): Promise<void> {
	const guarded = [...changed.map((table) => ({ table, half: "rows" })), { table: "audit_log", half: "log" }];
	await blog.db.batch(
		[
			"CREATE TABLE failing (half TEXT NOT NULL)",
			...guarded.flatMap(({ table, half }) =>
				["INSERT", "UPDATE", "DELETE"].map(
					(event) => `CREATE TRIGGER fail_${table}_${event} BEFORE ${event} ON ${table}
						WHEN EXISTS (SELECT 1 FROM failing WHERE half = '${half}')
						BEGIN SELECT raise(ABORT, 'the disk is full'); END`,
				),
			),
		].map((sql) => blog.db.prepare(sql)),
	);
}

async function failing(half: "rows" | "log", run: () => Promise<unknown>): Promise<unknown> {
	await blog.db.prepare("INSERT INTO failing (half) VALUES (?)").bind(half).run();
	const result = await run();
	await blog.db.prepare("DELETE FROM failing").run();
	return result;
}

/** The status of the answer; a failed cron run has none. */
const statusOf = (result: unknown): number =>
	result instanceof Response ? result.status : ((result as Partial<Enrolment>)?.response?.status ?? 500);

type Enrolment = { response: Response };

beforeAll(async () => {
	blog = await startBlog({
		files: { "site.yaml": "title: Cats\ncomments:\n  moderation: none\n  blocked_words: [casino]\n" },
	});
	await prepareFailures();
});
afterAll(() => blog.stop());

beforeEach(async () => {
	await emptyTables(blog.db, "comments", "reactions", ...tables.filter((name) => name !== "comments"));
	await emptyTables(blog.db, "sessions", "passkeys", "members", "audit_log", "used_tokens");
	owner = await signedIn(blog, "Mika", "owner");
	await signedIn(blog, "Ken", "moderator");
	await blog.post("/comments", { post, name: "Ann", email: "ann@mail.example", text: "kind words" });
	await blog.post("/comments", { post, name: "Bob", text: "a casino" });
	await blog.db.prepare("UPDATE comments SET state = 'held' WHERE id = 2").run();
	visitor = await first("SELECT visitor AS value FROM comments WHERE id = 1");
	await blog.db.prepare("DELETE FROM audit_log").run();
});

describe("every act of a moderator", () => {
	it("is in this table", () => {
		const routes = routeTable
			.filter(({ method, path }) => method === "POST" && /^\/(admin|moderation)\//.test(path))
			.map(({ path }) => path);
		const listed = [...Object.values(acts).map(({ route }) => route), ...unlogged];
		expect(new Set(listed)).toEqual(new Set(routes));
	});

	it.each(Object.entries(acts))("changes and logs, or neither: %s", async (_, { logs, prepare }) => {
		const run = await prepare();
		const before = await contents();
		for (const half of ["log", "rows"] as const) {
			expect(statusOf(await failing(half, run))).toBeGreaterThanOrEqual(500);
			expect(await contents()).toEqual(before);
		}
		await run();
		const after = await contents();
		const kinds = (after.audit_log as { kind: string }[]).map(({ kind }) => kind);
		expect(kinds.slice((before.audit_log as unknown[]).length)).toContain(logs);
		expect({ ...after, audit_log: null }).not.toEqual({ ...before, audit_log: null });
	});
});

describe("a version that somebody changed meanwhile", () => {
	const textOf = (id: number) => first<string>(`SELECT source AS value FROM comments WHERE id = ${id}`);
	const entries = () => first<number>("SELECT count(*) AS value FROM audit_log");

	it("is not replaced by a moderator's edit, whose text comes back with what to do", async () => {
		await act("/admin/comments/1/text", { name: "Ann", text: "the redaction", seen: "1:1" });
		const typed = { name: "Annie", website: "https://a.example", text: "my correction", reason: "a typo" };
		const refused = await act("/admin/comments/1/text", { ...typed, seen: "1:1" });
		const html = await refused.text();
		expect([refused.status, await textOf(1), await entries()]).toEqual([409, "the redaction", 1]);
		expect(html).toContain("Someone changed this comment after you opened it.");
		expect(html).toContain("the redaction");
		for (const text of Object.values(typed)) expect(html).toContain(text);
		const seen = /name="seen" value="(1:2)"/.exec(html)?.[1] ?? "";
		await act("/admin/comments/1/text", { ...typed, seen });
		expect(await textOf(1)).toBe("my correction");
	});

	it("is still the seen one in the form that comes back with an error", async () => {
		await act("/admin/comments/1/text", { name: "Ann", text: "the redaction", seen: "1:1" });
		const wrong = await act("/admin/comments/1/text", { name: "Ann", text: " ", seen: "1:1" });
		expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('value="1:1"')]);
	});

	it("is not replaced by its author's edit, whose text comes back beside it", async () => {
		const posted = await blog.post("/comments", { post, name: "Eve", text: "call 555 0100" });
		const author = { Cookie: posted.headers.get("Set-Cookie")?.split(";")[0] ?? "" };
		const form = await (await blog.get("/comments/3/edit", author)).text();
		const version = /name="version" value="(\d+)"/.exec(form)?.[1] ?? "";
		await act("/admin/comments/3/text", { name: "Eve", text: "call me", seen: "3:1" });
		const change = { text: "call 555 0100, please", version };
		const preview = await blog.post("/comments/3/revisions", { ...change, intent: "preview" }, author);
		expect(await preview.text()).toContain(`name="version" value="${version}"`);
		const refused = await blog.post("/comments/3/revisions", change, author);
		const html = await refused.text();
		expect([refused.status, await textOf(3)]).toEqual([409, "call me"]);
		expect(html).toContain("This comment was changed after you opened the form.");
		expect(html).toContain('<p dir="auto">call me</p>');
		expect(html).toContain("call 555 0100, please</textarea>");
		const again = { ...change, version: /name="version" value="(\d+)"/.exec(html)?.[1] ?? "" };
		expect((await blog.post("/comments/3/revisions", again, author)).status).toBe(303);
		expect(await textOf(3)).toBe("call 555 0100, please");
	});

	it("is not approved after another moderator's edit, but shown again", async () => {
		await act("/admin/comments/2/text", { name: "Bob", text: "another casino", seen: "2:1" });
		const done = await act("/admin/decisions", { do: "published:2", seen: "2:1" });
		expect(done.headers.get("Location")).toContain("unread=2");
		expect(await first("SELECT state AS value FROM comments WHERE id = 2")).toBe("held");
	});

	it("is not replaced by settings, which come back with what to do", async () => {
		await act("/admin/settings", { do: "save", policy: "all", version: "0" });
		const typed = { policy: "first", blockedWords: "lottery", links: "7", version: "0" };
		const tried = await (await act("/admin/settings", { ...typed, do: "try" })).text();
		expect(tried).toContain('name="version" value="0"');
		const refused = await act("/admin/settings", { ...typed, do: "save" });
		const html = await refused.text();
		expect([refused.status, await entries()]).toEqual([409, 1]);
		expect(html).toContain("Another owner changed these settings");
		expect(html).toContain("lottery");
		expect(html).toContain('name="version" value="1"');
		await act("/admin/settings", { ...typed, do: "save", version: "1" });
		expect(await first("SELECT body ->> 'linkLimit' AS value FROM settings")).toBe(7);
	});

	it("is not undone: newer settings and newer pins stay", async () => {
		await act("/admin/settings", { do: "save", policy: "all", version: "0" });
		const operation = await first<string>("SELECT operation AS value FROM audit_log");
		await act("/admin/settings", { do: "save", policy: "none", version: "1" });
		await act("/admin/undo", { operation });
		expect(await first("SELECT body ->> 'policy' AS value FROM settings")).toBe("none");
	});
});
