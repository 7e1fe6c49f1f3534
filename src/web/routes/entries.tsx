import { Hono } from "hono";
import { ownAddress } from "../../comments/own-link.ts";
import { type Sort, sorts, type ThreadPosition } from "../../comments/repository.ts";
import { closesAt } from "../../comments/submit.ts";
import { threadTag } from "../../freshness/tags.ts";
import type { Page, Post } from "../../posts/post.ts";
import { previewParameter, verifyPreview } from "../../posts/preview.ts";
import { cache } from "../caching.ts";
import type { AppContext, AppEnv, Testified } from "../context.ts";
import { ownForm } from "../own-form.ts";
import { readThread } from "../thread.ts";
import { verifyFresh } from "../tokens.ts";
import { Conversation } from "../views/conversation.tsx";
import { href } from "../views/links.ts";
import type { OwnView } from "../views/own-view.ts";
import { EntryPage } from "../views/post.tsx";

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
		const { comment } = fresh.act;
		return showEntry(c, entry, comment === null ? null : { around: comment }, fresh);
	}
	const after = Number(c.req.query("after"));
	const sort = sorts.find((each) => each === c.req.query("sort")) ?? "oldest";
	return showEntry(c, entry, Number.isSafeInteger(after) && after > 0 ? { after } : null, null, sort);
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
	return {
		act,
		ownAddress: own === null ? null : await ownAddress(own, signingSecret, now()),
		...(await ownForm(c)),
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
	const thread = entry.comments === "off" ? null : await readThread(c, entry.id, position, sort);
	const failed = typeof thread === "string";
	cache(c, failed || fresh !== null ? "none" : "shared", {
		tags: thread === null ? [] : [threadTag(entry.id)],
		changesAt: closesAt(entry, archive.site.comments, now()),
		...(thread === null || failed ? {} : { witness: revisionOf(entry.id, thread.revision) }),
		query: ["after", "sort"],
	});
	// Only the usual order is for search engines, so that they read each comment once.
	const after =
		position !== null && "after" in position && sort === "oldest" ? `?after=${position.after}` : "";
	const page = (
		<EntryPage archive={archive} entry={entry} now={now()} unindexed={fresh !== null} query={after}>
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

/** A post's page is right as long as its conversation is at the revision it was made from. */
const revisionOf = (postId: string, revision: number): Testified => ({
	ask: async ({ stale }) => String(await stale.revision(postId)),
	said: String(revision),
});
