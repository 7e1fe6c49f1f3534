import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { Parser } from "htmlparser2";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createContentCache, readContent } from "../../../src/build/content.ts";
import { exportStatic } from "../../../src/cli/export-static.ts";
import { sqliteD1 } from "../../../src/cli/sqlite-d1.ts";
import type { RunWrangler } from "../../../src/cli/wrangler.ts";
import { wranglerD1 } from "../../../src/cli/wrangler-d1.ts";
import { checkCopy } from "../../../src/export/static/check.ts";
import { migrated } from "../../support/backup.ts";
import { now } from "../../support/import/old-blog.ts";
import { type NewBlog, newBlog } from "../../support/import/run.ts";

const url = "https://copy.example/cats";
const old = "https://new.example";

const files = {
	"posts/2020-01-01-one.md": `---\ntitle: One\ndate: 2020-01-01\ncategories: [Cloud]\ntags: [猫]\nseries: All\naliases: [/old/one/, /very-old.html]\nwordpress_id: 12\n---\n
See [the other](2020-01-02-猫.md), [by its whole address](${old}/2020/01/02/%E7%8C%AB/), [by its old one](/old/two),
[by number](/?p=12), [a comment](/comments/3), [nothing](/not/there/), [elsewhere](https://elsewhere.example/x) and
[what is yours](/me). ![A picture](/media/cat.svg)\n`,
	"posts/2020-01-02-猫.md":
		"---\ntitle: 猫\ndate: 2020-01-02\nlang: ja\naliases: [/old/two]\n---\n本文です。[前の記事](/2020/01/01/one/#comments)\n",
	"posts/2020-01-03-hidden.md":
		"---\ntitle: Hidden\ndate: 2020-01-03\nunlisted: true\n---\nFor those who know.\n",
	"posts/2020-01-04-draft.md": "---\ntitle: Draft\ndate: 2020-01-04\ndraft: true\n---\nsecret words\n",
	"posts/2090-01-01-later.md": "---\ntitle: Later\ndate: 2090-01-01\n---\nsecret words\n",
	"pages/about.md": "---\ntitle: About\nnavigation_order: 1\n---\nWe.\n",
	"media/cat.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
};

let blog: NewBlog;
let dir: string;
let content: Awaited<ReturnType<typeof readContent>>;
let result: Awaited<ReturnType<typeof exportStatic>>;
beforeAll(async () => {
	blog = await newBlog(`title: Cats\nurl: ${old}\nposts_per_page: 1\n`);
	blog.write(files);
	const insert = blog.sqlite.prepare(
		`INSERT INTO comments (id, post_id, parent_id, path, state, name, visitor, source, html, fingerprint, created_at)
		VALUES (?, ?, ?, ?, ?, 'Ann', 'v', 'x', ?, ?, ?)`,
	);
	const hex = (id: number) => id.toString(16).padStart(8, "0");
	for (let id = 1; id <= 180; id++) {
		const parent = id > 100 ? 100 : null;
		const state = id === 50 ? "held" : "published";
		const text = id === 50 ? "<p>secret words</p>" : `<p>comment number ${id}</p>`;
		insert.run(
			id,
			"2020-01-01-one",
			parent,
			(parent === null ? "" : hex(parent)) + hex(id),
			state,
			text,
			`f${id}`,
			1_600_000_000_000 + id,
		);
	}
	blog.sqlite.exec(
		"INSERT INTO reactions (post_id, comment_id, kind, visitor, created_at) VALUES ('2020-01-01-one', 0, 'like', 'v', 1)",
	);
	content = await readContent(blog.contentDir, join(blog.folder, "variants"), createContentCache());
	expect(content.problems).toEqual([]);
	dir = join(blog.folder, "copy");
	const opened = { d1: sqliteD1(blog.sqlite), isRemote: false };
	result = await exportStatic({ content, dir, url, opened, now, progress: () => {} });
});
afterAll(() => blog.remove());

