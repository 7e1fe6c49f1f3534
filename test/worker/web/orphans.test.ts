import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { signedIn } from "../../support/admin.ts";
import { type Blog, startBlog } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";

const post = "2024-05-01-hello";
const path = "/2024/05/01/hello/";
const start = Date.parse("2026-01-01T00:00:00Z");
const files = (name: string) => ({
	"posts/2024-05-01-hello.md": "---\ntitle: Hello\ndate: 2024-05-01\n---\nThe first post.\n",
	[`posts/${name}.md`]: "---\ntitle: Cats\ndate: 2024-06-07\n---\nAbout cats.\n",
	"posts/2024-06-08-draft.md": "---\ntitle: Draft\ndate: 2024-06-08\ndraft: true\n---\nLater.\n",
});
const [old, renamed] = ["2024-06-07-cats", "2024-06-07-many-cats"];
const newPath = "/2024/06/07/many-cats/";
let blog: Blog;
let owner: { Cookie: string };

beforeAll(async () => {
	blog = await startBlog({ files: files(old) });
	owner = await signedIn(blog, "Mika", "owner");
});
afterAll(() => blog.stop());
beforeEach(async () => {
	blog.setClock(start);
	await emptyTables(blog.db, "comments", "threads", "reactions", "subscriptions", "addresses", "audit_log");
	await emptyTables(blog.db, "comment_events", "write_counts");
	await blog.deploy(files(old));
});

const comment = (postId: string, text: string, fields: Record<string, string> = {}) =>
	blog.post("/comments", { post: postId, name: "Ann", text, ...fields });
const rows = async (sql: string) => (await blog.db.prepare(sql).all<Record<string, unknown>>()).results;
const page = async (address: string) => (await blog.get(address, owner)).text();
const move = (from: string, to: string) => blog.post("/admin/orphans", { from, to }, owner);
const done = (response: Response) =>
	new URL(response.headers.get("Location") ?? "", blog.origin).searchParams.get("done") ?? "";
const subscribe = (email: string, postId: string, commentId: number, state = "active") =>
	blog.db.batch([
		blog.db.prepare("INSERT INTO addresses (email) VALUES (?) ON CONFLICT DO NOTHING").bind(email),
		blog.db
			.prepare(
				`INSERT INTO subscriptions (address_id, post_id, comment_id, visitor, state, requested_at, created_at)
				SELECT id, ?2, ?3, 'v', ?4, 0, 0 FROM addresses WHERE email = ?1`,
			)
			.bind(email, postId, commentId, state),
	]);
const like = (postId: string, visitor: string, commentId = 0) =>
	blog.db
		.prepare(
			"INSERT INTO reactions (post_id, comment_id, kind, visitor, created_at) VALUES (?, ?, 'like', ?, 0)",
		)
		.bind(postId, commentId, visitor)
		.run();
/** Everything that belongs to posts, without the marks of what was moved. */
const contents = async () => ({
	comments: await rows("SELECT id, post_id, parent_id, path, state, tallies FROM comments ORDER BY id"),
	reactions: await rows("SELECT post_id, comment_id, kind, visitor FROM reactions ORDER BY 1, 2, 3, 4"),
	subscriptions: await rows("SELECT id, post_id, comment_id, state FROM subscriptions ORDER BY id"),
	threads: await rows(
		"SELECT post_id, comment_count, coalesce(tallies ->> 'like', 0) AS likes, closed_at IS NULL AS open, pinned_id FROM threads WHERE comment_count > 0 OR tallies <> '{}' ORDER BY post_id",
	),
});

/** A thread with a reply, a held comment, reactions, subscriptions and a pin; then its post is renamed. */
async function rename(): Promise<void> {
	await comment(old, "marmalade");
	await comment(old, "reply", { parent: "1", name: "Bob" });
	await comment(old, "waiting");
	await blog.db.exec("UPDATE comments SET state = 'held' WHERE id = 3");
	await like(old, "a");
	await like(old, "b");
	await like(old, "a", 1);
	await subscribe("ann@mail.example", old, 0);
	await subscribe("bob@mail.example", old, 1, "pending");
	await blog.post("/admin/comments/2/pin", { pinned: "yes" }, owner);
	await blog.deploy(files(renamed));
}

