import { Hono } from "hono";
import type { ThreadPosition } from "../../comments/repository.ts";
import { closesAt } from "../../comments/submit.ts";
import { threadTag } from "../../freshness/tags.ts";
import { pathKey } from "../../posts/paths.ts";
import type { Page, Post } from "../../posts/post.ts";
import { cache } from "../caching.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { readThread } from "../thread.ts";
import { type FreshAct, verifyFresh } from "../tokens.ts";
import { Conversation } from "../views/conversation.tsx";
import { href } from "../views/links.ts";
import { EntryPage } from "../views/post.tsx";

/** Every post and page, found by any spelling of its address and sent to the one true one. */
export const entries = new Hono<AppEnv>();

entries.get("*", async (c) => {
	const { archive, now } = c.var.services;
	const url = new URL(c.req.url);
	const found = archive.find(url.pathname, now());
	if (found === null) return redirectToSlash(c, url);
	const address = href(found.entry.path);
	if (url.pathname !== address) {
		cache(c, "shared");
		return c.redirect(address + url.search, 301);
	}
	const token = c.req.query("fresh");
	if (token !== undefined) {
		const fresh = await freshAct(c, token);
		cache(c, "none");
		if (fresh?.post !== found.entry.id) return c.redirect(address, 302);
		return showEntry(c, found.entry, fresh.comment === null ? null : { around: fresh.comment }, fresh);
	}
	const after = Number(c.req.query("after"));
	return showEntry(c, found.entry, Number.isSafeInteger(after) && after > 0 ? { after } : null, null);
});

/** Engine addresses end in a slash; one typed without it is sent there instead of to a 404. */
function redirectToSlash(c: AppContext, url: URL): Response | Promise<Response> {
	const listed = /^\/(category|tag|author)\/[^/]+(\/page\/\d+)?$|^\/(page\/\d+|archive|\d{4}|\d{4}\/\d{2})$/;
	if (!listed.test(pathKey(url.pathname)) || url.pathname.endsWith("/")) return c.notFound();
	cache(c, "shared");
	return c.redirect(`${url.pathname}/${url.search}`, 301);
}

async function freshAct(c: AppContext, token: string): Promise<FreshAct | null> {
	const { signingSecret, now } = c.var.services;
	return signingSecret === null ? null : verifyFresh(token, signingSecret, now());
}

async function showEntry(
	c: AppContext,
	entry: Post | Page,
	position: ThreadPosition,
	fresh: FreshAct | null,
): Promise<Response> {
	const { archive, now } = c.var.services;
	const thread = entry.comments === "off" ? null : await readThread(c, entry.id, position);
	const failed = typeof thread === "string";
	cache(c, failed || fresh !== null ? "none" : "shared", {
		tags: thread === null ? [] : [threadTag(entry.id)],
		changesAt: closesAt(entry, archive.site.comments, now()),
		query: ["after"],
	});
	const page = (
		<EntryPage archive={archive} entry={entry} now={now()} unindexed={fresh !== null}>
			{thread !== null && (
				<Conversation
					entry={entry}
					site={archive.site}
					lang={entry.lang}
					thread={thread}
					now={now()}
					fresh={fresh}
				/>
			)}
		</EntryPage>
	);
	return c.html(page, failed ? 503 : 200);
}
