import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import { cache } from "../caching.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { boundedBody } from "../form.ts";
import { isSameOrigin } from "../middleware/same-origin.ts";
import { forgetWho, rememberedBy } from "../remembered.ts";
import { fill, stringsFor } from "../strings/strings.ts";
import { troubleOf } from "../thread.ts";
import { MePage } from "../views/me.tsx";
import { forgetVisitor, knownVisitor } from "../visitor.ts";

/** What the site holds about whoever is asking: to see, take away, delete or cut loose. */
export const me = new Hono<AppEnv>();

/** Comments on one page of one's own. */
const pageSize = 50;

me.get("/me", async (c) => {
	cache(c, "none");
	const { archive, visitors, now } = c.var.services;
	const visitor = await whoIs(c);
	const before = Number(c.req.query("before"));
	const position = Number.isSafeInteger(before) && before > 0 ? before : null;
	const held = visitor === null ? null : await visitors.page(visitor, position, pageSize).catch(down(c));
	const done = c.req.query("done");
	return c.html(
		<MePage
			archive={archive}
			now={now()}
			held={held}
			remembered={rememberedBy(c)}
			done={done === "deleted" || done === "forgotten" ? done : null}
		/>,
	);
});

me.get("/me/export", async (c) => {
	cache(c, "none");
	const { archive, visitors, now } = c.var.services;
	const visitor = await whoIs(c);
	const held =
		visitor === null
			? { comments: [], reactions: [], subscriptions: [] }
			: await visitors.everything(visitor).catch(down(c));
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
	if (visitor !== null) await visitors.deleteAll(visitor, now()).catch(down(c));
	forgetVisitor(c);
	forgetWho(c);
	return c.redirect("/me?done=deleted", 303);
});

me.post("/me/forgetting", boundedBody, async (c) => {
	cache(c, "none");
	const visitor = await whoMayAct(c);
	if (visitor !== null) await c.var.services.visitors.forget(visitor).catch(down(c));
	forgetVisitor(c);
	forgetWho(c);
	return c.redirect("/me?done=forgotten", 303);
});

async function whoIs(c: AppContext): Promise<string | null> {
	const { signingSecret } = c.var.services;
	return signingSecret === null ? null : knownVisitor(c, signingSecret);
}

async function whoMayAct(c: AppContext): Promise<string | null> {
	const strings = stringsFor(c.var.services.archive.site.language);
	if (!isSameOrigin(c)) {
		throw new BlogError("forbidden", fill(strings.meRefusedOrigin, { title: strings.meTitle }));
	}
	return whoIs(c);
}

function down(c: AppContext) {
	return (cause: unknown): never => {
		troubleOf(cause, c);
		const strings = stringsFor(c.var.services.archive.site.language);
		throw new BlogError("unavailable", strings.meUnavailable, { cause });
	};
}
