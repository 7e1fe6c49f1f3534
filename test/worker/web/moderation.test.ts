import { afterEach, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";

const path = "/2024/05/01/hello/";
let blog: Blog;
afterEach(() => blog.stop());

const start = async (policy: string) => {
	blog = await startBlog({
		files: { "site.yaml": `title: Cats\ncomments:\n  moderation: ${policy}\n  close_after_days: 1000\n` },
	});
};
const comment = (text: string, cookie = "", name = "花子") =>
	blog.post("/comments", { post: "2024-05-01-hello", name, text }, cookie === "" ? {} : { Cookie: cookie });
const cookieOf = (response: Response) => response.headers.get("Set-Cookie")?.split(";")[0] ?? "";
const page = async (address = path) => (await blog.get(address)).text();

describe("moderation: first", () => {
	it("holds a commenter's first comment, shows it to them alone, and publishes their next once it is approved", async () => {
		await start("first");
		const first = await comment("my first words");
		const own = await page(first.headers.get("Location")?.split("#")[0]);
		expect(own).toContain("my first words");
		expect(own).toContain("waiting for approval");
		expect(await page()).not.toContain("my first words");
		expect(await page()).not.toContain("1 comment");

		await blog.db.exec("UPDATE comments SET state = 'published' WHERE id = 1");
		expect(await page()).toContain("my first words");
		expect(await page()).toContain("1 comment");

		await comment("my second words", cookieOf(first));
		expect(await page()).toContain("my second words");
		await comment("someone with the same name", "");
		expect(await page()).not.toContain("someone with the same name");
		await comment("someone with a forged cookie", "visitor=abc.forged");
		expect(await page()).not.toContain("someone with a forged cookie");
	});
});

describe("moderation: all", () => {
	it("holds every comment, and takes no reply or reaction to what others cannot see", async () => {
		await start("all");
		const first = await comment("one");
		await blog.db.exec("UPDATE comments SET state = 'published' WHERE id = 1");
		await comment("two", cookieOf(first));
		expect(await page()).not.toContain('<p dir="auto">two</p>');
		expect((await blog.get("/comments/2/reply")).status).toBe(404);
		const reaction = await blog.post("/reactions", { post: "2024-05-01-hello", comment: "2", kind: "like" });
		expect(reaction.status).toBe(404);
	});
});

describe("a thread that closes with age", () => {
	it("accepts comments until its last second and says when it closed", async () => {
		await start("none");
		const closing = Date.parse("2024-05-01T00:00:00Z") + 1000 * 86_400_000;
		blog.setClock(closing - 1);
		expect((await comment("in time")).status).toBe(303);
		blog.setClock(closing);
		expect((await comment("too late")).status).toBe(403);
		expect(await page()).toContain("Comments were closed on 26 January 2027.");
	});
});
