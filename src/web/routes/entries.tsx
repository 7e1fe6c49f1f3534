import { Hono } from "hono";
import { ownAddress } from "../../comments/own-link.ts";
import type { Sort, ThreadPosition } from "../../comments/repository.ts";
import { closesAt } from "../../comments/submit.ts";
import { threadTag } from "../../freshness/tags.ts";
import type { Page, Post } from "../../posts/post.ts";
import { previewParameter, verifyPreview } from "../../posts/preview.ts";
import { cache } from "../caching.ts";
import type { AppContext, AppEnv, Testified } from "../context.ts";
import { ownForm } from "../own-form.ts";
import { readAt } from "../reading.ts";
import { readThread, troubleOf } from "../thread.ts";
import { threadAddressIn, threadParameters, threadQuery } from "../thread-address.ts";
import { type FreshAct, verifyFresh } from "../tokens.ts";
import { Conversation } from "../views/conversation.tsx";
import { href } from "../views/links.ts";
import type { OwnView } from "../views/own-view.ts";
import { EntryPage } from "../views/post.tsx";
import { knownVisitor } from "../visitor.ts";
import { freshAddress } from "./comments.tsx";

/** Every post and page; other spellings of their addresses have been redirected by now. */
export const entries = new Hono<AppEnv>();

entries.get("*", async (c) => {
	const { archive, now } = c.var.services;
	const url = new URL(c.req.url);
	const preview = c.req.query(previewParameter);
	if (preview !== undefined) return showPreview(c, url.pathname, preview);
	const entry = archive.find(url.pathname, now());
	if (entry === null) return c.notFound();
	const token = c.req.query("fresh");
	if (token !== undefined) {
		cache(c, "none");
		const fresh = await ownView(c, token);
		if (fresh?.act.post !== entry.id) return c.redirect(href(entry.path), 302);
		const { bookmark, comment } = fresh.act;
		readAt(c, bookmark === undefined ? "primary" : { bookmark });
		return showEntry(c, entry, comment === null ? null : { around: comment }, fresh);
	}
	const address = threadAddressIn(url.searchParams);
	if (address === null) return showWhole(c, entry);
	return showEntry(c, entry, address.position, null, address.sort);
});

/** A post before its time, to whoever was sent the link; once it is out, the link leads to the post itself. */
async function showPreview(c: AppContext, path: string, token: string): Promise<Response> {
	const { archive, signingSecret, now } = c.var.services;
	cache(c, "none");
	const published = archive.find(path, now());
	if (published !== null) return c.redirect(href(published.path), 302);
	const entry = archive.unpublished(path);
	const allowed =
		entry !== null && signingSecret !== null && (await verifyPreview(token, entry, signingSecret, now()));
	if (!allowed) return c.notFound();
	return c.html(<EntryPage archive={archive} entry={entry} now={now()} unindexed query="" preview />);
}

async function ownView(c: AppContext, token: string): Promise<OwnView | null> {
	const { signingSecret, now } = c.var.services;
	const act = signingSecret === null ? null : await verifyFresh(token, signingSecret, now());
	if (signingSecret === null || act === null) return null;
	const own = act.comment !== null && (act.act === "posted" || act.act === "edited") ? act.comment : null;
	const shown = own !== null && (await mayHaveLink(c, own, signingSecret));
	return {
		act,
		ownAddress: shown ? await ownAddress(own, signingSecret, now()) : null,
		...(await stepUpOf(c, act, token, signingSecret)),
		...(await ownForm(c)),
	};
}

/** Milliseconds for which it is known that a comment's link was shown; longer than any page that shows it. */
const linkShownFor = 86_400_000;

/**
 * Whether this page may show the link by which a comment is changed: to the author's browser always, to one without
 * cookies once. The page's address stands where addresses are copied from, and whoever it is passed on to must not get
 * the link with it.
 */
