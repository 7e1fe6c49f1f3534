import type { Seen } from "../comments/repository.ts";
import { BlogError } from "../errors.ts";
import type { Actor } from "../members/member.ts";
import type { Doing } from "../moderation/acts.ts";
import type { AppContext } from "./context.ts";
import { type DeskStrings, deskLanguage, deskStringsFor } from "./strings/desk.ts";
import { troubleOf } from "./thread.ts";

/** What every view of the desk needs of a request. */
export type DeskWords = { lang: string; strings: DeskStrings };

/** The desk's words in the language the moderator's browser asks for. */
export function deskWords(c: AppContext): DeskWords {
	const lang = deskLanguage(c.req.header("Accept-Language"), c.var.services.archive.site.language);
	return { lang, strings: deskStringsFor(lang) };
}

/** Pages for those who moderate, which speak their language and carry a style sheet of their own. */
export const isDesk = (path: string) => /^\/(admin|moderation)(\/|$)/.test(path);

/** Logs a failure of the database, and says it in a sentence to whoever is at the desk. */
export function deskTrouble(c: AppContext, error: unknown): string {
	const { strings } = deskWords(c);
	return troubleOf(error, c) === "setting_up" ? strings.deskUnready : strings.deskDown;
}

/** Where to go after signing in: an address of the desk, and whatever else was asked for is not one. */
export function deskAddress(wanted: string): string {
	const here = "https://here.invalid";
	const url = URL.parse(wanted, here);
	if (url === null || url.origin !== here) return "/admin";
	return /^\/admin(\/|$)/.test(url.pathname) ? url.pathname + url.search : "/admin";
}

/** Who is asking; a handler that nobody guards lets nobody in. */
export function actorOf(c: AppContext): Actor {
	const actor = c.var.actor;
	if (actor === undefined) throw new BlogError("forbidden", deskWords(c).strings.membersOnly);
	return actor;
}

/** What is done in answer to this request, by whom and when; an act of its own. */
export function doing(c: AppContext, reason = ""): Doing {
	const at = c.var.services.now();
	return { madeBy: actorOf(c).name, reason: reason.slice(0, longestReason), at, act: crypto.randomUUID() };
}

/** UTF-16 units: the log has to stay readable. */
const longestReason = 500;

/** What a form says its sender read: for each comment shown in it, when its words were last changed. */
export function seenIn(values: readonly string[]): Seen {
	return new Map(
		values.flatMap((value): [number, number | null][] => {
			const [, id, editedAt] = /^([1-9]\d{0,14}):(\d{0,15})$/.exec(value) ?? [];
			return id === undefined ? [] : [[Number(id), editedAt ? Number(editedAt) : null]];
		}),
	);
}

/** Sends the browser back to where it acted, to be told there what was done. */
export function backTo(c: AppContext, back: string, done: string, unread: readonly number[] = []): Response {
	const url = new URL(deskAddress(back), c.req.url);
	url.searchParams.set("done", done);
	if (unread.length > 0) url.searchParams.set("unread", unread.join("."));
	return c.redirect(url.pathname + url.search, 303);
}

/** No more are decided about at once. */
const mostUnread = 30;

/** What the frame of a page behind the wall needs; the address's `done` names what was just done. */
export async function deskFrame(c: AppContext) {
	const { archive, log } = c.var.services;
	const { pathname, searchParams } = new URL(c.req.url);
	const done = searchParams.get("done") ?? "";
	const unread = (searchParams.get("unread") ?? "").split(".").filter((id) => /^[1-9]\d{0,14}$/.test(id));
	searchParams.delete("done");
	searchParams.delete("unread");
	const query = searchParams.toString();
	const here = query === "" ? pathname : `${pathname}?${query}`;
	const deeds = /^[0-9a-f-]{36}$/.test(done) ? await log.of(done) : [];
	return {
		archive,
		actor: actorOf(c),
		path: pathname,
		here,
		done,
		unread: unread.slice(0, mostUnread),
		deeds,
		...deskWords(c),
	};
}
