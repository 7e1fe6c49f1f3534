import { expect, it } from "vitest";
import { startBlog } from "../support/blog.ts";

it("one workerd serves blogs without pictures, one after another: starting each anew would take three times as long", async () => {
	const first = await startBlog();
	const { origin } = first;
	await first.stop();
	const second = await startBlog({
		files: { "posts/2024-06-01-next.md": "---\ntitle: Next\ndate: 2024-06-01\n---\nNext.\n" },
	});
	expect(second.origin).toBe(origin);
	await second.stop();
});
