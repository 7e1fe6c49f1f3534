import { keyedDigest } from "../../comments/digest.ts";
import type { CommentRepository, LatestComment } from "../../comments/repository.ts";
import { BlogError } from "../../errors.ts";
import { commentFeedId, entryFeedId, feedIdOf } from "../../posts/feed-ids.ts";
import type { FeedExtension } from "../../posts/locations.ts";
import type { Page, Post } from "../../posts/post.ts";
import { addDirections, isolate } from "../../text/direction.ts";
import { cache } from "../http/caching.ts";
import type { AppContext, Validator } from "../http/context.ts";
import { logDatabaseFailure } from "../http/database-failure.ts";
import { knownQuery } from "../http/known-query.ts";
import { commentFeedPathOf, commentPath, href } from "../ui/links.ts";
import { fill, stringsFor } from "../ui/strings/strings.ts";
import type { FeedEntry } from "./feed.ts";
import { feedAddresses, inDirection, latestOf, respondWithFeed } from "./feed-response.ts";

type CommentFeed = {
	title: string;
	/** The post or page whose comments these are, or null for every one's. */
	entry: Post | Page | null;
	/** Path of the page with the same comments. */
	path: string;
	lang: string;
	/** Cache tag that purges it. */
	tag: string;
};

/** Comments in a document of a feed. */
const feedLength = 50;

/**
 * Declares the parameter of a feed of comments: `before`, the id of the comment that its document continues from. Numbers
 * would move with every new comment.
 */
export const commentCursors = knownQuery((query) => cursorQuery(cursorIn(query)));

function cursorIn(query: URLSearchParams): number | null {
	const text = query.get("before") ?? "";
	return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

const cursorQuery = (before: number | null) => (before === null ? "" : `?before=${before}`);

/** Responds with a document of a feed of comments, the latest published first, or those before the one of the query. */
export async function respondWithCommentFeed(
	c: AppContext,
	extension: FeedExtension,
	feed: CommentFeed,
): Promise<Response> {
	const { archive, conversation, clock, deployedAt } = c.var.services;
	const { site } = archive;
	const postId = feed.entry?.id ?? null;
	const before = cursorIn(new URL(c.req.url).searchParams);
	// One more than shown tells whether another document follows.
	const read: ReadComments = (comments) => comments.latest(postId, feedLength + 1, before);
	const found = await read(conversation.comments).catch((cause) => {
		logDatabaseFailure(cause, c);
		throw new BlogError("unavailable", stringsFor(site.language).commentsUnavailable, { cause });
	});
	if (before !== null && found.length === 0) return c.notFound();
	const shown = found.slice(0, feedLength);
	const entries = shown.flatMap((comment) => {
		const entry = archive.findById(comment.postId, clock.now());
		if (entry === null || entry.comments === "off") return [];
		return entry.unlisted && feed.entry === null ? [] : [entryOf(c, comment, entry)];
	});
	cache(c, "shared", { tags: [feed.tag], validator: await commentsValidator(read, found) });
	const published = feed.entry !== null && "published" in feed.entry ? feed.entry.published : null;
	return respondWithFeed(c, extension, {
		id: feedIdOf(site.blogId, postId === null ? "comments" : `comments:${postId}`),
		title: feed.title,
		subtitle: null,
		lang: feed.lang,
		updated: latestOf(entries) ?? published ?? deployedAt(clock.now()),
		url: site.url + href(feed.path),
		// Every entry has its own.
		authors: [],
		entries,
		address: feedAddresses(site.url, (format) => commentFeedPathOf(feed.path, format)),
		pages: {
			current: cursorQuery(before),
			previous: null,
			next: found.length > feedLength ? cursorQuery(shown.at(-1)?.id ?? null) : null,
			last: null,
		},
		hub: null,
	});
}

type ReadComments = (comments: CommentRepository) => Promise<readonly LatestComment[]>;

/** Validates a document by a digest of its comments: moderators change words and names without an edit time. */
async function commentsValidator(read: ReadComments, found: readonly LatestComment[]): Promise<Validator> {
	const versionOf = (comments: readonly LatestComment[]) =>
		keyedDigest(
			JSON.stringify(
				comments.map(({ id, editedAt, name, website, html }) => [id, editedAt, name, website, html]),
			),
			"comment feed",
		);
	return {
		read: async ({ conversation }) => versionOf(await read(conversation.comments)),
		value: await versionOf(found),
	};
}

function entryOf(c: AppContext, comment: LatestComment, entry: Post | Page): FeedEntry {
	const { url: siteUrl, blogId } = c.var.services.archive.site;
	const url = (id: number) => siteUrl + commentPath(id);
	const lang = comment.lang ?? entry.lang;
	// One that was approved late is new then.
	const published = comment.publishedAt ?? comment.createdAt;
	const { parentId } = comment;
	return {
		id: commentFeedId(blogId, comment.id),
		url: url(comment.id),
		title: fill(stringsFor(entry.lang).commentTitle, {
			name: isolate(comment.name),
			title: isolate(entry.title),
		}),
		lang,
		// Its language is detected, and may be no more than a guess.
		html: inDirection(addDirections(comment.html), lang, "auto"),
		summary: null,
		published,
		updated: Math.max(published, comment.editedAt ?? 0),
		authors: [{ name: comment.name, url: comment.website }],
		categories: [],
		image: null,
		enclosures: [],
		inReplyTo:
			parentId === null
				? { id: entryFeedId(blogId, entry), url: siteUrl + href(entry.path) }
				: { id: commentFeedId(blogId, parentId), url: url(parentId) },
		replies: null,
	};
}
