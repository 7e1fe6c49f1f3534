import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createContentCache, readContent } from "../../../src/build/content.ts";
import { archiveOf } from "../../../src/export/entries.ts";
import type { Archive } from "../../../src/posts/archive.ts";
import { privateSegments } from "../../../src/posts/engine-paths.ts";
import { publicAddresses } from "../../../src/web/site/public-addresses.ts";
import { type NewBlog, newBlog } from "../../support/import/run.ts";
import { routeTable } from "../../support/route-table.ts";

/** Routes of the site that a copy of it does not have, and why. */
const left: Readonly<Record<string, string>> = {
	"/healthz": "tells monitors whether the Worker runs",
	"/metrics": "is for the operator's programs",
	"/readyz": "tells them whether it can work",
	"/comments/count": "is polled by a script",
	"/comments/:id": "redirects to the place of a comment",
	"/scripts/:file": "are of the forms",
	"/llms.txt": "is for programs that ask the blog, and the text is in index.md",
	"/llms-full.txt": "is for them, too",
	"/:file": "is a part of it, or of a large blog's sitemap",
	"/search": "needs the Worker",
	"/search/suggestions": "needs the Worker",
	"/opensearch.xml": "describes the search",
	"/*": "is every post and page, which are listed by themselves",
};

let blog: NewBlog;
let archive: Archive;
const now = Date.parse("2026-01-01");
beforeAll(async () => {
	blog = await newBlog(
		"title: Cats\nurl: https://new.example\nposts_per_page: 1\nsecurity_contact: mailto:a@b.example\nblogroll: [{ title: B, url: https://b.example/, feed: https://b.example/feed.xml }]\n",
	);
	const post = (n: number, more = "") =>
		`---\ntitle: P${n}\ndate: 2020-0${n}-01\ncategories: [Cloud]\ntags: [edge]\nseries: All\nauthor: Mika\n${more}---\nWords.\n`;
	const many = Array.from({ length: 1100 }, (_, at) => [
		`posts/many/m${at}.md`,
		`---\ntitle: M${at}\ndate: 2019-01-01\n---\nx\n`,
	]);
	blog.write({
		...Object.fromEntries(many),
		"posts/a.md": post(1),
		"posts/b.md": post(2, "lang: ja\n"),
		"posts/c.md": post(3, "lang: ja\n"),
		"posts/unlisted.md": post(4, "unlisted: true\n"),
		"posts/draft.md": post(5, "draft: true\n"),
		"pages/about.md": "---\ntitle: About\ncomments: open\n---\nWe.\n",
	});
	archive = archiveOf(
		await readContent(blog.contentDir, join(blog.folder, "variants"), createContentCache()),
	);
});
afterAll(() => blog.remove());

it("are of every shared route of the app, so that a copy of the site has all of it", () => {
	const addresses = publicAddresses(archive, now);
	const shared = routeTable.filter(
		({ method, path }) =>
			method === "GET" &&
			!path.startsWith("/api/") &&
			(path in left || !privateSegments.includes(path.split("/")[1] ?? "")),
	);
	expect(shared.length).toBeGreaterThan(20);
	const missing = shared.filter(({ path }) => {
		const pattern = new RegExp(
			`^${path.replace(/[.]/g, "\\.").replace(/:\w+/g, "[^/]+").replace(/\*/g, ".*")}$`,
		);
		return !(path in left) && !addresses.some((address) => pattern.test(address));
	});
	expect(missing.map(({ path }) => path)).toEqual([]);
	const paths = routeTable.map(({ path }) => path);
	expect(Object.keys(left).filter((path) => !paths.includes(path))).toEqual([]);
});

it("are each listed once, encoded, and only of what is public", () => {
	const addresses = publicAddresses(archive, now);
	expect(new Set(addresses).size).toBe(addresses.length);
	expect(addresses.filter((address) => !/^\/[\w\-./%]*$/.test(address))).toEqual([]);
	expect(addresses.filter((address) => address.includes("draft"))).toEqual([]);
	for (const address of [
		"/",
		"/page/2/",
		"/ja/page/2/",
		"/tag/edge/page/3/",
		"/2020/04/01/unlisted/",
		"/about/comments.xml",
		"/sitemap-2.xml",
	]) {
		expect(addresses).toContain(address);
	}
});
