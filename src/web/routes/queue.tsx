import { Hono } from "hono";
import type { CommentState } from "../../comments/comment.ts";
import type { Seen } from "../../comments/repository.ts";
import { BlogError } from "../../errors.ts";
import { ban, type Doing, decideTogether, setClosed } from "../../moderation/acts.ts";
import type { QueueFilter } from "../../moderation/queue.ts";
import { undo } from "../../moderation/undo.ts";
import { startOfDay } from "../../posts/dates.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { actorOf, backTo, deskFrame, deskWords, doing, seenIn } from "../desk.ts";
import { entryOf, readFields, readForm } from "../form.ts";
import { mayUndo } from "../views/desk/log.tsx";
import { QueuePage, type TypedFilter } from "../views/desk/queue.tsx";

/** The queue: what waits, what was looked for, and deciding about it. */
export const queue = new Hono<AppEnv>();

/** Comments on one page; a decision about all of them stays well within what D1 takes at once. */
const pageSize = 30;

queue.get("/admin", async (c) => {
	const { desk, now } = c.var.services;
	const typed = typedFilter(c);
	const filter = { ...filterOf(c, typed), after: idIn(c.req.query("after") ?? "") };
	const [page, waiting, frame] = await Promise.all([
		desk.list(filter, pageSize),
		desk.waiting(),
		deskFrame(c),
	]);
	return c.html(
		<QueuePage
			{...frame}
			comments={page.comments}
			waiting={waiting}
			filter={typed}
			next={page.next === null ? null : nextAddress(frame.here, page.next)}
			now={now()}
		/>,
	);
});

queue.post("/admin/decisions", async (c) => {
	const { form, all } = await readFields(c);
	const [verb = "", one] = form("do").split(":");
	const ids = (one === undefined ? all("id") : [one]).map(idIn).filter((id) => id !== null);
	if (ids.length > pageSize) throw new BlogError("invalid", deskWords(c).strings.nothingDone);
	const act = doing(c, form("reason"));
	const { changed, unread } = await decide(c, verb, ids, { ...act, seen: seenIn(all("seen")) });
	return backTo(c, form("back"), changed ? act.act : "nothing", unread);
});

queue.post("/admin/undo", async (c) => {
	const form = await readForm(c);
	const { strings } = deskWords(c);
	const deeds = await c.var.services.log.of(form("act"));
	if (!deeds.every((deed) => mayUndo(actorOf(c), deed))) throw new BlogError("forbidden", strings.ownersOnly);
	if (!(await undo(c.var.services, form("act"), doing(c, strings.undo)))) {
		throw new BlogError("invalid", strings.couldNotUndo);
	}
	return backTo(c, form("back"), "undone");
});

queue.post("/admin/threads", async (c) => {
	const form = await readForm(c);
	const entry = entryOf(c, form);
	const act = doing(c, form("reason"));
	const changed = await setClosed(c.var.services, entry.id, form("closed") === "yes", act);
	return backTo(c, form("back"), changed ? act.act : "nothing");
});

async function decide(
	c: AppContext,
	verb: string,
	ids: readonly number[],
	{ seen, ...act }: Doing & { seen: Seen },
): Promise<{ changed: boolean; unread: readonly number[] }> {
	const hands = c.var.services;
	if (verb === "ban") {
		await ban(hands, ids, act);
		return { changed: (await hands.log.of(act.act)).length > 0, unread: [] };
	}
	if (!isState(verb)) throw new BlogError("invalid", deskWords(c).strings.nothingDone);
	const { changed, unread } = await decideTogether(hands, ids, verb, { ...act, seen });
	return { changed: changed.length > 0, unread };
}

function typedFilter(c: AppContext): TypedFilter {
	const typed = (name: string) => (c.req.query(name) ?? "").trim().slice(0, 200);
	const state = typed("state");
	return {
		state: isState(state) || state === "any" ? state : "held",
		post: typed("post"),
		person: typed("person"),
		q: typed("q"),
		from: typed("from"),
		to: typed("to"),
	};
}

/** Filters that mean nothing, such as a date that is none, are left out. */
function filterOf(
	c: AppContext,
	{ state, post, person, q, from, to }: TypedFilter,
): Omit<QueueFilter, "after"> {
	const { timezone } = c.var.services.archive.site;
	return {
		state: isState(state) ? state : null,
		postId: post === "" ? null : post,
		visitor: person === "" ? null : person,
		words: q.split(/\s+/).filter(Boolean).slice(0, 5),
		from: startOfDay(from, 0, timezone),
		to: startOfDay(to, 1, timezone),
	};
}

function nextAddress(here: string, after: number): string {
	const url = new URL(here, "https://here.invalid");
	url.searchParams.set("after", String(after));
	return url.pathname + url.search;
}

function isState(text: string): text is CommentState {
	return ["published", "held", "spam", "deleted"].includes(text);
}

function idIn(text: string): number | null {
	return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