async function mayHaveLink(c: AppContext, comment: number, secret: string): Promise<boolean> {
	const { authorship, now, spentTokens } = c.var.services;
	const visitor = await knownVisitor(c, secret);
	try {
		const [written, isFirst] = await Promise.all([
			visitor === null ? null : authorship.find(comment),
			spentTokens.spend(`own-link:${comment}`, now() + linkShownFor, now()),
		]);
		return isFirst || (written !== null && written.visitor === visitor);
	} catch (error) {
		// The page says what is wrong with the conversation; the link is left out of it.
		troubleOf(error, c);
		return false;
	}
}

/** What the author's browser is asked for; once it was done in vain, only after they ask to try again. */
async function stepUpOf(
	c: AppContext,
	{ owes, ...act }: FreshAct,
	token: string,
	secret: string,
): Promise<Pick<OwnView, "stepUp" | "retry">> {
	const { archive, turnstile } = c.var.services;
	const script = archive.manifest.scripts["step-up"]?.path;
	if (owes === undefined || script === undefined) return { stepUp: null, retry: null };
	const widget = owes === "turnstile" ? turnstile : null;
	// Turnstile may have been taken away since: then the comment waits for a person.
	if (owes === "turnstile" && widget === null) return { stepUp: null, retry: null };
	if (act.unproven) {
		const entry = archive.byId(act.post, c.var.services.now());
		const again = { ...act, owes, unproven: false };
		return { stepUp: null, retry: entry && (await freshAddress(c, entry.path, again, secret)) };
	}
	if (widget !== null) c.set("widget", widget.origin);
	return {
		retry: null,
		stepUp: {
			step: owes,
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
	fresh: OwnView | null,
	sort: Sort = "oldest",
): Promise<Response> {
	const { archive, hearing, now } = c.var.services;
	const thread = entry.comments === "off" ? null : await readFor(c, entry.id, position, sort, fresh);
	if (thread === "no_such_page" || (thread === null && position !== null)) return showWhole(c, entry);
	const failed = typeof thread === "string";
	const query = position !== null && "around" in position ? "" : threadQuery(position, sort);
	cache(c, failed || fresh !== null ? "none" : "shared", {
		tags: thread === null ? [] : [threadTag(entry.id)],
		changesAt: closesAt(entry, archive.site.comments, now()),
		...(thread === null || failed ? {} : { witness: revisionOf(entry.id, thread.revision) }),
		// One spelling of each page's address is stored, and only of pages there are, or anybody could fill the cache.
		query: new URL(c.req.url).search === query ? threadParameters : [],
	});
	// Only the usual order is for search engines, so that they read each comment once.
	const canonical = sort === "oldest" ? query : "";
	const page = (
		<EntryPage archive={archive} entry={entry} now={now()} unindexed={fresh !== null} query={canonical}>
			{thread !== null && (
				<Conversation
					entry={entry}
					site={archive.site}
					lang={entry.lang}
					thread={thread}
					sort={sort}
					now={now()}
					mail={hearing !== null}
					fresh={fresh}
					script={archive.manifest.scripts.thread?.path}
				/>
			)}
		</EntryPage>
	);
	return c.html(page, failed ? 503 : 200);
}

/** Reads a thread at what somebody did; where that cannot be had, as after the database was restored, as it is now. */
async function readFor(
	c: AppContext,
	postId: string,
	position: ThreadPosition,
	sort: Sort,
	fresh: OwnView | null,
): ReturnType<typeof readThread> {
	const thread = await readThread(c, postId, position, sort);
	if (thread !== "down" || fresh?.act.bookmark === undefined) return thread;
	readAt(c, "primary");
	return readThread(c, postId, position, sort);
}

/** Sends whoever asks for a page that the thread does not have to its first. */
function showWhole(c: AppContext, entry: Post | Page): Response {
	cache(c, "none");
	return c.redirect(href(entry.path), 302);
}

/** A post's page is right as long as its conversation is at the revision it was made from. */
const revisionOf = (postId: string, revision: number): Testified => ({
	ask: async ({ stale }) => String(await stale.revision(postId)),
	said: String(revision),
});
