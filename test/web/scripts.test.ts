import { afterAll, beforeAll, expect, it } from "vitest";
import { readScripts } from "../../src/publish/scripts.ts";
import { type Blog, startBlog } from "../support/blog.ts";

let blog: Blog;
beforeAll(async () => {
	blog = await startBlog();
});
afterAll(() => blog.stop());

it("serves each script at its own address, for good", async () => {
	for (const { path, code } of Object.values((await readScripts()).scripts)) {
		const response = await blog.get(path);
		expect(response.status).toBe(200);
		expect(response.headers.get("Content-Type")).toBe("text/javascript; charset=utf-8");
		expect(response.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
		expect(await response.text()).toBe(code);
		expect((await blog.get(path.replace(/[0-9a-f]{4}\.js$/, "0000.js"))).status).toBe(404);
	}
});
