import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApiDocument } from "../../../src/build/openapi/document.ts";
import { signedIn } from "../../support/admin.ts";
import { type Blog, startBlog } from "../../support/blog.ts";
import { eventually } from "../../support/eventually.ts";
import { personOn } from "../../support/person.ts";

const post = "2024-05-01-hello";
const page = "/2024/05/01/hello/";
const thread = `/api/v1/posts/${post}/comments`;
const start = Date.parse("2026-01-01T00:00:00Z");

/** Fifty-three posts more than the sample, three of them not public, and terms that only those have. */
const files = {
	"site.yaml":
		"title: Cats\nurl: https://cats.example\nauthors: { Mika: { bio: Writes. } }\nlimits: { comments_per_hour: 500 }\n",
	...Object.fromEntries(
		Array.from({ length: 50 }, (_, at) => [
			`posts/n${at}.md`,
			`---\ntitle: Number ${at}\ndate: 2020-01-01\nauthor: Mika\nseries: Count\ntags: [t${at}, all]\nimage: { src: https://pictures.example/${at}.png, alt: A }\n---\n![boat](/media/boat.svg) and [the first](2024-05-01-hello.md)\n`,
		]),
	),
	...Object.fromEntries(
		[
			["draft", "draft: true\ndate: 2024-01-01"],
			["soon", "date: 2026-01-01T12:00:00Z"],
			["later", "date: 2026-06-01"],
		].map(([name, fields]) => [
			`posts/${name}.md`,
			`---\ntitle: Secret ${name}\n${fields}\ntags: [secret-${name}]\ncategories: [secret-${name}]\nseries: secret-${name}\nauthor: secret-${name}\n---\nSecret ${name}.\n`,
		]),
	),
	"posts/unseen.md":
		"---\ntitle: Unseen\ndate: 2024-05-01\nunlisted: true\ncanonical: https://first.example/\ntags: [unseen]\n---\nUnseen.\n",
	"pages/unseen.md": "---\ntitle: Unseen\nunlisted: true\n---\nUnseen.\n",
	"media/boat.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>',
	"pages/open.md": "---\ntitle: Open\ncomments: open\n---\nSay it.\n",
};

let blog: Blog;
let owner: { Cookie: string };

beforeAll(async () => {
	blog = await startBlog({ files });
	owner = await signedIn(blog, "Owner", "owner");
});
afterAll(() => blog.stop());

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ ...openApiDocument, $id: "api" });

/** Returns the JSON of an answer that is what the description says; of an error, too. */
async function read(address: string) {
	const response = await blog.get(address.replace("https://cats.example", ""));
	const data = JSON.parse(await response.text());
	const { pathname } = new URL(address, "https://cats.example");
	const below = pathname.slice("/api".length);
	const paths = Object.keys(openApiDocument.paths);
	const path = paths.find((each) => new RegExp(`^${each.replace("{id}", "[^/]+")}$`).test(below));
	if (response.status === 200) {
		expect(path, address).toBeDefined();
		const described = JSON.parse(JSON.stringify(openApiDocument.paths));
		const { content } = described[path ?? ""].get.responses[200];
		const [type = ""] = Object.keys(content);
		const { schema } = content[type];
		expect(response.headers.get("Content-Type")).toBe(type);
		const valid = ajv.validate({ $ref: `api${schema.$ref}` }, data);
		expect(valid ? [] : ajv.errors, address).toEqual([]);
	} else {
		expect(response.headers.get("Content-Type")).toBe("application/problem+json");
		expect(ajv.validate({ $ref: "api#/components/schemas/Problem" }, data), JSON.stringify(data)).toBe(true);
		expect(data.status).toBe(response.status);
		expect(response.headers.get("Cache-Control")).toBe("private, no-store");
	}
	expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
	expect(response.headers.get("X-Robots-Tag")).toBe("noindex");
	return { status: response.status, data, headers: response.headers };
}

/** Follows `next` from an address to the end. */
async function readAll(address: string, name: string) {
	const all = [];
	for (let next: string | null = address; next !== null; ) {
		const { data, headers } = await read(next);
		all.push(...data[name]);
		next = data.next ?? null;
		expect(headers.get("Link")).toBe(next === null ? null : `<${next}>; rel="next"`);
	}
	return all;
}

