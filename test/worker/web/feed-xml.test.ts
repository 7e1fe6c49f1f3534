import { SaxesParser } from "saxes";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { escapeHtml } from "../../../src/posts/html.ts";
import { toXmlText } from "../../../src/text/xml.ts";
import { type Blog, startBlog } from "../../support/blog.ts";

/** Text that breaks XML, or the element or section it is in, unless it is escaped and replaced. */
const hostile = [
	...["\u0001", "\u0008", "\u000b", "\u001f", "\u007f", "\ufffe", "\uffff", "\ud800", "\udc00", "\u{1fffe}"],
	...[
		"<",
		">",
		"&",
		'"',
		"'",
		"]]>",
		"<![CDATA[",
		"]]]]><![CDATA[>",
		"<!--",
		"--><x>",
		"<?xml ?>",
		"<!DOCTYPE x>",
	],
	...[
		"&#1;",
		"&#x0;",
		"&#xD800;",
		"&#65534;",
		"&nbsp;",
		"&x;",
		"&",
		"&amp;",
		"</name>",
		"</entry></feed>",
		"\u2028",
	],
].map((text) => `a ${text} b`);

/** Parses a document as strict XML with namespaces; returns the text of every element. */
function parse(xml: string): string[] {
	const texts: string[] = [];
	let text = "";
	const parser = new SaxesParser({ xmlns: true });
	parser.on("error", (error) => {
		throw error;
	});
	parser.on("opentag", () => {
		text = "";
	});
	parser.on("text", (part) => {
		text += part;
	});
	parser.on("cdata", (part) => {
		text += part;
	});
	parser.on("closetag", () => {
		// The writer indents sections.
		texts.push(text.trim());
		text = "";
	});
	parser.write(xml).close();
	return texts;
}

/** The line of front matter that gives a field a text, which YAML reads as JSON. */
const field = (name: string, value: unknown) =>
	`${name}: ${JSON.stringify(value).replaceAll("\u007f", "\\u007f")}\n`;

const wellFormed = hostile.map((text) => text.toWellFormed());
const term = (text: string) => text.replace(/[\p{Cc}/\\?#%]/gu, "");

const files = {
	"site.yaml": `${field("title", wellFormed.join())}${field("tagline", wellFormed.join())}url: https://cats.example\n`,
	...Object.fromEntries(
		wellFormed.map((text, at) => [
			`posts/2024-05-01-p${at}.md`,
			`---\ndate: 2024-05-01\n${["title", "summary"].map((name) => field(name, text)).join("")}${["author", "series"].map((name) => field(name, term(text))).join("")}${field("tags", [term(text)])}---\n${text}\n\n\`${text}\`\n`,
		]),
	),
};

let blog: Blog;

beforeAll(async () => {
	blog = await startBlog({ files });
	// As an import or an earlier version may have stored them: the form refuses most of these.
	const insert = blog.db.prepare(
		`INSERT INTO comments (post_id, path, state, name, website, visitor, source, html, fingerprint, created_at)
		VALUES (?1, printf('%08x', (SELECT coalesce(max(id), 0) + 1 FROM comments)), 'published', ?2, ?3, ?4, ?2, ?5, ?4, ?6)`,
	);
	await blog.db.batch(
		hostile.map((text, at) =>
			insert.bind(
				"2024-05-01-p0",
				text,
				`https://x.example/?${text}`,
				`v${at}`,
				`<p>${text}</p>`,
				blog.now + at,
			),
		),
	);
});
afterAll(() => blog.stop());

describe("every file in XML", () => {
	it("is well-formed, whatever posts and comments contain", async () => {
		const home = await (await blog.get("/2024/05/01/p0/")).text();
		const lists = [...home.matchAll(/href="(\/(?:tag|author|series)\/[^"]*\/)"/g)].map(
			([, path]) => `${path}feed.xml`,
		);
		expect(lists.length).toBeGreaterThan(1);
		for (const path of [
			"/feed.xml",
			"/comments.xml",
			"/2024/05/01/p0/comments.xml",
			"/sitemap.xml",
			...new Set(lists),
		]) {
			const response = await blog.get(path);
			expect([path, response.status]).toEqual([path, 200]);
			const xml = await response.text();
			expect(parse(xml).length, path).toBeGreaterThan(3);
		}
	});

	it("has each commenter's name and website as they were written, but for what XML cannot represent", async () => {
		const texts = parse(await (await blog.get("/comments.xml")).text());
		for (const text of hostile) {
			expect(texts).toContain(toXmlText(text));
			expect(texts).toContain(toXmlText(`https://x.example/?${text}`));
		}
	});
});

describe("escapeHtml", () => {
	it("makes any text safe in an element and in an attribute", () => {
		for (const text of hostile)
			expect(parse(`<x><y z="${escapeHtml(text)}">${escapeHtml(text)}</y></x>`)[0]).toBe(toXmlText(text));
	});
});
