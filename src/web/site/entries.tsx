import { Hono } from "hono";
import { allThreadsTag, threadTag } from "../../caching/tags.ts";
import { closesAt } from "../../comments/closing.ts";
import { activePause } from "../../comments/pause.ts";
import type { Sort, ThreadPosition } from "../../comments/repository.ts";
import { previewParameter } from "../../posts/locations.ts";
import type { Page, Post } from "../../posts/post.ts";
import { cache, earliest } from "../http/caching.ts";
import { storeFor } from "../http/consistency.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { redirectToKnownQuery } from "../http/known-query.ts";
import { revisionValidator } from "../http/validators.ts";
import type { AuthorView } from "../ui/author-view.ts";
import { Conversation } from "../ui/conversation.tsx";
import { href } from "../ui/links.ts";
import { entryQuery, flashParameter, threadAddressIn, threadQuery } from "../ui/thread-address.ts";
import { EntryPage } from "./entry-page.tsx";
import { readThread } from "./read-thread.ts";

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
	const { archive, mail, clock } = c.var.services;
	c.set("entryId", entry.id);
	const thread =
		entry.comments === "off" ? null : await readThreadAfterFlash(c, entry.id, position, sort, authorView);
	if (thread === "no_such_page" || (thread === null && position !== null))
		return redirectToFirstPage(c, entry);
	const failed = typeof thread === "string";
	const query = position !== null && "around" in position ? "" : threadQuery(position, sort);
	const pause = thread === null || failed ? null : activePause(thread.pause, clock.now());
	cache(c, failed || authorView !== null ? "none" : "shared", {
		tags: thread === null ? [] : [threadTag(entry.id), allThreadsTag],
		changesAt: earliest(closesAt(entry, archive.site.comments, clock.now()), pause?.until ?? null),
		...(thread === null || failed ? {} : { validator: revisionValidator(entry.id, thread.revision) }),
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
