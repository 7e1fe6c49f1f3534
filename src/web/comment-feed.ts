import type { LatestComment } from "../comments/repository.ts";
import { BlogError } from "../errors.ts";
import { cache } from "./caching.ts";
import type { AppContext, Testified } from "./context.ts";
import { fill, stringsFor } from "./strings/strings.ts";
import { troubleOf } from "./thread.ts";
import { commentPath, href } from "./views/links.ts";

type CommentFeed = {
	title: string;
	/** The post whose comments these are, or null for every post's. */
	postId: string | null;
	/** The page that shows the same, and the feed's own address. */
	path: string;
	feedPath: string;
	/** What it is purged by. */
	tag: string;
};

/** Comments in a feed. */
const feedLength = 50;

/** Answers with an Atom feed (RFC 4287) of comments, newest first, each naming what it replies to (RFC 4685). */
export async function showCommentFeed(c: AppContext, feed: CommentFeed): Promise<Response> {
	const { archive, comments, now } = c.var.services;
	const { site } = archive;
	const { generateAtomFeed } = await import("./atom.ts");
	const latest = await comments.latest(feed.postId, feedLength).catch((cause) => {
		troubleOf(cause, c);
		throw new BlogError("unavailable", stringsFor(site.language).conversationDown, { cause });
	});
	const entries = latest.flatMap((comment) => {
		const post = archive.byId(comment.postId, now());
		return post === null || post.comments === "off" ? [] : [entryOf(comment, post, site.url)];
	});
	const xml = generateAtomFeed({
		id: site.url + href(feed.feedPath),
		title: { value: feed.title },
		updated: new Date(Math.max(0, ...latest.map(({ createdAt, editedAt }) => editedAt ?? createdAt))),
		links: [
			{ rel: "self", type: "application/atom+xml", href: site.url + href(feed.feedPath) },
			{ rel: "alternate", type: "text/html", href: site.url + href(feed.path) },
		],
		entries,
	});
	cache(c, "shared", { tags: [feed.tag], witness: theSame(feed.postId, latest) });
	return c.body(xml, 200, { "Content-Type": "application/atom+xml; charset=utf-8" });
}

/** A feed is right while the newest comments are the same ones, saying the same. */
function theSame(postId: string | null, latest: readonly LatestComment[]): Testified {
	const said = (comments: readonly LatestComment[]) =>
		JSON.stringify(comments.map(({ id, editedAt }) => [id, editedAt]));
	return {
		ask: async ({ comments }) => said(await comments.latest(postId, feedLength)),
		said: said(latest),
	};
}

function entryOf(comment: LatestComment, post: { title: string; lang: string; path: string }, url: string) {
	const id = (comment: number) => `${url}${commentPath(comment)}`;
	const title = fill(stringsFor(post.lang).commentTitle, { name: comment.name, title: post.title });
	const page = url + href(post.path);
	return {
		id: id(comment.id),
		title: { value: legal(title) },
		published: new Date(comment.createdAt),
		updated: new Date(comment.editedAt ?? comment.createdAt),
		authors: [{ name: legal(comment.name), ...(comment.website === null ? {} : { uri: comment.website }) }],
		links: [{ rel: "alternate", type: "text/html", href: id(comment.id) }],
		content: { type: "html", value: legal(comment.html) },
		thr: { inReplyTos: [{ ref: comment.parentId === null ? page : id(comment.parentId), href: page }] },
	};
}

/** Text without the characters that XML has no way to write (XML 1.0, section 2.2). */
function legal(text: string): string {
	return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
}
