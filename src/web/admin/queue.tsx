import { Hono } from "hono";
import { type CommentState, commentStates } from "../../comments/comment.ts";
import type { SeenVersions } from "../../comments/repository.ts";
import { BlogError } from "../../errors.ts";
import { type AuditContext, mayUndo } from "../../moderation/audit-log.ts";
import { ban, decide, dismissReports, setClosed } from "../../moderation/operations.ts";
import type { QueueFilter } from "../../moderation/queue.ts";
import { undo } from "../../moderation/undo.ts";
import { startOfDay } from "../../posts/dates.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { entryOf, readFields, readForm } from "../http/form.ts";
import { QueuePage, type TypedFilter } from "./queue-page.tsx";
import {
	adminFrame,
	adminLanguageOf,
	auditContext,
	currentMember,
	idsIn,
	type QueuePlace,
	redirectWithResult,
	seenVersions,
} from "./request.ts";

/** The moderation queue: waiting or filtered comments, and decisions about them. */
export const queue = new Hono<AppEnv>();

/** Comments per page; a decision about all of them stays within the limits of one D1 batch. */
const pageSize = 30;

queue.get("/admin/comments", async (c) => {
	const { moderation, mail, clock } = c.var.services;
	const typed = typedFilter(c);
	const filter = { ...filterOf(c, typed), after: idIn(c.req.query("after") ?? "") };
	const isOwner = currentMember(c).role === "owner";
	const [page, waiting, spam, reported, failed, frame] = await Promise.all([
		moderation.queue.list(filter, pageSize),
		moderation.queue.countHeld(),
		moderation.queue.countSpam(),
		moderation.queue.countReported(),
		isOwner ? mail.outbox.failed(1) : [],
		adminFrame(c),
	]);
	return c.html(
		<QueuePage
			{...frame}
			comments={page.comments}
			waiting={waiting}
			spam={spam}
			reported={reported}
			hasFailedNotices={failed.length > 0}
			filter={typed}
			selected={new Set(idsIn(c.req.query("selected") ?? ""))}
			next={page.next === null ? null : nextPageUrl(frame.here, page.next)}
			now={clock.now()}
		/>,
	);
});

queue.post("/admin/decisions", async (c) => {
	const { form, all } = await readFields(c);
	const [action = "", only] = form("do").split(":");
	const selected = all("id").map(idIn);
	const ids = (only === undefined ? selected : [idIn(only)]).filter((id) => id !== null);
	if (ids.length > pageSize) throw new BlogError("invalid", adminLanguageOf(c).strings.noChange);
	const context = auditContext(c, form("reason"));
	const seen = seenVersions(all("seen"));
	const { changed, unread } = await applyDecision(c, action, ids, { ...context, seen });
	const place = placeAfter([...seen.keys()], ids, unread, selected);
	return redirectWithResult(c, form("back"), changed ? context.operation : "nothing", unread, place);
});

queue.post("/admin/undo", async (c) => {
	const form = await readForm(c);
	const { strings } = adminLanguageOf(c);
	const entries = await c.var.services.moderation.log.findByOperation(form("operation"));
	if (!entries.every((entry) => mayUndo(currentMember(c), entry)))
		throw new BlogError("forbidden", strings.ownersOnly);
	if (!(await undo(c.var.services.moderation, form("operation"), auditContext(c, strings.undo)))) {
		throw new BlogError("invalid", strings.couldNotUndo);
	}
	return redirectWithResult(c, form("back"), "undone");
});

queue.post("/admin/threads", async (c) => {
	const form = await readForm(c);
	const entry = entryOf(c, form);
	const context = auditContext(c, form("reason"));
	const changed = await setClosed(c.var.services.moderation, entry.id, form("closed") === "yes", context);
	return redirectWithResult(c, form("back"), changed ? context.operation : "nothing");
});

/** Returns the comment to go on with after a decision on a page of comments, and those that are still selected. */
function placeAfter(
	shown: readonly number[],
	decided: readonly number[],
	unread: readonly number[],
	selected: readonly (number | null)[],
): QueuePlace {
	const rest = shown.filter((id) => !decided.includes(id));
	const last = Math.max(...decided.map((id) => shown.indexOf(id)));
	const after = rest.find((id) => shown.indexOf(id) > last) ?? rest.at(-1) ?? null;
	return {
		selected: rest.filter((id) => selected.includes(id)),
		next: unread[0] ?? (last < 0 ? null : after),
	};
}

async function applyDecision(
	c: AppContext,
	action: string,
	ids: readonly number[],
	{ seen, ...context }: AuditContext & { seen: SeenVersions },
): Promise<{ changed: boolean; unread: readonly number[] }> {
	const store = c.var.services.moderation;
	if (action === "keep") return { changed: await dismissReports(store, ids, context), unread: [] };
	if (action === "ban") return { changed: await ban(store, ids, context), unread: [] };
	if (!isState(action)) throw new BlogError("invalid", adminLanguageOf(c).strings.noChange);
	const { changed, unread } = await decide(store, ids, action, { ...context, seen });
	return { changed: changed.length > 0, unread };
}

function typedFilter(c: AppContext): TypedFilter {
	const typed = (name: string) => (c.req.query(name) ?? "").trim().slice(0, 200);
	const state = typed("state");
	return {
		state: isState(state) || state === "any" || state === "reported" ? state : "held",
		post: typed("post"),
		commenter: typed("commenter"),
		q: typed("q"),
		from: typed("from"),
		to: typed("to"),
	};
}

/** Parses the filters; an invalid value, such as an impossible date, is ignored. */
function filterOf(
	c: AppContext,
	{ state, post, commenter, q, from, to }: TypedFilter,
): Omit<QueueFilter, "after"> {
	const { timezone } = c.var.services.archive.site;
	return {
		state: isState(state) ? state : null,
		reported: state === "reported",
		postId: post === "" ? null : post,
		visitor: commenter === "" ? null : commenter,
		words: q.split(/\s+/).filter(Boolean).slice(0, 5),
		from: startOfDay(from, 0, timezone),
		to: startOfDay(to, 1, timezone),
	};
}

function nextPageUrl(here: string, after: number): string {
	const url = new URL(here, "https://admin.invalid");
	url.searchParams.set("after", String(after));
	return url.pathname + url.search;
}

function isState(text: string): text is CommentState {
	return (commentStates as readonly string[]).includes(text);
}

function idIn(text: string): number | null {
	return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
