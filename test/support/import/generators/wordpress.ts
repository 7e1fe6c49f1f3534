import { needles, type OldBlog, type OldComment, type OldEntry, oldAddress, oldPath } from "../old-blog.ts";

const statuses: Record<OldEntry["state"], string> = {
	public: "publish",
	scheduled: "future",
	draft: "draft",
	pending: "pending",
	private: "private",
	password: "publish",
	members: "private",
	trash: "trash",
	unknown: "mystery",
};

const approved: Record<OldComment["state"], string> = {
	published: "1",
	held: "0",
	spam: "spam",
	deleted: "trash",
};

/** Writes a WXR 1.2 file as WordPress's export.php does. */
export function writeWordpress({ entries, comments }: OldBlog): string {
	return `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
	<title>Old blog</title>
	<link>${oldAddress}</link>
	<wp:wxr_version>1.2</wp:wxr_version>
	<wp:base_site_url>${oldAddress}</wp:base_site_url>
	<wp:base_blog_url>${oldAddress}</wp:base_blog_url>
	<wp:author><wp:author_id>1</wp:author_id><wp:author_login>${cdata("mika")}</wp:author_login><wp:author_email>${cdata(needles.email)}</wp:author_email><wp:author_display_name>${cdata("Mika & Co")}</wp:author_display_name></wp:author>
${entries
	.map((entry) =>
		item(
			entry,
			comments.filter((comment) => comment.entry === entry.number),
		),
	)
	.join("\n")}
</channel>
</rss>
`;
}

function item(entry: OldEntry, comments: readonly OldComment[]): string {
	const { number, kind, title, slug, paragraphs, state, published, categories, tags } = entry;
	const terms = (domain: string, names: readonly string[]) =>
		names
			.map((name) => `<category domain="${domain}" nicename="x">${cdata(escapeXml(name))}</category>`)
			.join("");
	return `	<item>
		<title>${cdata(escapeXml(title))}</title>
		<link>${escapeXml(encodeURI(oldAddress + oldPath(entry)))}</link>
		<dc:creator>${cdata("mika")}</dc:creator>
		<guid isPermaLink="false">${oldAddress}/?p=${number}</guid>
		<content:encoded>${cdata(paragraphs.map((text) => `<!-- wp:paragraph -->\n<p>${escapeXml(text)}</p>\n<!-- /wp:paragraph -->`).join("\n\n"))}</content:encoded>
		<excerpt:encoded>${cdata("")}</excerpt:encoded>
		<wp:post_id>${number}</wp:post_id>
		<wp:post_date>${cdata(date(published))}</wp:post_date>
		<wp:post_date_gmt>${cdata(state === "draft" ? "0000-00-00 00:00:00" : date(published))}</wp:post_date_gmt>
		<wp:comment_status>open</wp:comment_status>
		<wp:post_name>${cdata(encodeURIComponent(slug).toLowerCase())}</wp:post_name>
		<wp:status>${statuses[state]}</wp:status>
		<wp:post_parent>0</wp:post_parent>
		<wp:post_type>${kind}</wp:post_type>
		<wp:post_password>${state === "password" ? cdata("secret") : ""}</wp:post_password>
		<wp:is_sticky>0</wp:is_sticky>
		${terms("category", categories)}${terms("post_tag", tags)}
${comments.map(comment).join("\n")}
	</item>`;
}

function comment({ number, parent, name, website, text, state, created }: OldComment): string {
	return `		<wp:comment>
			<wp:comment_id>${number}</wp:comment_id>
			<wp:comment_author>${cdata(escapeXml(name))}</wp:comment_author>
			<wp:comment_author_email>${needles.email}</wp:comment_author_email>
			<wp:comment_author_url>${escapeXml(website)}</wp:comment_author_url>
			<wp:comment_author_IP>${needles.ip}</wp:comment_author_IP>
			<wp:comment_date>${date(created)}</wp:comment_date>
			<wp:comment_date_gmt>${date(created)}</wp:comment_date_gmt>
			<wp:comment_content>${cdata(escapeXml(text))}</wp:comment_content>
			<wp:comment_approved>${approved[state]}</wp:comment_approved>
			<wp:comment_type>comment</wp:comment_type>
			<wp:comment_parent>${parent ?? 0}</wp:comment_parent>
			<wp:comment_user_id>0</wp:comment_user_id>
			<wp:commentmeta><wp:meta_key>akismet_user_agent</wp:meta_key><wp:meta_value>${needles.agent}</wp:meta_value></wp:commentmeta>
		</wp:comment>`;
}

/** Escapes text for XML, and for the HTML in it. */
export function escapeXml(text: string): string {
	return text
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;")
		.replaceAll('"', "&quot;");
}

/** Writes text as CDATA, split where it would end. */
export function cdata(text: string): string {
	return `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
}

function date(at: number): string {
	return new Date(at).toISOString().slice(0, 19).replace("T", " ");
}
