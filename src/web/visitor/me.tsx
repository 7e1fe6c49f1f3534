import { Hono } from "hono";
import type { AppContext, AppEnv } from "../http/context.ts";
import { clearVisitorCookie } from "../http/visitor.ts";
import { currentVisitor, meUnavailable, respondWithMe } from "./me-response.tsx";
import { type MeResult, meResults } from "./me-results.ts";
import { clearAuthorCookie, rememberedAuthor } from "./remembered-author.ts";

/** Routes for the visitor's own data: to see, export, erase or anonymize it. */
export const me = new Hono<AppEnv>();

me.get("/me", async (c) => {
	const before = Number(c.req.query("before"));
	return respondWithMe(c, {
		before: Number.isSafeInteger(before) && before > 0 ? before : null,
		done: meResults.find((result) => result === c.req.query("done")) ?? null,
		renaming: null,
	});
});

me.get("/me/export", async (c) => {
	const { archive, conversation, clock } = c.var.services;
	const { identities } = c.var.services.identity;
	const visitor = await currentVisitor(c);
	const [stored, identity] =
		visitor === null
			? [{ comments: [], reactions: [], subscriptions: [] }, null]
			: await Promise.all([conversation.visitors.exportAll(visitor), identities.of(visitor)]).catch(
					meUnavailable(c),
				);
	const address = (postId: string) => archive.findById(postId, clock.now())?.path ?? null;
	const comments = stored.comments.map(({ visitor: _, html: __, parentName: ___, ...comment }) => ({
		...comment,
		// Authors do not see that a comment was classified as spam.
		state: comment.state === "spam" ? "held" : comment.state,
		postPath: address(comment.postId),
	}));
	const reactions = stored.reactions.map((reaction) => ({ ...reaction, postPath: address(reaction.postId) }));
	c.header("Content-Disposition", 'attachment; filename="what-this-site-holds.json"');
	return c.json({
		site: archive.site.url,
		visitor,
		identity: identity && { name: identity.name, email: identity.email, since: identity.since },
		remembered: rememberedAuthor(c),
		comments,
		reactions,
		subscriptions: stored.subscriptions,
	});
});

me.post("/me/erasure", (c) => redactOwn(c, "eraseAll", { done: "erased", incomplete: "erasing" }));

me.post("/me/anonymization", (c) =>
	redactOwn(c, "anonymize", { done: "anonymized", incomplete: "anonymizing" }),
);

/** Redacts the visitor's data. They keep the cookie, which names what is left, until nothing is. */
async function redactOwn(
	c: AppContext,
	action: "eraseAll" | "anonymize",
	results: { done: MeResult; incomplete: MeResult },
): Promise<Response> {
	const visitor = await currentVisitor(c);
	const { conversation, clock } = c.var.services;
	if (visitor !== null) {
		const redact = conversation.visitors[action];
		const { complete } = await redact(visitor, clock.now()).catch(meUnavailable(c));
		if (!complete) return c.redirect(`/me?done=${results.incomplete}`, 303);
	}
	clearBrowser(c);
	return c.redirect(`/me?done=${results.done}`, 303);
}

/** Clears the cookies, and the drafts, reactions and visits the page's script keeps (W3C Clear Site Data). */
function clearBrowser(c: AppContext): void {
	clearVisitorCookie(c);
	clearAuthorCookie(c);
	c.header("Clear-Site-Data", '"storage"');
}
