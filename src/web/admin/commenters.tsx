import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import { block, purgeNetwork, removeCommenter } from "../../moderation/operations.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { readForm } from "../http/form.ts";
import { adminStringsFor } from "../ui/strings/admin.ts";
import { plural } from "../ui/strings/strings.ts";
import { CommenterPage, CommentersPage } from "./commenters-page.tsx";
import { ownersOnly } from "./guard.ts";
import { adminFrame, adminLanguageOf, auditContext, redirectWithResult } from "./request.ts";

/** Commenters, told apart by visitor cookie or verified e-mail address, with all their comments. */
export const commenters = new Hono<AppEnv>();

const pageSize = 50;
const path = "/admin/commenters/:visitor{[\\w:.@-]{1,120}}";

commenters.get("/admin/commenters", async (c) => {
	const [frame, { commenters, next }] = await Promise.all([
		adminFrame(c),
		c.var.services.moderation.commenters.list(idIn(c.req.query("before")), pageSize),
	]);
	const older = next === null ? null : `/admin/commenters?before=${next}`;
	return c.html(<CommentersPage {...frame} commenters={commenters} next={older} />);
});

commenters.get(path, (c) => showCommenter(c, null, 200));

commenters.post(`${path}/block`, async (c) => {
	const { queue, commenters } = c.var.services.moderation;
	const visitor = c.req.param("visitor") ?? "";
	const form = await readForm(c);
	const context = auditContext(c, form("reason"));
	const { comments } = await queue.list(commentsBy(visitor, null), 1);
	const [latest] = comments;
	if (latest === undefined || latest.byAuthor)
		throw new BlogError("not_found", adminLanguageOf(c).strings.commenterMissing);
	const byNetwork = form("kind") === "network";
	const value = byNetwork ? await commenters.networkOf(visitor) : visitor;
	if (value === null) throw new BlogError("not_found", adminLanguageOf(c).strings.noNetwork);
	const blocked = { kind: byNetwork ? "network" : "visitor", value, label: latest.name } as const;
	const changed = await block(c.var.services.moderation, [blocked], context);
	return redirectWithResult(c, form("back"), changed ? context.operation : "nothing");
});

commenters.post(`${path}/purge`, ownersOnly, async (c) => {
	const { strings } = adminLanguageOf(c);
	const form = await readForm(c);
	if (form("sure") !== "yes") return showCommenter(c, strings.confirmFirst, 422);
	const network = await c.var.services.moderation.commenters.networkOf(c.req.param("visitor") ?? "");
	if (network === null) throw new BlogError("not_found", strings.noNetwork);
	const context = auditContext(c, form("reason"));
	const count = await purgeNetwork(c.var.services.moderation, network, context);
	return redirectWithResult(c, "/admin/commenters", count > 0 ? context.operation : "nothing");
});

commenters.post(`${path}/anonymity`, ownersOnly, (c) => anonymizeOrErase(c, false));
commenters.post(`${path}/erasure`, ownersOnly, (c) => anonymizeOrErase(c, true));

async function anonymizeOrErase(c: AppContext, erase: boolean): Promise<Response> {
	const visitor = c.req.param("visitor") ?? "";
	const form = await readForm(c);
	if (form("sure") !== "yes") return showCommenter(c, adminLanguageOf(c).strings.confirmFirst, 422);
	const context = auditContext(c, form("reason"));
	const { anonymousName } = adminStringsFor(c.var.services.archive.site.language);
	const { changed, complete } = await removeCommenter(
		c.var.services.moderation,
		visitor,
		{ erase, name: anonymousName },
		context,
	);
	if (!complete) {
		const { lang, strings } = adminLanguageOf(c);
		return showCommenter(c, plural(strings.removalIncomplete, changed, lang), 200);
	}
	return redirectWithResult(c, "/admin/commenters", changed > 0 ? context.operation : "nothing");
}

const commentsBy = (visitor: string, after: number | null) => ({
	state: null,
	postId: null,
	visitor,
	words: [],
	from: null,
	to: null,
	after,
});

async function showCommenter(
	c: AppContext,
	errorMessage: string | null,
	status: 200 | 422,
): Promise<Response> {
	const { moderation, clock } = c.var.services;
	const visitor = c.req.param("visitor") ?? "";
	const [frame, { comments, next }, network] = await Promise.all([
		adminFrame(c),
		moderation.queue.list(commentsBy(visitor, idIn(c.req.query("after"))), pageSize),
		moderation.commenters.networkOf(visitor),
	]);
	if (comments.length === 0) throw new BlogError("not_found", adminLanguageOf(c).strings.commenterMissing);
	const base = `/admin/commenters/${encodeURIComponent(visitor)}`;
	const props = {
		...frame,
		visitor,
		comments,
		hasNetwork: network !== null,
		next: next === null ? null : `${base}?after=${next}`,
		now: clock.now(),
		here: base,
		errorMessage,
	};
	return c.html(<CommenterPage {...props} />, status);
}

function idIn(text: string | undefined): number | null {
	return text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
