import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { signFresh } from "../../src/web/tokens.ts";
import { type Blog, startBlog, testSecret } from "../support/blog.ts";
import { signedIn } from "../support/desk.ts";

const path = "/2024/05/01/hello/";
const post = "2024-05-01-hello";
let blog: Blog;

beforeAll(async () => {
	blog = await startBlog({ replica: true });
});
afterAll(() => blog.stop());
beforeEach(async () => {
	for (const table of ["comments", "threads", "reactions", "members", "sessions"])
		await blog.db.exec(`DELETE FROM ${table}`);
	await say("the first");
	await blog.catchUp();
	// What only a reader of the replica sees.
	await blog.replica.exec("UPDATE comments SET name = 'the replica'");
});

const say = (text: string) => blog.post("/comments", { post, name: "花子", text });
const addressAfter = ({ headers }: Response) => headers.get("Location")?.split("#")[0] ?? "";
const text = async (address: string, headers = {}) => (await blog.get(address, headers)).text();

describe("where a replica is nearer than the primary", () => {
	it("pages that may be stored are read from the primary, those an isolate keeps too", async () => {
		for (const address of [path, `${path}?sort=newest`, `${path}comments.xml`, "/comments.xml"])
			expect(await text(address), address).not.toContain("the replica");
		await say("the second");
		expect(await text(path)).toContain("<p>the second</p>");
		expect(await text("/")).toContain("2 comments");
		expect(await text(`/comments/count?post=${post}`)).toBe('{"comments":2}');
	});

	it("whoever has just written sees it, from the replica only once that has it", async () => {
		const address = addressAfter(await say("the second"));
		const atOnce = await blog.get(address);
		expect(atOnce.headers.get("Cache-Control")).toBe("private, no-store");
		expect(await atOnce.text()).toContain("<p>the second</p>");
		await blog.catchUp();
		await blog.replica.exec("UPDATE comments SET name = 'the replica'");
		expect(await text(address)).toContain("the replica");
	});

	it("whoever wrote before the database was restored sees it as it is now", async () => {
		const act = { post, comment: null, act: "reacted", kind: "like", bookmark: "of another time" } as const;
		const seen = await blog.get(`${path}?fresh=${await signFresh(act, testSecret, blog.now)}`);
		expect([seen.status, seen.headers.get("Cache-Control")]).toEqual([200, "private, no-store"]);
		expect(await seen.text()).toContain("<p>the first</p>");
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
		expect(address).toContain("?fresh=");
		const [seen, now] = [await text(address), await text(path)];
		const thread = (html: string) =>
			[...html.matchAll(/<div class="prose"[^>]*>.*?<\/div>|<b>1<\/b>/gs)].join();
		expect(thread(seen)).toBe(thread(now));
	});

	it("the page of a reply is read from the replica, and from the primary what is too new for it", async () => {
		const [first] = (await blog.db.prepare("SELECT min(id) AS id FROM comments").all<{ id: number }>())
			.results;
		expect(await text(`/comments/${first?.id}/reply`)).toContain("the replica");
		const second = (await say("the second")).headers.get("Location")?.match(/comment-(\d+)/)?.[1];
		const reply = await blog.get(`/comments/${second}/reply`);
		expect([reply.status, (await reply.text()).includes("the second")]).toEqual([200, true]);
	});

	it("the desk shows what was decided a moment ago, and lets nobody in who was just removed", async () => {
		const moderator = await signedIn(blog, "Tom", "moderator");
		await blog.db.exec("UPDATE comments SET state = 'held'");
		expect(await text("/admin", moderator)).toContain("<p>the first</p>");
		await blog.catchUp();
		await blog.db.exec("UPDATE comments SET state = 'published'");
		expect(await text("/admin", moderator)).not.toContain("<p>the first</p>");
		await blog.db.exec("DELETE FROM sessions");
		expect((await blog.get("/admin", moderator)).status).toBe(303);
	});
});