const say = (text: string, fields: Record<string, string> = {}) =>
	blog.post("/comments", { post, name: "Ann", text, ...fields });
const ids = (comments: { id: number }[]) => comments.map(({ id }) => id);

describe("the API", () => {
	it("answers each path of its description as that says, and describes each of its routes", async () => {
		await say("**Hello**", { website: "https://ann.example/", email: "ann@mail.example" });
		const values: Record<string, string> = { posts: post, pages: "pages%2Fopen" };
		for (const path of Object.keys(openApiDocument.paths)) {
			const address = path.replace("{id}", values[path.split("/")[2] ?? ""] ?? "");
			const query = path.endsWith("/counts") ? `?id=${post}` : path.endsWith("/search") ? "?q=boat" : "";
			expect([path, (await read(`/api${address}${query}`)).status]).toEqual([path, 200]);
		}
		const { data } = await read("/api/v1");
		const named = Object.entries(data).flatMap(([key, value]) =>
			key.endsWith("_url") ? [String(value)] : [],
		);
		for (const address of named.filter((each) => !/openapi|counts|search/.test(each)))
			expect([address, (await read(address)).status]).toEqual([address, 200]);
	});

	it("leads from one address to all public posts, newest first, and to no other", async () => {
		const posts = await readAll("/api/v1/posts", "posts");
		expect(posts.map(({ id }) => id).slice(0, 3)).toEqual([
			"2024-05-03-closed",
			"2024-05-02-こんばんは",
			post,
		]);
		expect(new Set(posts.map(({ id }) => id)).size).toBe(53);
		for (const { api_url, markdown_url, url } of posts.slice(0, 4)) {
			const { data } = await read(api_url);
			expect(data.url).toBe(url);
			const [html, markdown] = await Promise.all(
				[url, markdown_url].map((each) => blog.get(each.replace("https://cats.example", ""))),
			);
			expect([html?.status, markdown?.status]).toEqual([200, 200]);
		}
	});

	it("shows nothing of drafts and scheduled posts, and the scheduled from their minute on", async () => {
		blog.setClock(start);
		const seen: string[] = [];
		for (const list of ["categories", "tags", "authors", "series", "pages"])
			seen.push(JSON.stringify(await readAll(`/api/v1/${list}`, list)));
		seen.push(JSON.stringify(await readAll("/api/v1/posts", "posts")));
		for (const file of ["/llms.txt", "/llms-full.txt", "/llms-full-1.txt"])
			seen.push(await (await blog.get(file)).text());
		expect(seen.join()).toContain("Number 49");
		expect(seen.join()).not.toMatch(/secret|unseen/i);
		for (const id of ["draft", "soon", "later"]) {
			for (const address of [
				`/api/v1/posts/${id}`,
				`/api/v1/posts/${id}/comments`,
				`/api/v1/counts?id=${id}`,
				`/api/v1/posts?tag=secret-${id}`,
				`/api/v1/posts?after=${id}`,
				`/api/v1/tags?after=secret-${id}`,
			])
				expect([address, (await read(address)).status]).toEqual([address, 404]);
			expect((await blog.get(`/2024/01/01/${id}/index.md`)).status).toBe(404);
		}
		blog.setClock("2026-01-01T12:00:00Z");
		// Not the whole list: the isolate would keep it when the clock goes back.
		expect((await read("/api/v1/posts?tag=secret-soon")).data.posts[0].title).toBe("Secret soon");
		blog.setClock(start);
	});

	it("finds unlisted posts and pages by their ids, which no list names", async () => {
		expect((await read("/api/v1/posts/unseen")).data.first_url).toBe("https://first.example/");
		expect((await read("/api/v1/pages/pages%2Funseen")).status).toBe(200);
		const { status, headers } = await blog.get("/2024/05/01/unseen/index.md");
		expect([status, headers.get("X-Robots-Tag")]).toEqual([200, "noindex"]);
		expect(headers.get("Link")).toBe('<https://first.example/>; rel="canonical"');
	});

	it("selects posts by one term and by language, under one address", async () => {
		expect((await read("/api/v1/posts?category=cloud")).data.posts).toMatchObject([{ id: post }]);
		expect((await read("/api/v1/posts?tag=all&language=en")).data.count).toBe(50);
		expect((await read("/api/v1/posts?language=ja")).data.count).toBe(1);
		for (const [from, to] of [
			["?category=Cloud", "?category=cloud"],
			["?language=JA", "?language=ja"],
			["?language=en&tag=all", "?tag=all&language=en"],
			["?author=%6dika", "?author=mika"],
		]) {
			const response = await blog.get(`/api/v1/posts${from}`);
			expect([from, response.status, response.headers.get("Location")]).toEqual([
				from,
				302,
				`/api/v1/posts${to}`,
			]);
		}
		const lower = encodeURIComponent("2024-05-02-こんばんは").replace(/%E3/g, "%e3");
		const { status, headers } = await blog.get(`/api/v1/posts/${lower}`);
		expect([status, headers.get("Location")]).toEqual([302, `/api/v1/posts/${lower.replace(/%e3/g, "%E3")}`]);
	});

	it("searches, page by page, and never in what is not public or listed", async () => {
		const found = await readAll("/api/v1/search?q=boat", "results");
		expect([found.length, found[0].entry.title, found[0].excerpt]).toEqual([
			50,
			expect.stringContaining("Number"),
			expect.stringContaining("boat"),
		]);
		expect((await read("/api/v1/search?q=boat&language=ja")).data.count).toBe(0);
		for (const word of ["secret", "unseen"])
			expect((await read(`/api/v1/search?q=${word}`)).data.results).toEqual([]);
	});

	it("names what is wrong with a request, and stores nothing", async () => {
		for (const [address, status, words] of [
			["/api/v1/posts?tga=all", 400, 'no parameter "tga"'],
			["/api/v1/posts?tag=", 400, '"tag" is empty'],
			["/api/v1/posts?tag=a&tag=b", 400, '"tag" is given twice'],
			["/api/v1/posts?tag=all&author=mika", 400, '"tag" and "author"'],
			["/api/v1/posts?tag=nothing", 404, '"nothing"'],
			["/api/v1/posts?after=nothing", 404, 'without "after"'],
			["/api/v1/posts/nothing", 404, '"nothing"'],
			["/api/v1/pages/2024-05-01-hello", 404, "No page"],
			["/api/v1/posts/pages%2Fabout", 404, "No post"],
			["/api/v1/pages/pages%2Fabout/comments", 404, "no comments"],
			[`${thread}?after=x`, 400, "a number"],
			[`${thread}?after=999`, 404, "999"],
			["/api/v1/counts", 400, "0 ids"],
			["/api/v1/counts?id=nothing", 404, "No post"],
			[`/api/v1/counts?${Array.from({ length: 51 }, (_, at) => `id=${at}`).join("&")}`, 400, "51 ids"],
			["/api/v1/counts?post=1", 400, '"post"'],
			["/api/v1/search", 400, "0 characters"],
			["/api/v1/search?q=boat&page=0", 400, "from 1 on"],
			["/api/v1/search?q=boat&page=99", 404, "5 pages"],
			["/api/v1/nothing", 404, "/api/v1"],
			["/api/v1/posts/", 404, "/api/v1"],
			["/api", 404, "/api/v1"],
		] as const) {
			const { data } = await read(address);
			expect([address, data.status, data.detail]).toEqual([address, status, expect.stringContaining(words)]);
		}
	});

	it("lets scripts of every origin read it, and ask for what has changed", async () => {
		const preflight = await fetch(`${blog.origin}/api/v1/posts`, {
			method: "OPTIONS",
			headers: {
				Origin: "https://other.example",
				"Access-Control-Request-Method": "GET",
				"Access-Control-Request-Headers": "if-none-match",
			},
		});
		expect(preflight.status).toBe(204);
		expect(preflight.headers.get("Access-Control-Allow-Headers")?.toLowerCase()).toContain("if-none-match");
		for (let time = 0; time < 2; time++) {
			const { headers } = await read("/api/v1/posts");
			const again = await blog.get("/api/v1/posts", { "If-None-Match": headers.get("ETag") ?? "" });
			expect([again.status, again.headers.get("Access-Control-Allow-Origin")]).toEqual([304, "*"]);
		}
		const refused = await fetch(`${blog.origin}/api/v1/posts`, { method: "POST" });
		expect([
			refused.status,
			refused.headers.get("Content-Type"),
			refused.headers.get("Access-Control-Allow-Origin"),
		]).toEqual([405, "application/problem+json", "*"]);
	});
});

