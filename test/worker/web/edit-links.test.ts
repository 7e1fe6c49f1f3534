import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signedIn } from "../../support/admin.ts";
import { type Blog, sampleFiles, startBlog } from "../../support/blog.ts";

const files = {
	...sampleFiles,
	"site.yaml": "title: Cats\nrepository: https://github.com/ann/blog\ncomments:\n  moderation: all\n",
	"posts/later/下書き 1.md": "---\ntitle: Later\ndate: 2031-01-01\n---\nLater.\n",
};
const edit = "https://github.com/ann/blog/edit/HEAD/content/";

describe("links to edit a post's file", () => {
	let blog: Blog;
	let owner: { Cookie: string };
	beforeAll(async () => {
		blog = await startBlog({ files });
		owner = await signedIn(blog, "Mika", "owner");
		await blog.post("/comments", { post: "2024-05-01-hello", name: "Ann", text: "Hello" });
	});
	afterAll(() => blog.stop());

	it.each([
		["/admin/comments", `${edit}posts/2024-05-01-hello.md`],
		["/admin/comments/1", `${edit}posts/2024-05-01-hello.md`],
		["/admin/upcoming", `${edit}posts/later/${encodeURIComponent("下書き 1")}.md`],
	])("are beside the posts on %s", async (path, address) => {
		expect(await (await blog.get(path, owner)).text()).toContain(`href="${address}"`);
	});

	it("are on no public page, which is the same for everyone", async () => {
		for (const path of ["/", "/2024/05/01/hello/", "/about/", "/archive/"]) {
			const html = await (await blog.get(path, owner)).text();
			expect([path, html.includes("github.com/ann")]).toEqual([path, false]);
		}
	});
});
