import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Blog, startBlog } from "../../support/blog.ts";

let folder: string;
let blog: Blog;
let texts: string[];

const filler = `\n\`\`\`\n${"cats and 猫\n".repeat(5000)}\`\`\`\n`;
const post = (front: string, body: string) => `---\n${front}\n---\n${body}\n${filler}`;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "edgecat-moved-"));
	const files = {
		"site.yaml": "title: A large blog\nurl: https://cats.example\nlanguage: ja\n",
		"media/cat.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"></svg>',
		"posts/draft.md": post(
			"title: D\ndate: 2024-01-01\ndraft: true\nlang: en",
			"Nobody may read the draft yet.",
		),
		"posts/later.md": post("title: L\ndate: 2030-01-01\nlang: en", "Nobody may read this before its time."),
		"posts/seen.md": post(
			"title: Seen\ndate: 2024-01-02\nlang: en\ncomments: off",
			"## A heading\n\n![A cat](/media/cat.svg) [the other](./more.md)\n\nEverybody may read this.",
		),
		"posts/more.md": post(
			"title: More\ndate: 2025-01-01\nlang: en",
			"Shown in lists.\n\n<!--more-->\n\nNot shown.",
		),
		...Object.fromEntries(
			Array.from({ length: 32 }, (_, at) => [
				`posts/p${at}.md`,
				post(`title: P${at}\ndate: 2023-02-0${1 + (at % 9)}\nlang: ja`, `${at}番目の記事。`),
			]),
		),
	};
	await mkdir(join(folder, "posts"));
	await mkdir(join(folder, "media"));
	for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text);
	blog = await startBlog({ contentDir: folder });
	texts = await Promise.all(
		["_bodies", "_search"].map(async (folder) =>
			(await readdir(join(blog.assets, folder))).map((name) => `${folder}/${name}`),
		),
	).then((all) => all.flat());
});
afterAll(async () => {
	await blog.stop();
	await rm(folder, { recursive: true, force: true });
});

const text = async (path: string) => (await blog.get(path)).text();

describe("a blog whose bodies are assets", () => {
	it("is served like any other: a post, a list, a feed", async () => {
		const seen = await text("/2024/01/02/seen/");
		expect(seen).toContain("Everybody may read this.");
		expect(seen).toContain('<h2 id="a-heading">');
		expect(seen).toContain('width="4" height="3"');
		expect(seen).toContain('<a href="/2025/01/01/more/">the other</a>');
		expect(await text("/2023/02/04/p3/")).toContain("3番目の記事。");
		const list = await text("/en/");
		expect(list).toContain("Shown in lists.");
		expect(list).not.toContain("Not shown.");
		expect(await text("/feed.xml")).toContain("Everybody may read this.");
	});

	it("serves no drafts or scheduled posts, at any address in any spelling", async () => {
		expect(texts.length).toBeGreaterThan(3);
		const held = await Promise.all(texts.map((name) => readFile(join(blog.assets, name), "utf8")));
		expect(held.join("")).toContain("Nobody may read the draft yet.");
		expect(held.join("")).toContain("Nobody may read this before its time.");
		for (const name of texts) {
			const unknown = spellings(name.replace(/[0-9a-f]{16}/, "0123456789abcdef"));
			for (const [at, path] of spellings(name).entries()) {
				const [response, other] = await Promise.all([blog.get(path), blog.get(unknown[at] ?? "")]);
				expect([response.status, other.status], path).toEqual([404, 404]);
				expect(response.headers.get("Cache-Control"), path).toBe(other.headers.get("Cache-Control"));
				expect(await response.text(), path).toBe(await other.text());
			}
		}
	});

	it("is searched, and its drafts are in no file of the index", async () => {
		expect(await text("/search?q=everybody+may")).toContain(
			"<mark>Everybody</mark> <mark>may</mark> read this.",
		);
		const index = texts.filter((name) => name.startsWith("_search/"));
		expect(index.length).toBeGreaterThan(2);
		for (const name of index)
			expect(await readFile(join(blog.assets, name), "utf8"), name).not.toContain(
				"Nobody may read the draft",
			);
	});

	it("serves its media without the Worker, with their own headers", async () => {
		const response = await blog.get("/media/cat.svg");
		expect(response.status).toBe(200);
		expect(response.headers.get("Content-Security-Policy")).toContain("sandbox");
		expect((await blog.get("/media/none.svg")).status).toBe(404);
	});

	it("answers 503 uncached while a body cannot be read, and the page afterwards", async () => {
		const [there, away] = [join(blog.assets, "_bodies"), join(blog.assets, "elsewhere")];
		await rename(there, away);
		const failed = await blog.get("/2023/02/02/p1/");
		expect(failed.status).toBe(503);
		expect(failed.headers.get("Cache-Control")).toBe("private, no-store");
		const said = await failed.text();
		expect(said).toContain("ただいまこのページの本文を読み込めません");
		expect(said).not.toContain("1番目の記事");
		expect(blog.log.join("\n")).toMatch(/answered \d+ for _bodies\/[\da-f]{16}\.txt/);
		await rename(away, there);
		const again = await blog.get("/2023/02/02/p1/");
		expect(again.status).toBe(200);
		expect(await again.text()).toContain("1番目の記事。");
	});
});

/** Spellings by which a server might find the file. */
function spellings(path: string): string[] {
	const [folder = "", name = ""] = path.split("/");
	const rest = folder.slice(1);
	return [
		`/_${rest}/${name}`,
		`/_${rest}/${name}?x`,
		`/_${rest}/${name}/`,
		`//_${rest}/${name}`,
		`///_${rest}//${name}`,
		`/%5F${rest}/${name}`,
		`/%5f${rest}/${name}`,
		`/_%${rest.charCodeAt(0).toString(16)}${rest.slice(1)}/${name}`,
		`/_${rest}%2F${name}`,
		`/%2F_${rest}/${name}`,
		`/_${rest}/${name.replace(".", "%2E")}`,
		`/_${rest.charAt(0).toUpperCase()}${rest.slice(1)}/${name}`,
		`/media/../_${rest}/${name}`,
		`/media/%2e%2e/_${rest}/${name}`,
		`/media/..%2F_${rest}/${name}`,
		`/_${rest}/./${name}`,
		`/x/..//_${rest}/${name}`,
	];
}
