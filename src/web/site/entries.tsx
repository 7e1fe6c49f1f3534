import { Hono } from "hono";
import { fewestComments } from "../../caching/cached-pages.ts";
import { allThreadsTag, threadTag } from "../../caching/tags.ts";
import { closesAt } from "../../comments/closing.ts";
import { activePause } from "../../comments/pause.ts";
import type { Sort, ThreadPage, ThreadPosition } from "../../comments/repository.ts";
import { previewParameter } from "../../posts/locations.ts";
import type { Page, Post } from "../../posts/post.ts";
import { cache, earliest } from "../http/caching.ts";
import { storeFor } from "../http/consistency.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import type { DatabaseFailure } from "../http/database-failure.ts";
import { redirectToKnownQuery } from "../http/known-query.ts";
import { revisionValidator } from "../http/validators.ts";
import type { AuthorView } from "../ui/author-view.ts";
import { Conversation } from "../ui/conversation.tsx";
import { href } from "../ui/links.ts";
import { entryQuery, flashParameter, threadAddressIn, threadQuery } from "../ui/thread-address.ts";
import { EntryPage } from "./entry-page.tsx";
import { type ExpandedPage, readFirstPage, readThread } from "./read-thread.ts";

/** Routes of all posts and pages. `canonicalRedirect` has already handled aliases. */
export const entries = new Hono<AppEnv>();

entries.get("*", async (c) => {
	const { archive, clock } = c.var.services;
	const url = new URL(c.req.url);
	const entry = archive.find(url.pathname, clock.now());
	const preview = c.req.query(previewParameter);
	if (entry === null)
		return preview === undefined
			? c.notFound()
			: showPreview(c, archive.findUnpublished(url.pathname), preview);
	const redirect = redirectToKnownQuery(c, entryQuery(url.searchParams));
	if (redirect !== null) return redirect;
	// A preview link leads to the post once it is published.
	if (preview !== undefined) return c.redirect(href(entry.path), 302);
	const token = c.req.query(flashParameter);
	if (token !== undefined) {
		const { readAuthorView } = await import("./read-author-view.ts");
		const authorView = await readAuthorView(c, token);
		if (authorView?.flash.post !== entry.id) return c.redirect(href(entry.path), 302);
		const { bookmark, comment } = authorView.flash;
		storeFor(c, bookmark === undefined ? "primary" : { bookmark });
		return showEntry(c, entry, comment === null ? null : { around: comment }, authorView);
	}
	const address = threadAddressIn(url.searchParams);
	return showEntry(c, entry, address?.position ?? null, null, address?.sort);
});

/** Renders an unpublished post for a signed preview link. */
async function showPreview(c: AppContext, entry: Post | Page | null, token: string): Promise<Response> {
	const { archive, secrets, clock } = c.var.services;
	const { verifyPreview } = await import("../../posts/preview.ts");
	const allowed =
		entry !== null &&
		secrets.signing !== null &&
		(await verifyPreview(token, entry, secrets.signing, clock.now()));
	if (!allowed) return c.notFound();
	return c.html(<EntryPage archive={archive} entry={entry} now={clock.now()} noindex query="" preview />);
}

async function showEntry(
	c: AppContext,
	entry: Post | Page,
	position: ThreadPosition,
	authorView: AuthorView | null,
	sort: Sort = "oldest",
): Promise<Response> {
	const { archive, mail, clock, caching } = c.var.services;
	c.set("entryId", entry.id);
	const isFirst = position === null && sort === "oldest" && authorView === null;
	const deployment = isFirst ? caching.deployment : null;
	const thread =
		entry.comments === "off"
			? null
			: deployment === null
				? await readThreadAfterFlash(c, entry.id, position, sort, authorView)
				: await readFirstPage(c, entry.id, deployment);
	if (thread !== null && typeof thread === "object" && "document" in thread)
		return sendRendered(c, entry, thread);
	if (thread === "no_such_page" || (thread === null && position !== null))
		return redirectToFirstPage(c, entry);
	const failed = typeof thread === "string";
	const query = position !== null && "around" in position ? "" : threadQuery(position, sort);
	cacheEntry(c, entry, thread, failed || authorView !== null ? "none" : "shared");
	if (deployment !== null && thread !== null && !failed && thread.count >= fewestComments)
		c.set("pageToStore", {
			postId: entry.id,
			deployment,
			revision: thread.revision,
			renderedAt: clock.now(),
		});
	// Search engines index the default order only, so that they see each comment once.
	const canonical = sort === "oldest" ? query : "";
	const page = (
		<EntryPage
			archive={archive}
			entry={entry}
			now={clock.now()}
			noindex={authorView !== null}
			query={canonical}
			comments={thread === null || failed ? null : thread.count}
			paged={
				thread === null || failed || (!thread.hasPrevious && thread.next === null)
					? null
					: { isFirst: !thread.hasPrevious }
			}
		>
			{thread !== null && (
				<Conversation
					entry={entry}
					site={archive.site}
					lang={entry.lang}
					thread={thread}
					sort={sort}
					now={clock.now()}
					mailEnabled={mail.readerNotifications !== null}
					authorView={authorView}
					script={archive.manifest.scripts.thread?.path}
				/>
			)}
		</EntryPage>
	);
	return c.html(page, failed ? 503 : 200);
}

/** Sets the caching headers of a page and what it is valid for. */
function cacheEntry(
	c: AppContext,
	entry: Post | Page,
	thread: Pick<ThreadPage, "pause" | "revision"> | DatabaseFailure | null,
	policy: "none" | "shared",
): void {
	const { archive, clock } = c.var.services;
	const read = typeof thread === "string" ? null : thread;
	const pause = read && activePause(read.pause, clock.now());
	cache(c, policy, {
		tags: thread === null ? [] : [threadTag(entry.id), allThreadsTag],
		changesAt: earliest(closesAt(entry, archive.site.comments, clock.now()), pause?.until ?? null),
		...(read === null ? {} : { validator: revisionValidator(entry.id, read.revision) }),
	});
}

/** Sends a page that was rendered before, by the code below, for another isolate or this one. */
function sendRendered(c: AppContext, entry: Post | Page, page: ExpandedPage): Response {
	cacheEntry(c, entry, page, "shared");
	c.set("renderedPage", { etag: page.etag, body: page.document });
	return c.body(page.document, 200, { "Content-Type": "text/html; charset=UTF-8" });
}

/** Reads the thread at the flash token's bookmark; without it (after a database restore, say) from the primary. */
async function readThreadAfterFlash(
	c: AppContext,
	postId: string,
	position: ThreadPosition,
	sort: Sort,
	authorView: AuthorView | null,
): ReturnType<typeof readThread> {
	const thread = await readThread(c, postId, position, sort);
	if (thread !== "down" || authorView?.flash.bookmark === undefined) return thread;
	storeFor(c, "primary");
	return readThread(c, postId, position, sort);
}

/** Redirects the URL of a thread page that does not exist to the first page. */
function redirectToFirstPage(c: AppContext, entry: Post | Page): Response {
	return c.redirect(href(entry.path), 302);
}