it("has the same files from a deployment's database", async () => {
	const { database, d1 } = await migrated();
	for (const table of ["comments", "reactions"]) {
		const columns = (
			database.prepare(`SELECT name FROM pragma_table_info('${table}')`).all() as { name: string }[]
		).map(({ name }) => name);
		const insert = database.prepare(
			`INSERT OR REPLACE INTO ${table} (${columns.join()}) VALUES (${columns.map(() => "?").join()})`,
		);
		const order = table === "comments" ? "ORDER BY id" : "";
		// Reactions are counted once they are there.
		const tallied = columns.map((name) => (name === "tallies" ? "'{}' AS tallies" : name));
		for (const row of blog.sqlite.prepare(`SELECT ${tallied.join()} FROM ${table} ${order}`).all())
			insert.run(...Object.values(row));
	}
	const commands: string[] = [];
	const run: RunWrangler = async (args) => {
		const sql = args[args.indexOf("--command") + 1] ?? "";
		commands.push(sql);
		const results = await Promise.all(sql.split(";\n").map((each) => d1.prepare(each).all()));
		return { ok: true, stdout: JSON.stringify(results.map(({ results }) => ({ results }))), stderr: "" };
	};
	const remote = join(blog.folder, "remote");
	const opened = { d1: wranglerD1(["--remote", "--env="], run), isRemote: true };
	const copied = await exportStatic({ content, dir: remote, url, opened, now, progress: () => {} });
	expect(copied).toEqual(result);
	for (const path of allFiles()) {
		expect(readFileSync(join(remote, path), "latin1")).toBe(readFileSync(join(dir, path), "latin1"));
	}
	// Tables are read once, however many pages there are, and nothing is written.
	expect(commands.length).toBeLessThan(120);
	expect(commands.filter((sql) => /\b(?:INSERT|UPDATE|DELETE)\b/i.test(sql))).toEqual([]);
});

const read = (path: string) => readFileSync(join(dir, path), "utf8");
const allFiles = () =>
	readdirSync(dir, { recursive: true })
		.map(String)
		.filter((path) => statSync(join(dir, path)).isFile());

/** Follows every link of every page on disk from the home page, as a browser without a server would. */
function crawl(): { reached: Set<string>; broken: string[] } {
	const reached = new Set<string>();
	const broken: string[] = [];
	const queue = ["index.html"];
	for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
		if (reached.has(path)) continue;
		reached.add(path);
		if (!path.endsWith(".html")) continue;
		const from = path;
		const addresses: string[] = [];
		const parser = new Parser({
			onopentag(name, { href, src, srcset = "", rel = "", hreflang, action }) {
				if (action !== undefined || name === "form" || name === "script") broken.push(`${from}: <${name}>`);
				if (name === "link" && (rel === "canonical" || hreflang !== undefined)) return;
				for (const address of [href, src, ...srcset.split(",").map((each) => each.trim().split(" ")[0])]) {
					if (address !== undefined && address !== "") addresses.push(address);
				}
			},
		});
		parser.end(read(from));
		for (const address of addresses) {
			if (/^[a-z]+:/.test(address)) continue;
			const target = address.startsWith("#")
				? from
				: normalize(join(dirname(from), decodeURIComponent(address.split("#")[0] ?? "")));
			if (
				address.startsWith("/") ||
				!existsSync(join(dir, target)) ||
				statSync(join(dir, target)).isDirectory()
			)
				broken.push(`${from}: ${address}`);
			else queue.push(target);
		}
	}
	return { reached, broken };
}

