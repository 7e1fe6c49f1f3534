import { feedExtensions } from "../../src/posts/locations.ts";
import { enrol, invitation, signedIn } from "./admin.ts";
import type { Blog } from "./blog.ts";
import { fillThread } from "./fill.ts";
import type { World } from "./outside.ts";
import { type Person, personOn } from "./person.ts";
import type { Usage } from "./usage.ts";

/** The use of one request, by the name of its route. */
export type Measurement = { route: string; status: number; usage: Usage };

const post = "2024-05-01-hello";
const path = "/2024/05/01/hello/";

/** The settings and secrets of a blog with every notification channel. */
export const everyChannel = {
	files: {
		"site.yaml": "title: Cats\nurl: https://cats.example\nnotifications: { from: cats@cats.example }\n",
		"posts/2024-05-06-cats.md":
			"---\ntitle: Cats\ndate: 2024-05-06\nauthor: Mika\nseries: Cats\n---\nMore.\n",
	},
	env: {
		RESEND_API_KEY: "key",
		OWNER_EMAIL: "owner@cats.example",
		WEBHOOK_URL: "https://hook.example/in",
		WEBHOOK_SECRET: "shared",
		SLACK_WEBHOOK_URL: "https://hooks.slack.com/x",
		DISCORD_WEBHOOK_URL: "https://discord.com/api/webhooks/x",
		METRICS_TOKEN: "metrics-token",
	},
};

/** Fills every table that grows, so that a statement that reads a whole table is seen by the rows it reads. */
export async function fillTables(blog: Blog, size = 3000): Promise<void> {
	await fillThread(blog.db, { postId: post, count: size, branch: 10 });
	const numbers = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${size})`;
	for (const sql of [
		`${numbers} INSERT INTO comments (id, post_id, path, state, name, visitor, source, html, fingerprint, created_at)
			SELECT 100000 + i, '2024-05-02-こんばんは', printf('%08x', 100000 + i),
				CASE i % 3 WHEN 0 THEN 'held' WHEN 1 THEN 'spam' ELSE 'deleted' END,
				'person', 'w' || (i % 500), 'text', 'html', 'g' || i, ${blog.now} - i * 60000 FROM n`,
		"DELETE FROM comment_events",
		"UPDATE pending_purges SET scope = 0",
		`${numbers} INSERT INTO audit_log (comment_id, actor, reason, created_at, operation)
			SELECT i, 'Mika', '', ${blog.now} - i * 60000, 'operation ' || (i / 10) FROM n`,
		`${numbers} INSERT INTO reactions (post_id, comment_id, kind, visitor, created_at)
			SELECT '2024-05-03-closed', 0, 'like', 'v' || i, ${blog.now} FROM n`,
		`${numbers} INSERT INTO outbox (key, channel, event, comment_id, recipient, state, due_at, created_at, settled_at)
			SELECT 'old ' || i, 'webhook', 'published', i, 0, 'sent', ${blog.now} - 86400000, ${blog.now} - 86400000,
				${blog.now} - 86400000 FROM n`,
		`${numbers} INSERT INTO addresses (email) SELECT 'reader' || i || '@mail.example' FROM n`,
		`INSERT INTO subscriptions (address_id, post_id, comment_id, visitor, state, requested_at, created_at)
			SELECT id, '2024-05-03-closed', 0, 'v' || id, 'active', ${blog.now}, ${blog.now} FROM addresses`,
		`${numbers} INSERT INTO training_examples (comment_id, label, trained_label) SELECT i, 'approved', 'approved' FROM n`,
		`${numbers} INSERT INTO link_targets (target, approved, spam) SELECT 'host' || i || '.example', 1, 0 FROM n`,
		`${numbers} INSERT INTO used_tokens (id, expires_at) SELECT 'used ' || i, ${blog.now} + 86400000 FROM n`,
		`${numbers} INSERT INTO blocks (kind, value, label, actor, reason, created_at, operation)
			SELECT 'visitor', 'blocked ' || i, 'x', 'Mika', '', ${blog.now}, 'block ' || i FROM n`,
	]) {
		await blog.db.prepare(sql).run();
	}
}

/** Adds comments that wait, from two visitors. */
export async function addHeld(blog: Blog, count: number): Promise<void> {
	await blog.db
		.prepare(
			`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
			INSERT INTO comments (id, post_id, path, state, name, visitor, source, html, fingerprint, findings, created_at)
			SELECT base + i, '${post}', printf('%08x', base + i), 'held', 'waits', 'waiting ' || (i % 2), 'text', 'text',
				'h' || (base + i), '[{"rule":"links","verdict":"hold","detail":"1"}]', ${blog.now}
			FROM n, (SELECT coalesce(max(id), 0) AS base FROM comments)`,
		)
		.bind(count)
		.run();
}

/** Adds a thousand notices that are due, 250 for each channel, and work for the other jobs of the cron trigger. */
export async function addDueNotices(blog: Blog): Promise<void> {
	const rows = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250)
		INSERT INTO outbox (key, channel, event, comment_id, recipient, subscription_id, due_at, created_at)`;
	for (const channel of ["webhook", "slack", "discord"]) {
		await blog.db
			.prepare(`${rows} SELECT '${channel} ' || i, '${channel}', 'published', i, 0, NULL, ?1, ?1 FROM n`)
			.bind(blog.now)
			.run();
	}
	await blog.db
		.prepare(
			`${rows} SELECT 'mail ' || i, 'mail', 'reply', i, s.address_id, s.id, ?1, ?1 FROM n
			JOIN subscriptions AS s ON s.id = (SELECT id FROM subscriptions WHERE state = 'active' ORDER BY id LIMIT 1) + i`,
		)
		.bind(blog.now)
		.run();
	await blog.db.exec("UPDATE pending_purges SET scope = 7, purged_at = NULL");
	await blog.db.exec("UPDATE training_examples SET label = 'spam' WHERE comment_id < 100");
}