describe("comments in the API", () => {
	it("are what the page shows, with no address of a person", async () => {
		const { data } = await read(thread);
		expect(data.comments[0]).toMatchObject({
			name: "Ann",
			website: "https://ann.example/",
			html: '<p dir="auto"><strong>Hello</strong></p>',
			parent: null,
		});
		expect(JSON.stringify(data)).not.toContain("mail.example");
	});

	it("come in the order in which they appeared: one approved late is the last, also after a cursor", async () => {
		await blog.db.exec("DELETE FROM audit_log");
		const held = await say("waits", { subject: "" });
		expect(held.status).toBe(303);
		const [{ id }] = (await readAll(thread, "comments")).slice(-1);
		await blog.db.exec(`UPDATE comments SET state = 'held', published_at = NULL WHERE id = ${id}`);
		blog.setClock(blog.now + 60_000);
		await say("appears before it");
		const before = ids(await readAll(thread, "comments"));
		expect(before).not.toContain(id);
		blog.setClock(blog.now + 60_000);
		await blog.post("/admin/decisions", { do: `published:${id}` }, owner);
		expect(ids((await read(`${thread}?after=${before.at(-1)}`)).data.comments)).toEqual([id]);
	});

	it("come whole through cursors, each once, though their authors erase them meanwhile", async () => {
		const reader = personOn(blog);
		for (let at = 0; at < 60; at++) {
			blog.setClock(blog.now + 10_000);
			await reader.post("/comments", { post, name: "Many", text: `Number ${at}` });
		}
		const first = (await read(thread)).data;
		expect([first.comments.length, typeof first.next]).toEqual([50, "string"]);
		const all = ids(await readAll(thread, "comments"));
		expect([all.length, new Set(all).size]).toEqual([first.count, first.count]);
		const cursor = Number(new URL(first.next).searchParams.get("after"));
		await reader.post(`/comments/${cursor}/deletion`, {});
		const rest = ids((await read(first.next)).data.comments);
		expect(rest).toEqual(all.slice(all.indexOf(cursor) + 1));
		expect(ids(await readAll(thread, "comments"))).not.toContain(cursor);
	});

	it("are purged with the page, and so are the counts", async () => {
		const counts = `/api/v1/counts?id=${post}`;
		const cached = async (address: string) => JSON.parse((await blog.cache.get(address)).body);
		const before = (await cached(counts)).counts[post];
		await cached(thread);
		expect((await blog.cache.get(thread)).from).toBe("cache");
		blog.setClock(blog.now + 60_000);
		await say("one more");
		await eventually(async () => {
			expect((await cached(counts)).counts[post]).toBe(before + 1);
			expect((await cached(thread)).count).toBe(before + 1);
		});
	});

	it("are counted for posts and pages at once, those that exist", async () => {
		const asked = `/api/v1/counts?id=pages%2Fopen&id=nothing&id=${post}&id=${post}`;
		const { status, headers } = await blog.get(asked);
		expect([status, headers.get("Location")]).toEqual([302, `/api/v1/counts?id=${post}&id=pages%2Fopen`]);
		const { data } = await read(headers.get("Location") ?? "");
		expect(data.counts["pages/open"]).toBe(0);
	});
});