describe("a static copy", () => {
	it("has no link that leads nowhere, and every page is reached from the first", () => {
		const { reached, broken } = crawl();
		expect(broken).toEqual([]);
		expect(result.problems).toEqual([]);
		const unreached = allFiles().filter((path) => !reached.has(path));
		expect(unreached.sort()).toEqual(
			[
				...[
					"404.html",
					"_headers",
					"_redirects",
					"robots.txt",
					"sitemap.xml",
					"old/one/index.html",
					"old/two/index.html",
					"very-old.html",
				],
				// Its address is in no list.
				...["index.html", "index.md", "comments.xml", "comments.rss", "comments.json"].map(
					(file) => `2020/01/03/hidden/${file}`,
				),
				// Pages name these in Atom only; the others' addresses differ in their ends.
				...["comments.rss", "comments.json", "feed.css"],
				// Icons are named by the manifest.
				...["icon-192.png", "icon-512.png", "icon-maskable-512.png"],
				// The archive of a blog of one year shows the months of it.
				"2020/index.html",
			].sort(),
		);
	});

	it("names the new place wherever an address is whole, and never the old one", () => {
		// Ids in feeds survive the move.
		const ids = /<(?:id|guid)[^>]*>[^<]*|"id":"[^"]*"/g;
		for (const path of allFiles())
			expect({ path, old: read(path).replace(ids, "").includes(old) }).toEqual({ path, old: false });
		expect(read("2020/01/01/one/index.html")).toContain(
			`<link rel="canonical" href="${url}/2020/01/01/one/">`,
		);
		expect(read("feed.xml")).toContain(`href="${url}/2020/01/01/one/"`);
		expect(read("comments.xml")).toContain(`href="${url}/2020/01/01/one/#comment-180"`);
		for (const file of ["comments.xml", "comments.rss", "comments.json", "feed.xml"])
			expect(read(file)).not.toMatch(/rel="(?:first|previous|next|last)"|next_url|[?](?:before|page)=/);
		expect(read("sitemap.xml")).toContain(`<loc>${url}/2020/01/02/%E7%8C%AB/</loc>`);
		expect(read("robots.txt")).toContain(`Sitemap: ${url}/sitemap.xml`);
	});

	it("leads links of every kind to where they lead in the blog", () => {
		const page = read("2020/01/01/one/index.html");
		for (const text of ["the other", "by its whole address", "by its old one"]) {
			expect(page).toContain(`<a href="../../02/%E7%8C%AB/index.html">${text}</a>`);
		}
		expect(page).toContain('<a href="index.html">by number</a>');
		expect(page).toContain('<a href="#comment-3">a comment</a>');
		expect(page).toContain('<a href="https://elsewhere.example/x">elsewhere</a>');
		expect(page).toMatch(/\bnothing, /);
		expect(page).not.toContain("what is yours</a>");
		expect(page).toMatch(/<img [^>]*src="\.\.\/\.\.\/\.\.\/\.\.\/media\/cat\.svg"/);
		expect(result.lost).toEqual(["/2020/01/01/one/: /not/there/"]);
		expect(read("2020/01/02/猫/index.html")).toContain('href="../../01/one/index.html#comments"');
	});

	it("has all comments of a thread on its page, in one place, and a sentence instead of the form", () => {
		const page = read("2020/01/01/one/index.html");
		expect(page.match(/<li id="comment-\d+"/g)).toHaveLength(179);
		expect(page).toContain("This is a copy of the blog. New comments can no longer be written here.");
		expect(page).toMatch(/<div class="reactions"><button [^>]*disabled=""/);
		expect(read("2020/01/02/猫/index.html")).toContain("このページはブログのコピーです。");
		expect(page).not.toMatch(/<form|<script|\/comments\/\d|\/search|opensearch|href="[^"]*\?/);
	});

	it("has nothing that is not public", () => {
		for (const path of allFiles())
			expect({ path, secret: read(path).includes("secret words") }).toEqual({ path, secret: false });
		expect(read("2020/01/03/hidden/index.html")).toContain("For those who know.");
	});

	it("redirects old addresses, by the host's rules and by pages", () => {
		const redirects = read("_redirects").split("\n");
		for (const line of [
			"/old/one /2020/01/01/one/ 301",
			"/old/two /2020/01/02/%E7%8C%AB/ 301",
			"/very-old.html /2020/01/01/one/ 301",
			"/comments/3 /2020/01/01/one/#comment-3 301",
		]) {
			expect(redirects).toContain(line);
		}
		expect(read("old/one/index.html")).toContain(`content="0; url=${url}/2020/01/01/one/"`);
		expect(read("very-old.html")).toContain(`<a href="${url}/2020/01/01/one/">`);
	});

	it("has headers that allow its own styles and no script", () => {
		const policy = /Content-Security-Policy: (.*)/.exec(read("_headers"))?.[1] ?? "";
		expect(policy).toMatch(
			/^default-src 'none'; style-src [^;]+; img-src 'self' data:; media-src 'self'; form-action 'none';/,
		);
		for (const path of allFiles().filter((each) => each.endsWith("index.html") && !each.startsWith("old/"))) {
			const [, css = ""] = /<style>([\s\S]*?)<\/style>/.exec(read(path)) ?? [];
			expect(policy).toContain(`'sha256-${createHash("sha256").update(css).digest("base64")}'`);
		}
		expect(read("_headers")).toContain("/*.rss\n  Content-Type: application/xml; charset=utf-8\n");
		expect(read("404.html")).toContain('href="/cats/archive/index.html"');
	});
});

describe("the check of a copy", () => {
	it("finds links that lead nowhere, to the old place, to no place of a page, or not from disk", () => {
		const page = join(dir, "about/index.html");
		const whole = readFileSync(page, "utf8");
		const broken = `<a href="../nowhere/index.html">a</a><a href="${old}/x">b</a><a href="../index.html#none">c</a><a href="/about/">d</a><img srcset="gone.png 2x">`;
		writeFileSync(page, whole.replace("</main>", `${broken}</main>`));
		expect(checkCopy(dir, url, old)).toEqual([
			"about/index.html: ../nowhere/index.html leads nowhere",
			`about/index.html: ${old}/x leads to the old place`,
			"about/index.html: ../index.html#none leads to no place of that page",
			"about/index.html: /about/ does not work from disk",
			"about/index.html: gone.png leads nowhere",
		]);
		writeFileSync(page, whole);
	});
});
