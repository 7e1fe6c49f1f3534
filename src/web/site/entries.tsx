import { Hono } from "hono";
import { allThreadsTag, threadTag } from "../../caching/tags.ts";
import { signedEditPath } from "../../comments/edit-link.ts";
import { type Flash, verifyFlash } from "../../comments/form-tokens.ts";
import type { WrittenComment } from "../../comments/own-comments.ts";
import { activePause } from "../../comments/pause.ts";
import type { Sort, ThreadPosition } from "../../comments/repository.ts";
import { closesAt } from "../../comments/submit.ts";
import type { Page, Post } from "../../posts/post.ts";
import { previewParameter, verifyPreview } from "../../posts/preview.ts";
import { cache, earliest } from "../http/caching.ts";
import { storeFor } from "../http/consistency.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { logDatabaseFailure } from "../http/database-failure.ts";
import { redirectToKnownQuery } from "../http/known-query.ts";
import { revisionValidator } from "../http/validators.ts";
import { knownVisitor } from "../http/visitor.ts";
import type { AuthorView } from "../ui/author-view.ts";
import { Conversation } from "../ui/conversation.tsx";
import { href } from "../ui/links.ts";
import { entryQuery, flashParameter, threadAddressIn, threadQuery } from "../ui/thread-address.ts";
import { flashUrl } from "../visitor/flash-url.ts";
import { newFormState } from "../visitor/form-state.ts";
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
	const allowed =
		entry !== null &&
		secrets.signing !== null &&
		(await verifyPreview(token, entry, secrets.signing, clock.now()));
	if (!allowed) return c.notFound();
	return c.html(<EntryPage archive={archive} entry={entry} now={clock.now()} noindex query="" preview />);
}

async function readAuthorView(c: AppContext, token: string): Promise<AuthorView | null> {
	const { secrets, clock } = c.var.services;
	const flash = secrets.signing === null ? null : await verifyFlash(token, secrets.signing, clock.now());
	if (secrets.signing === null || flash === null) return null;
	const own = await findOwnComment(c, flash);
	if (own === "lost") return null;
	const { action } = flash;
	const showLink =
		own !== null &&
		(action === "posted" || action === "edited") &&
		(await mayShowEditLink(c, own, secrets.signing));
	return {
		flash,
		editUrl: showLink ? await signedEditPath(own, secrets.signing, clock.now()) : null,
		...(await challengeOrRetry(c, flash, token, secrets.signing)),
		...(await newFormState(c)),
	};
}

/**
 * Finds the comment that a flash shows though it may not be public; null if there is none, or the database fails, which the
 * page reports where the thread would be. It is lost if the database was restored since, and another has its id.
 */
async function findOwnComment(
	c: AppContext,
	{ comment, createdAt }: Flash,
): Promise<WrittenComment | "lost" | null> {
	if (comment === null || createdAt === undefined) return null;
	try {
		const written = await c.var.services.conversation.ownComments.find(comment);
		return written === null || written.createdAt === createdAt ? written : "lost";
	} catch (error) {
		logDatabaseFailure(error, c);
		return null;
	}
}

/** Milliseconds for which a shown edit link is recorded: longer than any page that shows it is valid. */
const editLinkUseLifetime = 86_400_000;

/**
 * Whether the page may show a comment's edit link: always to the author's browser, once to a browser without cookies.
 * People copy the page's URL from the address bar; it must not give the edit link to anyone they send it to.
 */
async function mayShowEditLink(
	c: AppContext,
	{ id, createdAt, visitor }: WrittenComment,
	secret: string,
): Promise<boolean> {
	// A HEAD shows no link, so that the one time is not used up.
	if (c.req.method === "HEAD") return false;
	const { clock, identity } = c.var.services;
	const now = clock.now();
	try {
		const shown = `edit-link:${id}:${createdAt}`;
		const isFirst = await identity.usedTokens.use(shown, now + editLinkUseLifetime, now);
		return isFirst || visitor === (await knownVisitor(c, secret));
	} catch (error) {
		logDatabaseFailure(error, c);
		return false;
	}
}

/** Returns the challenge for the author's browser, or after a failed one the link that offers it again. */
async function challengeOrRetry(
	c: AppContext,
	flash: Flash,
	token: string,
	secret: string,
): Promise<Pick<AuthorView, "challenge" | "retry">> {
	const { archive, conversation } = c.var.services;
	const script = archive.manifest.scripts.challenge?.path;
	if (flash.challenge === undefined || script === undefined) return { challenge: null, retry: null };
	const widget = flash.challenge === "turnstile" ? conversation.turnstile : null;
	// Without Turnstile's keys, which may have been removed since, the comment waits for a moderator.
	if (flash.challenge === "turnstile" && widget === null) return { challenge: null, retry: null };
	if (flash.challengeFailed) {
		const entry = archive.findById(flash.post, c.var.services.clock.now());
		const again = { ...flash, challengeFailed: false };
		return { challenge: null, retry: entry && (await flashUrl(c, entry.path, again, secret)) };
	}
	if (widget !== null) c.set("widget", widget.origin);
	return {
		retry: null,
		challenge: {
			kind: flash.challenge,
			token,
			script,
			widget: widget && { script: `${widget.origin}/turnstile/v0/api.js`, siteKey: widget.siteKey },
		},
	};
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
