import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { signedIn } from "../../support/admin.ts";
import { type Blog, startBlog } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";
import { world } from "../../support/outside.ts";

const post = "2024-05-01-hello";
const day = 86_400_000;
const start = Date.parse("2026-01-01T00:00:00Z");
const net = world();
let blog: Blog;
let owner: { Cookie: string };
let moderator: { Cookie: string };

beforeAll(async () => {
	blog = await startBlog({
		files: {
			"site.yaml":
				"title: Cats\nurl: https://cats.example\ncomments:\n  moderation: first\nlimits: { notices_per_day: 20 }\nnotifications:\n  from: blog@cats.example\n",
		},
		env: { OWNER_EMAIL: "Mika@cats.example" },
		mail: net.receiveMail,
	});
	blog.setClock(start);
	owner = await signedIn(blog, "Mika", "owner");
	moderator = await signedIn(blog, "Tom", "moderator");
});
afterAll(() => blog.stop());
beforeEach(async () => {
	blog.setClock(start);
	await emptyTables(
		blog.db,
		"comments",
		"threads",
		"comment_events",
		"reader_events",
		"notice_counts",
		"outbox",
		"subscriptions",
		"audit_log",
		"training_examples",
	);
});

const write = (text: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
	blog.post("/comments", { post, name: "Ann", text, ...fields }, headers);
/** Holds what happened back from the outbox, as when it is slow, until the act that follows. */
const enqueued = async () => {
	await blog.cron();
	const { results } = await blog.db
		.prepare(
			"SELECT event, comment_id, recipient FROM outbox WHERE event NOT IN ('receipt', 'confirmation') ORDER BY id",
		)
		.all<{ event: string; comment_id: number; recipient: number }>();
	return results.map(
		({ event, comment_id, recipient }) => `${event} ${comment_id} to ${recipient === 0 ? "owner" : "reader"}`,
	);
};
const subscribe = async (email: string, commentId: number, visitor: string) => {
	await blog.db.prepare("INSERT INTO addresses (email) VALUES (?) ON CONFLICT DO NOTHING").bind(email).run();
	await blog.db
		.prepare(
			`INSERT INTO subscriptions (address_id, post_id, comment_id, visitor, state, requested_at, created_at)
			SELECT id, ?, ?, ?, 'active', 0, 0 FROM addresses WHERE email = ?`,
		)
		.bind(post, commentId, visitor, email)
		.run();
};
const visitorOf = (id: number) =>
	blog.db.prepare("SELECT visitor FROM comments WHERE id = ?").bind(id).first<string>("visitor");

describe("a notice", () => {
	it("goes to the owner for what others do, not for the owner's own replies and approvals", async () => {
		await write("first");
		expect(await enqueued()).toEqual(["waiting 1 to owner"]);
		await write("second", { name: "Bob" });
		await blog.db.exec("DELETE FROM outbox");
		await blog.db.exec("INSERT INTO comment_events (comment_id, cause) VALUES (2, 'added')");
		await blog.post("/admin/decisions", { do: "published:2" }, owner);
		await blog.post("/admin/comments/1/reply", { key: crypto.randomUUID(), text: "from the owner" }, owner);
		expect((await enqueued()).filter((notice) => notice.endsWith("owner"))).toEqual([]);
		await blog.post("/admin/comments/1/reply", { key: crypto.randomUUID(), text: "from Tom" }, moderator);
		expect(await enqueued()).toEqual(["published 4 to owner"]);
	});

	it("reaches the owner once, also when the owner subscribed to the thread", async () => {
		await subscribe("mika@cats.example", 0, "m");
		await write("first");
		await enqueued();
		await blog.post("/admin/decisions", { do: "published:1" }, moderator);
		expect(await enqueued()).toEqual(["waiting 1 to owner"]);
	});

	it("of an approval goes to the author who asked, once, and to nobody who only typed that address", async () => {
		await write("first", { email: "ann@mail.example" });
		await write("second", { name: "Eve", email: "ann@mail.example" });
		await subscribe("ann@mail.example", 1, (await visitorOf(1)) ?? "");
		await subscribe("ann@mail.example", 0, (await visitorOf(1)) ?? "");
		await subscribe("bob@mail.example", 0, "b");
		await enqueued();
		await blog.db.exec("DELETE FROM outbox");
		for (const state of ["published", "held", "published"]) {
			for (const id of [1, 2]) await blog.post("/admin/decisions", { do: `${state}:${id}` }, moderator);
			await blog.cron();
		}
		expect(await enqueued()).toEqual(["approved 1 to reader", "reply 1 to reader", "reply 2 to reader"]);
	});

	it("tells the owner that an edited comment waits", async () => {
		const posted = await write("first");
		await blog.post("/admin/decisions", { do: "published:1" }, owner);
		await enqueued();
		await blog.db.exec("DELETE FROM outbox");
		const settings = { policy: "all", blockedWords: "", links: "", do: "save" };
		await blog.post("/admin/settings", settings, owner);
		const cookie = posted.headers.get("Set-Cookie")?.split(";")[0] ?? "";
		await blog.post("/comments/1/revisions", { text: "other words" }, { Cookie: cookie });
		expect(await enqueued()).toEqual(["waiting 1 to owner"]);
		await blog.db.exec("DELETE FROM settings");
	});
});

describe("notices to subscribers", () => {
	const day2 = start + day;
	const closed = "2024-05-03-closed";
	const publish = (id: number, postId: string) =>
		blog.db
			.prepare(
				`INSERT INTO comments (id, post_id, path, state, name, visitor, source, html, fingerprint, created_at)
				VALUES (?1, ?2, printf('%08x', ?1), 'published', 'Eve', 'e', 'x', 'x', ?1, ?3)`,
			)
			.bind(id, postId, blog.now)
			.run();
	const readers = (count: number, prefix: string, postId: string) =>
		blog.db.batch([
			blog.db
				.prepare(
					`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
					INSERT INTO addresses (email) SELECT ?2 || i || '@mail.example' FROM n`,
				)
				.bind(count, prefix),
			blog.db
				.prepare(
					`INSERT INTO subscriptions (address_id, post_id, comment_id, visitor, state, requested_at, created_at)
					SELECT id, ?2, 0, 'v' || id, 'active', 0, 0 FROM addresses WHERE email LIKE ?1 || '%'`,
				)
				.bind(prefix, postId),
		]);
	const pass = async (minutes: number) => {
		for (let minute = 0; minute < minutes; minute++) {
			blog.setClock(blog.now + 60_000);
			await blog.cron();
		}
	};
	const told = async () =>
		(
			await blog.db
				.prepare(
					"SELECT comment_id AS id, count(*) AS n, count(DISTINCT recipient) AS readers FROM outbox WHERE event = 'reply' GROUP BY comment_id",
				)
				.all<{ id: number; n: number; readers: number }>()
		).results.map(({ id, n, readers }) => [id, n, readers]);

	it("are at most as many a day as the limit, half of them for one post; the others follow, each once", async () => {
		await readers(25, "many", post);
		await readers(3, "few", closed);
		await publish(1, post);
		await publish(2, post);
		await publish(3, closed);
		await pass(8);
		expect(await told()).toEqual([
			[1, 10, 10],
			[3, 3, 3],
		]);
		blog.setClock(day2);
		await pass(8);
		expect(await told()).toEqual([
			[1, 20, 20],
			[3, 3, 3],
		]);
		blog.setClock(day2 + day);
		await pass(8);
		expect(await told()).toEqual([
			[1, 25, 25],
			[2, 5, 5],
			[3, 3, 3],
		]);
		blog.setClock(day2 + 10 * day);
		await pass(8);
		expect(await told()).toEqual([
			[1, 25, 25],
			[2, 5, 5],
			[3, 3, 3],
		]);
		expect(await blog.db.prepare("SELECT count(*) FROM reader_events").first("count(*)")).toBe(0);
		blog.setClock(day2 + 10 * day + 3_600_000 - 60_000);
		await pass(1);
		expect(await blog.db.prepare("SELECT count(*) FROM notice_counts").first("count(*)")).toBe(0);
	});

	it("are the whole site's limit together, and nobody is told of a comment that was hidden while it waited", async () => {
		for (const [at, postId] of [post, closed, "2024-05-02-こんばんは"].entries()) {
			await readers(15, `of${at}`, postId);
			await publish(at + 1, postId);
		}
		await pass(8);
		expect((await told()).reduce((sum, [, n = 0]) => sum + n, 0)).toBe(20);
		await blog.db.exec("UPDATE comments SET state = 'spam' WHERE id = 1");
		blog.setClock(day2);
		await pass(8);
		expect(await told()).toEqual([
			[1, 10, 10],
			[2, 15, 15],
			[3, 10, 10],
		]);
	});

	it("wait no longer than a day after the clock was set back", async () => {
		await readers(12, "reader", post);
		await publish(1, post);
		await pass(4);
		blog.setClock(start - 30 * day);
		await pass(4);
		expect(await told()).toEqual([[1, 12, 12]]);
	});
});

describe("a comment approved late", () => {
	it("is new in the feeds, in the count's latest and for readers who came back, and keeps its place in the thread", async () => {
		for (const text of ["early", "late"]) await write(text, { name: text });
		await blog.post("/admin/decisions", { do: "published:2" }, moderator);
		blog.setClock(start + day);
		await blog.post("/admin/decisions", { do: "published:1" }, moderator);
		for (const feed of ["/comments.xml", "/2024/05/01/hello/comments.xml"]) {
			const xml = await (await blog.get(feed)).text();
			expect(
				[...xml.matchAll(/<link [^>]*href="[^"]*\/comments\/(\d)"/g)].map(([, id]) => id),
				feed,
			).toEqual(["1", "2"]);
			expect(xml).toMatch(/<feed[^>]*>[\s\S]*?<updated>2026-01-02T00:00:00/);
			expect(xml).toContain("<published>2026-01-02T00:00:00");
		}
		expect(await (await blog.get(`/comments/count?post=${post}`)).json()).toMatchObject({ latest: [1, 2] });
		const page = await (await blog.get("/2024/05/01/hello/")).text();
		expect(page.indexOf("comment-1")).toBeLessThan(page.indexOf("comment-2"));
		expect(page).toContain(`datetime="2026-01-01T00:00:00.000Z" data-published="${start + day}"`);
	});

	it("keeps its first time of publication through later decisions", async () => {
		await write("first");
		for (const state of ["published", "spam", "published"]) {
			await blog.post("/admin/decisions", { do: `${state}:1` }, moderator);
			blog.setClock(start + day);
		}
		expect(await blog.db.prepare("SELECT published_at FROM comments").first("published_at")).toBe(start);
	});
});
