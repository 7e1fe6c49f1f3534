import { v5 } from "uuid";
import type { Page, Post } from "./post.ts";

/**
 * Returns the id of a post or page in feeds: its `feed_id`, or a UUID of the blog's and its own (RFC 9562, version 5).
 * Neither has the blog's address in it, so that after a move no feed reader takes old entries for new ones.
 */
export function entryFeedId(blogId: string, entry: Post | Page): string {
	return "feedId" in entry && entry.feedId !== null ? entry.feedId : urn(blogId, `entry:${entry.id}`);
}

/** Returns the id of a comment in feeds. */
export function commentFeedId(blogId: string, id: number): string {
	return urn(blogId, `comment:${id}`);
}

/** Returns the id of a feed, given a name that is its own, such as the path of its list. */
export function feedIdOf(blogId: string, name: string): string {
	return urn(blogId, `feed:${name}`);
}

/** Returns the blog id of a site without a `blog_id`, from its address. */
export function defaultBlogId(url: string): string {
	return v5(url, v5.URL);
}

function urn(blogId: string, name: string): string {
	return `urn:uuid:${v5(name, blogId)}`;
}
