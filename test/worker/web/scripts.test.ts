import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildScripts } from "../../../src/build/scripts.ts";
import { speculationRules } from "../../../src/web/http/speculation-rules.ts";
import { type Blog, startBlog } from "../../support/blog.ts";

let blog: Blog;
beforeAll(async () => {
	blog = await startBlog();
});
afterAll(() => blog.stop());

it("serves each script at an immutable URL", async () => {
	for (const { path, code } of Object.values((await buildScripts()).scripts)) {
		const response = await blog.get(path);
		expect(response.status).toBe(200);
		expect(response.headers.get("Content-Type")).toBe("text/javascript; charset=utf-8");
		expect(response.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
		expect(await response.text()).toBe(code);
		expect((await blog.get(path.replace(/[0-9a-f]{4}\.js$/, "0000.js"))).status).toBe(404);
	}
});

it("serves the speculation rules at a URL with their hash", async () => {
	const { path, text } = await speculationRules();
	const digest = createHash("sha256").update(text).digest("hex").slice(0, 16);
	expect(path).toBe(`/scripts/speculation-${digest}.json`);
	expect((await blog.get("/")).headers.get("Speculation-Rules")).toBe(`"${path}"`);
	const response = await blog.get(path);
	expect(response.headers.get("Content-Type")).toBe("application/speculationrules+json");
	expect(response.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
	expect(await response.text()).toBe(text);
	expect((await blog.get(path.replace(/[0-9a-f]{4}\.json$/, "0000.json"))).status).toBe(404);
});
