import { Hono } from "hono";
import { parseDraft } from "../../comments/draft.ts";
import { BlogError } from "../../errors.ts";
import { edit, reply, setPinned } from "../../moderation/acts.ts";
import type { DeskComment } from "../../moderation/queue.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { actorOf, backTo, deskFrame, deskWords, doing, seenIn } from "../desk.ts";
import { readForm } from "../form.ts";
import { plural } from "../strings/strings.ts";
import { CommentPage, type CommentTyped, wordingErrors } from "../views/desk/comment.tsx";

/** One comment at the desk: its words, its replies, its place. */
export const moderatedComment = new Hono<AppEnv>();

const path = "/admin/comments/:id{[1-9][0-9]{0,14}}";

moderatedComment.get(path, async (c) => {
	const comment = await c.var.services.desk.find(Number(c.req.param("id")));
	return comment === null ? c.notFound() : show(c, comment, {});
});

moderatedComment.post(`${path}/text`, async (c) => {
	const comment = await c.var.services.desk.find(Number(c.req.param("id")));
	if (comment === null || isGone(comment)) return c.notFound();
	const form = await readForm(c);
	const typed = { name: form("name"), website: form("website"), text: form("text") };
	const parsed = parseDraft({ ...typed, email: "" });
	if ("errors" in parsed) {
		const errors = wordingErrors(deskWords(c).strings, parsed.errors);
		return show(c, comment, { typed, errors, status: 422 });
	}
	const { name, website, text: source } = parsed.draft;
	const act = doing(c, form("reason"));
	const changed = await edit(c.var.services, comment, { name, website, source }, act);
	return backTo(c, c.req.path.replace(/\/text$/, ""), changed ? act.act : "nothing");
});

moderatedComment.post(`${path}/reply`, async (c) => {
	const comment = await c.var.services.desk.find(Number(c.req.param("id")));
	if (comment === null) return c.notFound();
	const form = await readForm(c);
	const { strings } = deskWords(c);
	const { name, website, memberKey } = signatureOf(c);
	// Whoever signs is who the blog says they are, however their name is spelt.
	const parsed = parseDraft({ name: "-", email: "", website: website ?? "", text: form("text") });
	if ("errors" in parsed) {
		const errors = wordingErrors(strings, parsed.errors);
		return show(c, comment, { reply: form("text"), errors, status: 422 });
	}
	const key = form("key");
	if (!/^[0-9a-f-]{36}$/.test(key)) throw new BlogError("invalid", strings.refusedHere);
	const act = { ...doing(c), act: key };
	const said = { text: parsed.draft.text, name, website, memberKey };
	const id = await reply(c.var.services, comment, said, { ...act, seen: seenIn([form("seen")]) });
	if (id === "unread") {
		const changed = (await c.var.services.desk.find(comment.id)) ?? comment;
		const errors = [plural(strings.changedSince, 1, deskWords(c).lang)];
		return show(c, changed, { reply: form("text"), errors, status: 409 });
	}
	if (id === null)
		return show(c, comment, { reply: form("text"), errors: [strings.replyRefused], status: 409 });
	return backTo(c, `/admin/comments/${comment.id}`, act.act);
});

moderatedComment.post(`${path}/pin`, async (c) => {
	const comment = await c.var.services.desk.find(Number(c.req.param("id")));
	if (comment === null) return c.notFound();
	const form = await readForm(c);
	const act = doing(c, form("reason"));
	const which = form("pinned") === "yes" ? comment.id : null;
	const changed = await setPinned(c.var.services, comment.postId, which, act);
	return backTo(c, form("back"), changed ? act.act : "nothing");
});

/** Its author took it back: there are no words left to work on. */
const isGone = ({ state, source }: DeskComment) => state === "deleted" && source === "";

/** What a reply is signed with: owners write as the site's author, moderators as themselves. */
function signatureOf(c: AppContext): { name: string; website: string | null; memberKey: string } {
	const { author } = c.var.services.archive.site;
	const { name, role, memberId } = actorOf(c);
	const memberKey = `member:${memberId ?? name}`;
	return role === "owner"
		? { name: author.name, website: author.url, memberKey }
		: { name, website: null, memberKey };
}

type Shown = {
	typed?: CommentTyped;
	reply?: string;
	errors?: readonly string[];
	status?: 200 | 409 | 422;
};

async function show(
	c: AppContext,
	comment: DeskComment,
	{ typed, reply, errors, status = 200 }: Shown,
): Promise<Response> {
	const { archive, authorship, log, threads, now } = c.var.services;
	const [frame, thread, revisions, history] = await Promise.all([
		deskFrame(c),
		threads.find(comment.postId),
		authorship.earlierVersions(comment.id),
		log.list({ before: null, commentId: comment.id }, 100),
	]);
	const props = {
		...frame,
		comment,
		closed: thread.closedAt !== null,
		hasEntry: archive.byId(comment.postId, now()) !== null,
		revisions,
		history,
		now: now(),
		here: `/admin/comments/${comment.id}`,
		signature: signatureOf(c).name,
		replyKey: crypto.randomUUID(),
		...(typed === undefined ? {} : { typed }),
		...(reply === undefined ? {} : { reply }),
		...(errors === undefined ? {} : { errors }),
	};
	return c.html(<CommentPage {...props} />, status);
}