describe("oEmbed", () => {
	const ask = (url: string, more = "") => blog.get(`/api/oembed?url=${encodeURIComponent(url)}${more}`);

	it("describes a post at the address its page names", async () => {
		const html = await (await blog.get("/2020/01/01/n1/")).text();
		const [, named = ""] =
			/<link rel="alternate" type="application\/json\+oembed"[^>]* href="([^"]*)"/.exec(html) ?? [];
		const response = await blog.get(named.replaceAll("&amp;", "&"));
		expect(response.headers.get("Cache-Control")).toBe("public, max-age=0");
		expect(await response.json()).toEqual({
			version: "1.0",
			type: "link",
			title: "Number 1",
			author_name: "Mika",
			author_url: "https://cats.example/author/mika/",
			provider_name: "Cats",
			provider_url: "https://cats.example/",
			cache_age: 86_400,
		});
	});

	it("answers any spelling of the address and any size, and keeps only the one it names", async () => {
		for (const more of ["&format=json", "&maxwidth=600&maxheight=400"]) {
			const response = await ask(`https://cats.example${page}`, more);
			expect([response.status, response.headers.get("Cache-Control")]).toEqual([200, "private, no-store"]);
		}
		expect((await ask("https://cats.example/2024/05/01/HELLO?x=1#comments")).status).toBe(200);
	});

	it("refuses other hosts, what is not public, and XML", async () => {
		for (const [url, more, status] of [
			["https://other.example/2024/05/01/hello/", "", 404],
			["https://cats.example/2026/06/01/later/", "", 404],
			["https://cats.example/", "", 404],
			["hello", "", 400],
			[`https://cats.example${page}`, "&format=xml", 501],
		] as const) {
			const response = await ask(url, more);
			expect([url, response.status, response.headers.get("Content-Type")]).toEqual([
				url,
				status,
				"application/problem+json",
			]);
		}
	});
});