/**
 * Uses every route once, most with success, and measures each request with the work after its response; `onPage` receives
 * each page.
 */
export async function tourRoutes(
	blog: Blog,
	net: World,
	onPage: (route: string, html: string) => void = () => {},
): Promise<Measurement[]> {
	const measured: Measurement[] = [];
	const at = async (route: string, send: () => Promise<Response>): Promise<Response> => {
		await blog.usage();
		const response = await send();
		if (response.headers.get("Content-Type")?.startsWith("text/html"))
			onPage(route, await response.clone().text());
		measured.push({ route, status: response.status, usage: await blog.usage() });
		// Each in a minute of its own, so that limits and single runs of one do not hide the cost of the next.
		blog.setClock(blog.now + 60_000);
		return response;
	};
	const get = (who: Person, route: string, address: string) => at(`GET ${route}`, () => who.get(address));
	const send = (who: Person, route: string, address: string, fields: Record<string, string> = {}) =>
		at(`POST ${route}`, () => who.post(address, fields));
	const mailed = (start: string, end = "") =>
		net.requests
			.filter(({ host }) => host === "api.resend.com")
			.flatMap(({ body }) => body.match(/(?<=https:\/\/cats\.example)\/[^\s"\\]*/g) ?? [])
			.findLast((link) => link.startsWith(start) && (link.split("?")[0] ?? "").endsWith(end)) ??
		`${start}none`;
	const lastId = async () =>
		Number((await blog.db.prepare("SELECT max(id) AS id FROM comments").first<{ id: number }>())?.id);

	await readSite(personOn(blog), get, at, blog);

	const author = personOn(blog, "", "192.0.2.1");
	const comment = { post, name: "Ann", email: "ann@mail.example", text: "A first remark." };
	await send(author, "/comments", "/comments", { ...comment, intent: "preview" });
	await send(author, "/comments", "/comments", { ...comment, notify: "on" });
	const posted = await send(author, "/comments", "/comments", { ...comment, text: "A second one." });
	const id = await lastId();
	const edit = mailed("/comments/", "/edit");
	const flash = new URL(posted.headers.get("Location") ?? "", blog.origin).searchParams.get("flash") ?? "";
	await get(author, "/*", `${path}?flash=${flash}`);
	await get(author, "/comments/:id", `/comments/${id}`);
	await get(author, "/comments/:id/reply", `/comments/${id}/reply`);
	await send(author, "/comments/:id/proof", `/comments/${id}/proof`, { flash, nonce: "1" });
	await get(author, "/comments/:id/edit", edit);
	await send(author, "/comments/:id/revisions", `/comments/${id}/revisions`, { text: "Another text." });
	await get(author, "/comments/:id/report", `/comments/${id}/report`);
	await send(author, "/comments/:id/reports", `/comments/${id}/reports`, { reason: "An insult." });
	await send(author, "/reactions", "/reactions", { post, kind: "like" });
	await send(author, "/reactions", "/reactions", { post, comment: String(id), kind: "like" });
	await send(author, "/reactions/removals", "/reactions/removals", { post, kind: "like" });

	await send(author, "/subscriptions", "/subscriptions", { post, email: "bob@mail.example" });
	await get(author, "/subscriptions/requested", `/subscriptions/requested?post=${post}`);
	const confirmation = mailed("/subscriptions/", "/confirmation");
	await get(author, "/subscriptions/:token/confirmation", confirmation);
	await send(author, "/subscriptions/:token/confirmation", confirmation);
	await send(personOn(blog, "", "192.0.2.2"), "/comments", "/comments", {
		...comment,
		name: "Eve",
		email: "",
		text: "To subscribers.",
	});
	blog.setClock(blog.now + 60 * 60_000);
	await blog.cron();
	await get(author, "/readyz", "/readyz");
	await at("GET /metrics", () => blog.get("/metrics", { Authorization: "Bearer metrics-token" }));
	const end = mailed("/subscriptions/", "/end");
	await get(author, "/subscriptions/:token/end", end);
	await send(author, "/subscriptions/:token/end", end);

	await send(author, "/verifications", "/verifications", { email: "ann@mail.example", name: "Ann" });
	await get(author, "/verifications/requested", "/verifications/requested");
	const verification = mailed("/verifications/");
	await get(author, "/verifications/:token", verification);
	await send(author, "/verifications/:token", verification, { name: "Ann" });
	await get(author, "/me", "/me");
	await get(author, "/me/export", "/me/export");
	await send(author, "/me/name", "/me/name", { name: "Anna" });
	await send(author, "/comments/:id/deletion", `/comments/${id}/deletion`);
	await send(author, "/me/name/removal", "/me/name/removal");
	await send(author, "/me/session/end", "/me/session/end");
	for (const end of ["anonymization", "erasure"]) {
		const leaver = personOn(blog);
		for (const text of ["One", "Two"]) await leaver.post("/comments", { post, name: "Gone", text });
		await leaver.post("/reactions", { post, kind: "like" });
		await send(leaver, `/me/${end}`, `/me/${end}`);
	}

	const decision = mailed("/moderation/");
	await get(personOn(blog), "/moderation/:token", decision);
	await send(personOn(blog), "/moderation/:token", decision);
	await tourAdmin(blog, get, send, at);
	return measured;
}

type At = (route: string, send: () => Promise<Response>) => Promise<Response>;
type Get = (who: Person, route: string, address: string) => Promise<Response>;
type Send = (
	who: Person,
	route: string,
	address: string,
	fields?: Record<string, string>,
) => Promise<Response>;

async function readSite(reader: Person, get: Get, at: At, blog: Blog): Promise<void> {
	for (const [route, address] of [
		["/", "/"],
		["/page/:number/", "/page/2/"],
		["/category/:slug/", "/category/cloud/"],
		["/category/:slug/page/:number/", "/category/cloud/page/2/"],
		["/tag/:slug/", "/tag/edge/"],
		["/tag/:slug/page/:number/", "/tag/edge/page/2/"],
		["/author/:slug/", "/author/mika/"],
		["/author/:slug/page/:number/", "/author/mika/page/2/"],
		["/series/:slug/", "/series/cats/"],
		["/archive/", "/archive/"],
		["/:year/", "/2024/"],
		["/:year/:month/", "/2024/05/"],
		["/:lang/", "/ja/"],
		["/:lang/page/:number/", "/ja/page/2/"],
		["/search", "/search?q=post"],
		["/search/suggestions", "/search/suggestions?q=he"],
		["/opensearch.xml", "/opensearch.xml"],
		...feedExtensions.flatMap((extension) => [
			[`/category/:slug/feed.${extension}`, `/category/cloud/feed.${extension}`] as const,
			[`/tag/:slug/feed.${extension}`, `/tag/edge/feed.${extension}`] as const,
			[`/author/:slug/feed.${extension}`, `/author/mika/feed.${extension}`] as const,
			[`/series/:slug/feed.${extension}`, `/series/cats/feed.${extension}`] as const,
			[`/:lang/feed.${extension}`, `/ja/feed.${extension}`] as const,
			[`/feed.${extension}`, `/feed.${extension}`] as const,
			[`/comments.${extension}`, `/comments.${extension}`] as const,
			[`/comments.${extension}`, `/comments.${extension}?before=2000`] as const,
			[`/:post/comments.${extension}`, `${path}comments.${extension}`] as const,
			[`/:post/comments.${extension}`, `${path}comments.${extension}?before=2000`] as const,
		]),
		["/feed.css", "/feed.css"],
		["/blogroll.opml", "/blogroll.opml"],
		["/sitemap.xml", "/sitemap.xml"],
		["/:file", "/sitemap-1.xml"],
		["/robots.txt", "/robots.txt"],
		["/llms.txt", "/llms.txt"],
		["/llms-full.txt", "/llms-full.txt"],
		["/:file", "/llms-full-1.txt"],
		["/:post/index.md", `${path}index.md`],
		["/api/v1", "/api/v1"],
		["/api/v1/posts", "/api/v1/posts"],
		["/api/v1/pages", "/api/v1/pages"],
		["/api/v1/:kind/:id", `/api/v1/posts/${post}`],
		["/api/v1/:kind/:id/comments", `/api/v1/posts/${post}/comments`],
		["/api/v1/:kind/:id/comments", `/api/v1/posts/${post}/comments?after=20`],
		["/api/v1/counts", `/api/v1/counts?id=${post}`],
		["/api/v1/search", "/api/v1/search?q=post"],
		["/api/v1/categories", "/api/v1/categories"],
		["/api/v1/tags", "/api/v1/tags"],
		["/api/v1/authors", "/api/v1/authors"],
		["/api/v1/series", "/api/v1/series"],
		["/api/oembed", `/api/oembed?url=https%3A%2F%2Fcats.example${encodeURIComponent(path)}`],
		["/healthz", "/healthz"],
		["/.well-known/security.txt", "/.well-known/security.txt"],
		["/scripts/:file", "/scripts/none.js"],
		["/comments/count", `/comments/count?post=${post}`],
		["/*", path],
		["/*", `${path}?sort=top`],
		["/*", `${path}?after=00000020`],
	] as const) {
		await get(reader, route, address);
	}
	await at("GET /* from the isolate", () => blog.get(path));
}

async function tourAdmin(blog: Blog, get: Get, send: Send, at: At): Promise<void> {
	const nobody = personOn(blog);
	const token = await invitation("Mika", "owner", { expiresAt: blog.now + 3_600_000 });
	await get(nobody, "/admin/enrolment", `/admin/enrolment?invitation=${token}`);
	await at("POST /admin/enrolment", async () => (await enrol(blog, token)).response);
	await get(nobody, "/admin/sign-in", "/admin/sign-in");
	await send(nobody, "/admin/session", "/admin/session", { challengeToken: "x", credential: "{}" });
	const moderator = personOn(blog, (await signedIn(blog, "Sora", "moderator")).Cookie);
	const owner = personOn(blog, (await signedIn(blog, "Hana", "owner")).Cookie);
	await addHeld(blog, 70);
	const held = async (count: number) =>
		(
			await blog.db
				.prepare("SELECT id FROM comments WHERE state = 'held' AND name = 'waits' ORDER BY id LIMIT ?")
				.bind(count)
				.all<{ id: number }>()
		).results.map(({ id }) => id);
	const decide = async (count: number, action: string) => {
		const fields = new URLSearchParams([
			["do", action],
			["back", "/admin/comments"],
		]);
		for (const id of await held(count)) {
			fields.append("id", String(id));
			fields.append("seen", `${id}:`);
		}
		return at("POST /admin/decisions", () =>
			fetch(`${blog.origin}/admin/decisions`, {
				method: "POST",
				redirect: "manual",
				body: fields,
				headers: { "Sec-Fetch-Site": "same-origin", Cookie: owner.cookie(), "X-Test-Now": String(blog.now) },
			}),
		);
	};
	for (const query of [
		"",
		"?state=any",
		"?state=reported",
		"?state=spam",
		"?state=published&q=forty+words",
		"?state=any&q=nowhere",
		"?state=deleted&post=2024-05-01-hello",
		"?state=published&post=nowhere",
		"?state=any&commenter=v1",
		"?state=spam&commenter=v1",
		"?state=published&from=2020-01-01&to=2020-01-02",
		"?state=any&from=2020-01-01&to=2020-01-02&q=nowhere&post=x",
		"?state=held&q=nowhere",
	]) {
		await get(owner, "/admin/comments", `/admin/comments${query}`);
	}
	await decide(30, "published");
	const undoable = await decide(30, "ban");
	const operation =
		new URL(undoable.headers.get("Location") ?? "", blog.origin).searchParams.get("done") ?? "";
	await get(owner, "/admin/comments", `/admin/comments?done=${operation}`);
	await send(owner, "/admin/undo", "/admin/undo", { operation, back: "/admin" });
	const [id = 0] = await held(1);
	await get(owner, "/admin/comments/:id", `/admin/comments/${id}`);
	await send(owner, "/admin/comments/:id/text", `/admin/comments/${id}/text`, {
		name: "x",
		text: "New words.",
	});
	await send(owner, "/admin/comments/:id/reply", `/admin/comments/${id}/reply`, {
		text: "A reply.",
		key: "k",
	});
	await send(owner, "/admin/comments/:id/pin", `/admin/comments/${id}/pin`, {
		pinned: "yes",
		back: "/admin",
	});
	await send(owner, "/admin/threads", "/admin/threads", { post, closed: "yes", back: "/admin" });
	await send(owner, "/admin/threads", "/admin/threads", { post, closed: "", back: "/admin" });
	await get(owner, "/admin/orphans", "/admin/orphans");
	await send(owner, "/admin/orphans", "/admin/orphans", { from: "none", to: path });
	await send(owner, "/admin/pause", "/admin/pause", { mode: "hold", hours: "1", version: "0" });
	await send(owner, "/admin/pause", "/admin/pause", { do: "end", version: "1" });
	await send(owner, "/admin/redirects", "/admin/redirects", { from: "/gone/", to: post });
	await get(owner, "/admin", "/admin");
	await send(owner, "/admin/redirects/removal", "/admin/redirects/removal", { from: "/gone" });
	await get(owner, "/admin/log", "/admin/log");
	await get(owner, "/admin/commenters", "/admin/commenters");
	await get(owner, "/admin/commenters", "/admin/commenters?before=2000");
	await get(owner, "/admin/commenters/:visitor", "/admin/commenters/v1");
	for (const change of ["block", "purge", "anonymity", "erasure"]) {
		const of = "/admin/commenters/:visitor/";
		await send(owner, `${of}${change}`, `/admin/commenters/v2/${change}`, { kind: "visitor", sure: "yes" });
	}
	await get(owner, "/admin/settings", "/admin/settings");
	const settings = { policy: "none", blockedWords: "casino", links: "2" };
	await send(owner, "/admin/settings", "/admin/settings", { ...settings, do: "test" });
	await send(owner, "/admin/settings", "/admin/settings", { ...settings, do: "save" });
	const block = { kind: "email", email: "eve@mail.example", value: "eve@mail.example" };
	await send(owner, "/admin/blocks", "/admin/blocks", block);
	await send(owner, "/admin/blocks/removal", "/admin/blocks/removal", block);
	await send(owner, "/admin/recheck", "/admin/recheck", { selection: "waiting" });
	await get(owner, "/admin/settings", "/admin/settings");
	await at("cron", async () => {
		await blog.cron();
		return new Response();
	});
	await send(owner, "/admin/recheck/end", "/admin/recheck/end");
	await send(owner, "/admin/recheck", "/admin/recheck", { selection: "published" });
	await send(owner, "/admin/recheck/end", "/admin/recheck/end");
	await get(owner, "/admin/account", "/admin/account");
	await send(owner, "/admin/account/passkeys", "/admin/account/passkeys", {
		challengeToken: "x",
		credential: "{}",
	});
	await send(owner, "/admin/account/passkeys/removal", "/admin/account/passkeys/removal", { passkey: "x" });
	await send(owner, "/admin/account/sessions/:id/end", "/admin/account/sessions/99/end");
	await get(owner, "/admin/team", "/admin/team");
	await send(owner, "/admin/team/invitations", "/admin/team/invitations", {
		name: "Riku",
		role: "moderator",
	});
	await send(owner, "/admin/team/:id/role", "/admin/team/2/role", { role: "owner" });
	await send(owner, "/admin/team/:id/removal", "/admin/team/2/removal");
	await get(owner, "/admin/upcoming", "/admin/upcoming");
	await get(owner, "/admin/notices", "/admin/notices");
	await send(owner, "/admin/notices/attempts", "/admin/notices/attempts");
	for (const address of ["/admin/outbox", "/admin/outbox/:id", "/admin/outbox/:id/html"]) {
		await get(owner, address, address.replace(":id", "1"));
	}
	await send(owner, "/admin/account/sessions/end", "/admin/account/sessions/end");
	await send(moderator, "/admin/session/end", "/admin/session/end");
}
