import { Hono } from "hono";
import { apiPath, fullTextPath, fullTextPathOf, markdownPathOf } from "../../posts/locations.ts";
import type { Page, Post } from "../../posts/post.ts";
import { cache } from "../http/caching.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { noQuery } from "../http/known-query.ts";
import { href } from "../ui/links.ts";
import { readEntryDocument } from "./read-entry-document.ts";

/** Routes of the blog as text for language models (https://llmstxt.org): a table of contents, and the posts themselves. */
export const llms = new Hono<AppEnv>();

/** Posts that the table of contents lists. */
const postsListed = 100;

/** Posts of one run. A file of the newest ones has up to twice as many, so that it never has only the last one. */
const postsPerRun = 10;

/** Characters of posts in one file; the posts beyond them are links. */
const maxLength = 200_000;

llms.get("/llms.txt", noQuery, (c) => {
	const { archive, clock } = c.var.services;
	const { title, tagline, url } = archive.site;
	const posts = archive.published(clock.now());
	const sections = [
		["Posts", posts.slice(0, postsListed).map((post) => line(post, url))],
		["Pages", archive.pages.filter(({ unlisted }) => !unlisted).map((page) => line(page, url))],
		[
			"Optional",
			[
				`- [Full text](${url}${fullTextPath}): the newest posts in one file, which leads to the older ones`,
				`- [All posts by year](${url}/archive/)`,
				`- [API](${url}${apiPath}): posts, comments and their numbers as JSON`,
				`- [Feed](${url}/feed.xml)`,
			],
		],
	] as const;
	const text = sections
		.filter(([, lines]) => lines.length > 0)
		.map(([heading, lines]) => `\n## ${heading}\n\n${lines.join("\n")}\n`);
	return answer(c, [heading(title), tagline === "" ? "" : `\n> ${tagline}\n`, ...text].join(""));
});

llms.get(fullTextPath, noQuery, async (c) => {
	const { archive, clock } = c.var.services;
	const posts = archive.published(clock.now());
	const runs = Math.floor(posts.length / postsPerRun);
	// Whole runs but the newest have their own files.
	const older = Math.max(0, posts.length % postsPerRun === 0 ? runs - 2 : runs - 1);
	return answer(c, await fullText(c, posts.slice(0, posts.length - older * postsPerRun), older));
});

llms.get("/:file{llms-full-[1-9][0-9]{0,4}\\.txt}", noQuery, async (c) => {
	const { archive, clock } = c.var.services;
	const posts = archive.published(clock.now());
	const run = Number(/\d+/.exec(c.req.param("file"))?.[0]);
	const end = posts.length - (run - 1) * postsPerRun;
	if (end < postsPerRun) return c.notFound();
	return answer(c, await fullText(c, posts.slice(end - postsPerRun, end), run - 1));
});

/** Returns posts as Markdown files one after the other, and a link to the run before them. */
async function fullText(c: AppContext, posts: readonly Post[], older: number): Promise<string> {
	const { title, url } = c.var.services.archive.site;
	let text = heading(title);
	// In sequence, so that a chunk that contains several bodies is loaded once.
	for (const post of posts) {
		const document = await readEntryDocument(c.var.services.archive, post);
		text += text.length + document.length > maxLength ? `\n${line(post, url)}\n` : `\n${document}`;
	}
	return older === 0 ? text : `${text}\n---\n\n[Older posts](${url}${fullTextPathOf(older)})\n`;
}

function heading(title: string): string {
	return `# ${escapeBrackets(title)}\n`;
}

function line(entry: Post | Page, url: string): string {
	const summary = entry.summary === "" ? "" : `: ${entry.summary}`;
	return `- [${escapeBrackets(entry.title)}](${url}${href(markdownPathOf(entry.path))})${summary}`;
}

function escapeBrackets(text: string): string {
	return text.replace(/[\\[\]]/g, "\\$&");
}

function answer(c: AppContext, text: string): Response {
	cache(c, "shared");
	c.header("X-Robots-Tag", "noindex");
	return c.body(text, 200, { "Content-Type": "text/plain; charset=utf-8" });
}
