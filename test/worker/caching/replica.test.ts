import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { signFlash } from "../../../src/comments/form-tokens.ts";
import { signedIn } from "../../support/admin.ts";
import { type Blog, startBlog, testSecret } from "../../support/blog.ts";
import { emptyTables } from "../../support/empty-tables.ts";

const path = "/2024/05/01/hello/";
const post = "2024-05-01-hello";
let blog: Blog;

beforeAll(async () => {
	blog = await startBlog({ replica: true });
});
afterAll(() => blog.stop());
beforeEach(async () => {
	await emptyTables(blog.db, "comments", "threads", "reactions", "members", "sessions");
	await say("the first");
	await blog.catchUp();
	// Visible only in reads from the replica.
	await blog.replica.exec("UPDATE comments SET name = 'the replica'");
});

const say = (text: string) => blog.post("/comments", { post, name: "花子", text });
const addressAfter = ({ headers }: Response) => headers.get("Location")?.split("#")[0] ?? "";
const text = async (address: string, headers = {}) => (await blog.get(address, headers)).text();

describe("with a read replica", () => {
	it("cacheable pages are read from the primary, including those in the isolate's page cache", async () => {
		for (const address of [path, `${path}?sort=newest`, `${path}comments.xml`, "/comments.xml"])
			expect(await text(address), address).not.toContain("the replica");
		await say("the second");
		expect(await text(path)).toContain('<p dir="auto">the second</p>');
		expect(await text("/")).toContain("2 comments");
		expect(await text(`/comments/count?post=${post}`)).toBe('{"comments":2,"latest":[2,1]}');
	});

	it("a commenter sees their own write, from the replica only once it has caught up", async () => {
		const address = addressAfter(await say("the second"));
		const immediate = await blog.get(address);
		expect(immediate.headers.get("Cache-Control")).toBe("private, no-store");
		expect(await immediate.text()).toContain('<p dir="auto">the second</p>');
		await blog.catchUp();
		await blog.replica.exec("UPDATE comments SET name = 'the replica'");
		expect(await text(address)).toContain("the replica");
	});

	it("a bookmark from before the database was restored reads the current state", async () => {
		const flash = {
			post,
			comment: null,
			action: "reacted",
			kind: "like",
			bookmark: "of another time",
		} as const;
		const seen = await blog.get(`${path}?flash=${await signFlash(flash, testSecret, blog.now)}`);
		expect([seen.status, seen.headers.get("Cache-Control")]).toEqual([200, "private, no-store"]);
		expect(await seen.text()).toContain('<p dir="auto">the first</p>');
	});

	it.each([
		["a change", (id: string) => [`/comments/${id}/revisions`, { text: "the second, changed" }] as const],
		["a deletion", (id: string) => [`/comments/${id}/deletion`, {}] as const],
		["a reaction", (id: string) => ["/reactions", { post, comment: id, kind: "like" }] as const],
	])("so does the author of %s", async (_, actOn) => {
		const posted = await say("the second");
		const id = posted.headers.get("Location")?.match(/comment-(\d+)/)?.[1] ?? "";
		await blog.catchUp();
		const Cookie = posted.headers.get("Set-Cookie")?.split(";")[0] ?? "";
		const [action, fields] = actOn(id);
		const address = addressAfter(await blog.post(action, fields, { Cookie }));
		expect(address).toContain("?flash=");
		const [seen, now] = [await text(address), await text(path)];
		const thread = (html: string) =>
			[...html.matchAll(/<div class="prose[^>]*>.*?<\/div>|<b>1<\/b>/gs)].join();
		expect(thread(seen)).toBe(thread(now));
	});

	it("the reply page is read from the replica, or from the primary if the comment is too new", async () => {
		const [first] = (await blog.db.prepare("SELECT min(id) AS id FROM comments").all<{ id: number }>())
			.results;
		expect(await text(`/comments/${first?.id}/reply`)).toContain("the replica");
		const second = (await say("the second")).headers.get("Location")?.match(/comment-(\d+)/)?.[1];
		const reply = await blog.get(`/comments/${second}/reply`);
		expect([reply.status, (await reply.text()).includes("the second")]).toEqual([200, true]);
	});

	it("the admin shows the latest decisions, and refuses a member who was just removed", async () => {
		const moderator = await signedIn(blog, "Tom", "moderator");
		await blog.db.exec("UPDATE comments SET state = 'held'");
		expect(await text("/admin/comments", moderator)).toContain('<p dir="auto">the first</p>');
		await blog.catchUp();
		await blog.db.exec("UPDATE comments SET state = 'published'");
		expect(await text("/admin/comments", moderator)).not.toContain('<p dir="auto">the first</p>');
		await blog.db.exec("DELETE FROM sessions");
		expect((await blog.get("/admin/comments", moderator)).status).toBe(303);
	});
});
