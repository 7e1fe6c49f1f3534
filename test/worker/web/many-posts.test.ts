import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BuildResult, buildContent } from "../../../src/build/build.ts";
import { writeBlog } from "../../bench/content.ts";
import { deployedWorker, packedSize } from "../../bench/workers.ts";
import { type Blog, startBlog } from "../../support/blog.ts";

let blog: Blog;
let folder: string;
let result: BuildResult;
let took = 0;
const builtDir = () => join(folder, "out");

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "edgecat-many-"));
	writeBlog(join(folder, "content"), 2000);
	const started = performance.now();
	result = await buildContent({ contentDir: join(folder, "content"), outDir: builtDir() });
	took = performance.now() - started;
	blog = await startBlog({ builtDir: builtDir() });
});
afterAll(async () => {
	await blog?.stop();
	await rm(folder, { recursive: true, force: true });
});

describe("two thousand posts", () => {
	it("build into a Worker that may be deployed", async () => {
		expect(result).toMatchObject({ ok: true, posts: 2000 });
		const packed = packedSize(await deployedWorker(builtDir()));
		console.log(
			`2,000 posts: built in ${(took / 1000).toFixed(1)} s; the Worker is ${kilobytes(packed)} gzipped`,
		);
		expect(packed).toBeLessThan(3 * 1024 * 1024);
	});

	it.each([
		["a post in the middle", "/2002/09/27/p1000/", 200, 60],
		["the home page", "/", 200, 60],
		["the last page of it", "/page/200/", 200, 60],
		["the posts in Japanese", "/ja/page/100/", 200, 60],
		["a tag", "/tag/tag-7/", 200, 60],
		["a year", "/2003/", 200, 150],
		["the archive", "/archive/", 200, 150],
		["the feed", "/feed.xml", 200, 150],
		["the sitemap", "/sitemap.xml", 200, 2],
		["the newest part of the sitemap", "/sitemap-2.xml", 200, 150],
		["the lists in the sitemap", "/sitemap-lists-1.xml", 200, 150],
		["a part that is not", "/sitemap-3.xml", 404, 60],
		["an unknown address", "/2002/p10000/", 404, 60],
	])("serve %s", async (what, path, status, most) => {
		const times: number[] = [];
		let body = "";
		for (let time = 0; time < 4; time++) {
			const started = performance.now();
			const response = await blog.get(path, { "X-Test-Render": "1" });
			body = await response.text();
			times.push(performance.now() - started);
			expect(response.status).toBe(status);
		}
		const [first = 0, ...later] = times;
		const size = Buffer.byteLength(body);
		console.log(
			`2,000 posts: ${what}: ${first.toFixed(0)} ms at first, ${Math.min(...later).toFixed(1)} ms then; ${kilobytes(size)}, ${kilobytes(gzipSync(body).length)} gzipped`,
		);
		expect(size).toBeLessThan(most * 1024);
	});
});

function kilobytes(bytes: number): string {
	return `${(bytes / 1024).toFixed(1)} KB`;
}
