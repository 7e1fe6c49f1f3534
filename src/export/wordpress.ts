import type { CommentState } from "../comments/comment.ts";
import type { ExportedComment } from "./comments.ts";
import { cdata, oneLine, xmlText } from "./xml.ts";

/** A post or page for WordPress. Addresses are absolute; `html` has only such. */
export type ExportedEntry = {
	/** Its number there, by which `/?p=12` finds it. */
	number: number;
	kind: "post" | "page";
	id: string;
	title: string;
	slug: string;
	address: string;
	published: number;
	updated: number | null;
	/** Its local date and time, such as 2024-05-01 09:00:00. */
	local: string;
	status: "publish" | "future" | "draft";
	author: string;
	html: string;
	summary: string;
	categories: readonly { name: string; slug: string }[];
	tags: readonly { name: string; slug: string }[];
	open: boolean;
	comments: readonly ExportedComment[];
};

/** A blog for WordPress, with its authors by login and its media by address. */
export type ExportedBlog = {
	title: string;
	description: string;
	address: string;
	language: string;
	authors: readonly { login: string; name: string }[];
	media: readonly { address: string; name: string }[];
};

const approved: Record<CommentState, string> = { published: "1", held: "0", spam: "spam", deleted: "trash" };

/** Writes WXR 1.2, which WordPress's importer takes: posts, pages, comments and, as attachments, media. */
export async function* writeWordpress(
	blog: ExportedBlog,
	entries: AsyncIterable<ExportedEntry>,
): AsyncGenerator<string> {
	yield `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>${xmlText(blog.title)}</title>
<link>${xmlText(blog.address)}</link>
<description>${xmlText(blog.description)}</description>
<language>${xmlText(blog.language)}</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>${xmlText(blog.address)}</wp:base_site_url>
<wp:base_blog_url>${xmlText(blog.address)}</wp:base_blog_url>
`;
	for (const [at, { login, name }] of blog.authors.entries()) {
		yield `<wp:author><wp:author_id>${at + 1}</wp:author_id><wp:author_login>${cdata(login)}</wp:author_login><wp:author_email>${cdata("")}</wp:author_email><wp:author_display_name>${cdata(name)}</wp:author_display_name></wp:author>\n`;
	}
	let last = 0;
	for await (const entry of entries) {
		last = Math.max(last, entry.number);
		yield item(entry, blog.authors);
	}
	for (const { address, name } of blog.media)
		yield attachment(++last, address, name, blog.authors[0]?.login ?? "");
	yield "</channel>\n</rss>\n";
}

function item(entry: ExportedEntry, authors: ExportedBlog["authors"]): string {
	const { number, categories, tags, status } = entry;
	const utc = status === "draft" ? "0000-00-00 00:00:00" : second(entry.published);
	const terms = (domain: string, all: ExportedEntry["tags"]) =>
		all
			.map(
				({ name, slug }) =>
					`<category domain="${domain}" nicename="${xmlText(encodeURIComponent(slug))}">${cdata(xmlText(name))}</category>\n`,
			)
			.join("");
	return `<item>
<title>${cdata(xmlText(entry.title))}</title>
<link>${xmlText(entry.address)}</link>
<pubDate>${new Date(entry.published).toUTCString()}</pubDate>
<dc:creator>${cdata(entry.author)}</dc:creator>
<guid isPermaLink="false">${xmlText(entry.address)}</guid>
<description></description>
<content:encoded>${cdata(entry.html)}</content:encoded>
<excerpt:encoded>${cdata(xmlText(entry.summary))}</excerpt:encoded>
<wp:post_id>${number}</wp:post_id>
<wp:post_date>${cdata(entry.local)}</wp:post_date>
<wp:post_date_gmt>${cdata(utc)}</wp:post_date_gmt>
<wp:post_modified>${cdata(entry.local)}</wp:post_modified>
<wp:post_modified_gmt>${cdata(second(entry.updated ?? entry.published))}</wp:post_modified_gmt>
<wp:comment_status>${cdata(entry.open ? "open" : "closed")}</wp:comment_status>
<wp:ping_status>${cdata("closed")}</wp:ping_status>
<wp:post_name>${cdata(encodeURIComponent(entry.slug).toLowerCase())}</wp:post_name>
<wp:status>${cdata(status)}</wp:status>
<wp:post_parent>0</wp:post_parent>
<wp:menu_order>0</wp:menu_order>
<wp:post_type>${cdata(entry.kind)}</wp:post_type>
<wp:post_password>${cdata("")}</wp:post_password>
<wp:is_sticky>0</wp:is_sticky>
${terms("category", categories)}${terms("post_tag", tags)}${entry.comments.map((each) => comment(each, entry.author, authors)).join("")}</item>
`;
}

function comment(each: ExportedComment, author: string, authors: ExportedBlog["authors"]): string {
	const { id, parentId, state, name, email, website, html, createdAt, byAuthor } = each;
	const user = byAuthor ? authors.findIndex(({ login }) => login === author) + 1 : 0;
	return `<wp:comment>
<wp:comment_id>${id}</wp:comment_id>
<wp:comment_author>${cdata(xmlText(name))}</wp:comment_author>
<wp:comment_author_email>${cdata(email ?? "")}</wp:comment_author_email>
<wp:comment_author_url>${xmlText(website ?? "")}</wp:comment_author_url>
<wp:comment_author_IP></wp:comment_author_IP>
<wp:comment_date>${cdata(second(createdAt))}</wp:comment_date>
<wp:comment_date_gmt>${cdata(second(createdAt))}</wp:comment_date_gmt>
<wp:comment_content>${cdata(oneLine(html))}</wp:comment_content>
<wp:comment_approved>${cdata(approved[state])}</wp:comment_approved>
<wp:comment_type>${cdata("comment")}</wp:comment_type>
<wp:comment_parent>${parentId ?? 0}</wp:comment_parent>
<wp:comment_user_id>${user}</wp:comment_user_id>
</wp:comment>
`;
}

function attachment(number: number, address: string, name: string, author: string): string {
	return `<item>
<title>${cdata(xmlText(name))}</title>
<link>${xmlText(address)}</link>
<dc:creator>${cdata(author)}</dc:creator>
<guid isPermaLink="false">${xmlText(address)}</guid>
<content:encoded>${cdata("")}</content:encoded>
<excerpt:encoded>${cdata("")}</excerpt:encoded>
<wp:post_id>${number}</wp:post_id>
<wp:post_name>${cdata(encodeURIComponent(name).toLowerCase())}</wp:post_name>
<wp:status>${cdata("inherit")}</wp:status>
<wp:post_parent>0</wp:post_parent>
<wp:post_type>${cdata("attachment")}</wp:post_type>
<wp:attachment_url>${cdata(address)}</wp:attachment_url>
</item>
`;
}

function second(at: number): string {
	return new Date(at).toISOString().slice(0, 19).replace("T", " ");
}