describe("comments whose post was renamed", () => {
	it("are listed in the admin with the post it probably is, and those of drafts are not", async () => {
		await rename();
		await blog.db.exec("INSERT INTO threads (post_id, comment_count) VALUES ('2024-06-08-draft', 4)");
		await blog.db
			.prepare(
				`INSERT INTO comments (id, post_id, path, state, name, visitor, source, html, fingerprint, created_at)
				VALUES (9, 'only-waiting', '00000009', 'held', 'Ann', 'v', 'x', 'x', 'x', 0)`,
			)
			.run();
		const html = await page("/admin/orphans");
		expect([...html.matchAll(/<h2><bdi>([^<]*)/g)].map(([, id]) => id)).toEqual([old, "only-waiting"]);
		expect(html).toContain("2 public comments · 1 comment waiting");
		expect(html).toContain(`value="${newPath}"`);
		expect(html).not.toContain("2024-06-08-draft");
		await move(old, newPath);
		await blog.db.exec("UPDATE comments SET state = 'spam' WHERE id = 9");
		expect(await page("/admin/orphans")).toContain("Every post that has comments is there.");
	});

	it("move with their replies, pin, reactions and subscriptions; links follow, counts are right, caches too", async () => {
		await rename();
		expect((await blog.get("/comments/2")).status).toBe(404);
		expect((await blog.cache.get(newPath)).body).not.toContain("marmalade");
		const response = await move(old, ` https://cats.example${newPath} `);
		expect(response.status).toBe(303);
		expect((await contents()).threads).toEqual([
			{ post_id: renamed, comment_count: 2, likes: 2, open: 1, pinned_id: 2 },
		]);
		expect((await blog.get("/comments/2")).headers.get("Location")).toContain(`${newPath}#comment-2`);
		blog.setClock(start + 60_000);
		await blog.cron();
		expect((await blog.cache.get(newPath)).body).toContain("marmalade");
		const html = await page(newPath);
		expect(html).toContain("2 comments");
		expect(html.match(/class="pinned"/g)).toHaveLength(1);
		expect(await rows("SELECT DISTINCT post_id FROM subscriptions")).toEqual([{ post_id: renamed }]);
		expect(await page("/admin/log")).toContain(`Moved the comments of ${old} to Cats`);
		await blog.post("/admin/decisions", { do: "published:3", seen: "3:1" }, owner);
		expect(await page(newPath)).toContain("3 comments");
		await comment(renamed, "a reply to a moved one", { parent: "1", name: "Eve" });
		expect(await page(newPath)).toContain("4 comments");
	});

	it("are back as they were when it is undone, without what came since", async () => {
		await rename();
		await comment(renamed, "already there");
		await like(renamed, "b");
		await like(renamed, "c");
		await subscribe("ann@mail.example", renamed, 0);
		const before = await contents();
		const operation = done(await move(old, newPath));
		expect((await contents()).threads).toEqual([
			{ post_id: old, comment_count: 0, likes: 1, open: 1, pinned_id: null },
			{ post_id: renamed, comment_count: 3, likes: 3, open: 1, pinned_id: 2 },
		]);
		await blog.post("/admin/undo", { operation }, owner);
		expect(await contents()).toEqual(before);
		const undoing = await rows("SELECT operation FROM audit_log WHERE kind = 'moved' ORDER BY id DESC");
		await blog.post("/admin/undo", { operation: String(undoing[0]?.operation) }, owner);
		expect((await contents()).threads).toMatchObject([{ comment_count: 0 }, { comment_count: 3 }]);
	});

	it("of a closed thread stay closed, and are open again when that is undone", async () => {
		await rename();
		await blog.db.exec(`UPDATE threads SET closed_at = 5 WHERE post_id = '${old}'`);
		const before = await contents();
		const operation = done(await move(old, newPath));
		expect(await page(newPath)).toContain("A moderator closed the comments");
		await blog.post("/admin/undo", { operation }, owner);
		expect(await contents()).toEqual(before);
		expect(await page(newPath)).toContain("<textarea");
	});

	it.each([
		["no address", old, ""],
		["an address of no post", old, "/2024/06/07/cats/"],
		["a draft", old, "2024-06-08-draft"],
		["a post that is there", post, newPath],
		["no post", "", newPath],
	])("do not move from or to %s: the form comes back with a sentence", async (_, from, to) => {
		await rename();
		const before = await contents();
		const response = await move(from, to);
		expect([response.status, await response.text()]).toEqual([
			422,
			expect.stringContaining("Nothing was moved: that is not the address of a published post"),
		]);
		expect(await contents()).toEqual(before);
		expect(await page(path)).toContain("<textarea");
	});

	it("move once, if two members send it", async () => {
		await rename();
		await move(old, newPath);
		expect(done(await move(old, newPath))).toBe("nothing");
	});
});
