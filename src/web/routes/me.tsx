import { Hono } from "hono";
import { cache } from "../caching.ts";
import type { AppEnv } from "../context.ts";
import { boundedBody } from "../form.ts";
import { forgetWho, rememberedBy } from "../remembered.ts";
import { meDown, showMe, whoIs, whoMayAct } from "../show-me.tsx";
import { acts } from "../views/me.tsx";
import { forgetVisitor } from "../visitor.ts";

/** What the site holds about whoever is asking: to see, take away, delete or cut loose. */
export const me = new Hono<AppEnv>();

me.get("/me", async (c) => {
	cache(c, "none");
	const before = Number(c.req.query("before"));
	return showMe(c, {
		before: Number.isSafeInteger(before) && before > 0 ? before : null,
		done: acts.find((act) => act === c.req.query("done")) ?? null,
		renaming: null,
	});
});

me.get("/me/export", async (c) => {
	cache(c, "none");
	const { archive, identities, visitors, now } = c.var.services;
	const visitor = await whoIs(c);
	const [held, identity] =
		visitor === null
			? [{ comments: [], reactions: [], subscriptions: [] }, null]
			: await Promise.all([visitors.everything(visitor), identities.of(visitor)]).catch(meDown(c));
	const address = (postId: string) => archive.byId(postId, now())?.path ?? null;
	const comments = held.comments.map(({ visitor: _, html: __, parentName: ___, ...comment }) => ({
		...comment,
		// Whether a comment was taken for spam is between the owner and the filter.
		state: comment.state === "spam" ? "held" : comment.state,
		postPath: address(comment.postId),
	}));
	const reactions = held.reactions.map((reaction) => ({ ...reaction, postPath: address(reaction.postId) }));
	c.header("Content-Disposition", 'attachment; filename="what-this-site-holds.json"');
	return c.json({
		site: archive.site.url,
		visitor,
		identity: identity && { name: identity.name, email: identity.email, since: identity.since },
		remembered: rememberedBy(c),
		comments,
		reactions,
		subscriptions: held.subscriptions,
	});
});

me.post("/me/deletion", boundedBody, async (c) => {
	cache(c, "none");
	const visitor = await whoMayAct(c);
	const { visitors, now } = c.var.services;
	if (visitor !== null) await visitors.deleteAll(visitor, now()).catch(meDown(c));
	forgetVisitor(c);
	forgetWho(c);
	return c.redirect("/me?done=deleted", 303);
});

me.post("/me/forgetting", boundedBody, async (c) => {
	cache(c, "none");
	const visitor = await whoMayAct(c);
	if (visitor !== null) await c.var.services.visitors.forget(visitor).catch(meDown(c));
	forgetVisitor(c);
	forgetWho(c);
	return c.redirect("/me?done=forgotten", 303);
});
