import { keyedDigest } from "../../comments/digest.ts";
import type { LatestComment } from "../../comments/repository.ts";
import { BlogError } from "../../errors.ts";
import { addDirections, isolate } from "../../text/direction.ts";
import { cache } from "../http/caching.ts";
import type { AppContext, Validator } from "../http/context.ts";
import { logDatabaseFailure } from "../http/database-failure.ts";
import { commentPath, href } from "../ui/links.ts";
import { fill, stringsFor } from "../ui/strings/strings.ts";

type CommentFeed = {
	title: string;
	/** The post whose comments these are, or null for every post's. */
	postId: string | null;
	/** Path of the page with the same comments, and of the feed. */
	path: string;
	feedPath: string;
	/** Cache tag that purges it. */
	tag: string;
};

/** Comments in a feed. */
const feedLength = 50;

/** Responds with an Atom feed (RFC 4287) of comments, newest first, with reply references (RFC 4685). */
export async function respondWithCommentFeed(c: AppContext, feed: CommentFeed): Promise<Response> {
	const { archive, conversation, clock } = c.var.services;
	const { site } = archive;
	const { writeAtomFeed } = await import("./atom.ts");
	const latest = await conversation.comments.latest(feed.postId, feedLength).catch((cause) => {
		logDatabaseFailure(cause, c);
		throw new BlogError("unavailable", stringsFor(site.language).commentsUnavailable, { cause });
	});
	const entries = latest.flatMap((comment) => {
		const post = archive.findById(comment.postId, clock.now());
		if (post === null || post.comments === "off") return [];
		return post.unlisted && feed.postId === null ? [] : [entryOf(comment, post, site.url)];
	});
	const xml = writeAtomFeed({
		id: site.url + href(feed.feedPath),
		title: { value: feed.title },
		updated: new Date(Math.max(0, ...latest.map(updatedAt))),
		links: [
			{ rel: "self", type: "application/atom+xml", href: site.url + href(feed.feedPath) },
			{ rel: "alternate", type: "text/html", href: site.url + href(feed.path) },
		],
		entries,
	});
	cache(c, "shared", { tags: [feed.tag], validator: await latestValidator(feed.postId, latest) });
	return c.body(xml, 200, { "Content-Type": "application/atom+xml; charset=utf-8" });
}

/** Validates a feed by a digest of the newest comments: moderators change words and names without an edit time. */
async function latestValidator(postId: string | null, latest: readonly LatestComment[]): Promise<Validator> {
	const versionOf = (comments: readonly LatestComment[]) =>
		keyedDigest(
			JSON.stringify(
				comments.map(({ id, editedAt, name, website, html }) => [id, editedAt, name, website, html]),
			),
			"comment feed",
		);
	return {
		read: async ({ conversation }) => versionOf(await conversation.comments.latest(postId, feedLength)),
		value: await versionOf(latest),
	};
}

/** Returns when a comment appeared; one that was approved late is new then. */
const publishedAt = (comment: LatestComment) => comment.publishedAt ?? comment.createdAt;

const updatedAt = (comment: LatestComment) => Math.max(publishedAt(comment), comment.editedAt ?? 0);

function entryOf(comment: LatestComment, post: { title: string; lang: string; path: string }, url: string) {
	const id = (comment: number) => `${url}${commentPath(comment)}`;
	const title = fill(stringsFor(post.lang).commentTitle, {
		name: isolate(comment.name),
		title: isolate(post.title),
	});
	const page = url + href(post.path);
	return {
		id: id(comment.id),
		title: { value: title },
		published: new Date(publishedAt(comment)),
		updated: new Date(updatedAt(comment)),
		authors: [{ name: comment.name, ...(comment.website === null ? {} : { uri: comment.website }) }],
		links: [{ rel: "alternate", type: "text/html", href: id(comment.id) }],
		content: { type: "html", value: addDirections(comment.html) },
		thr: { inReplyTos: [{ ref: comment.parentId === null ? page : id(comment.parentId), href: page }] },
	};
}