describe("the posts as Markdown", () => {
	const text = async (address: string) => {
		const response = await blog.get(address.replace("https://cats.example", ""));
		return {
			type: response.headers.get("Content-Type"),
			headers: response.headers,
			body: await response.text(),
		};
	};

	it("are at the address each page names, with those of what they show, for no browser to run", async () => {
		const html = await (await blog.get("/2020/01/01/n1/")).text();
		const [, named = ""] = /<link rel="alternate" type="text\/markdown"[^>]* href="([^"]*)"/.exec(html) ?? [];
		expect(named).toBe("/2020/01/01/n1/index.md");
		const { type, headers, body } = await text(named);
		expect([type, headers.get("X-Content-Type-Options")]).toEqual([
			"text/markdown; charset=utf-8",
			"nosniff",
		]);
		expect(headers.get("Content-Security-Policy")).toContain("default-src 'none'");
		expect(headers.get("Link")).toBe('<https://cats.example/2020/01/01/n1/>; rel="canonical"');
		expect(body).toContain('title: "Number 1"\n');
		expect(body).toContain(
			"---\n\n![boat](https://cats.example/media/boat.svg) and [the first](https://cats.example/2024/05/01/hello/)\n",
		);
		expect((await text("/about/index.md")).body).toContain("Who we are.");
		for (const [from, to] of [
			["/2020/01/01/N1/INDEX.md", named],
			["/old/address/index.md", "/2024/05/02/%E3%81%93%E3%82%93%E3%81%B0%E3%82%93%E3%81%AF/index.md"],
			["/LLMS.txt", "/llms.txt"],
		] as const) {
			const { status, headers } = await blog.get(from);
			expect([from, status, headers.get("Location")]).toEqual([from, 301, to]);
		}
	});

	it("are listed in llms.txt with the pages", async () => {
		const { type, body } = await text("/llms.txt");
		expect(type).toBe("text/plain; charset=utf-8");
		expect(body).toMatch(
			/^# Cats\n\n## Posts\n\n- \[Closed\]\(https:\/\/cats\.example\/2024\/05\/03\/closed\/index\.md\): No more\.\n/,
		);
		const links = [...body.matchAll(/^- \[.*?\]\((.*?)\)/gm)].map(([, link = ""]) => link);
		expect(links.length).toBe(53 + 2 + 4);
		for (const link of links.slice(50))
			expect([link, (await blog.get(link.slice("https://cats.example".length))).status]).toEqual([link, 200]);
	});

	it("are all in llms-full.txt and the files it leads to, each once, the newest first", async () => {
		const seen: string[] = [];
		const sizes: number[] = [];
		for (let next: string | undefined = "/llms-full.txt"; next !== undefined; ) {
			const { body }: { body: string } = await text(next);
			const urls = [...body.matchAll(/^url: "(.*)"$/gm)].map(([, url = ""]) => url);
			sizes.push(urls.length);
			seen.push(...urls);
			next = /^\[Older posts\]\((.*)\)$/m.exec(body)?.[1];
		}
		expect(sizes).toEqual([13, 10, 10, 10, 10]);
		expect(seen).toEqual((await readAll("/api/v1/posts", "posts")).map(({ url }) => url));
		for (const none of [0, 6, 99999]) expect((await blog.get(`/llms-full-${none}.txt`)).status).toBe(404);
	});
});
