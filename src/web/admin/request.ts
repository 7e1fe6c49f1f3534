import { activePause } from "../../comments/pause.ts";
import type { SeenVersions } from "../../comments/repository.ts";
import { BlogError } from "../../errors.ts";
import type { CurrentMember } from "../../members/member.ts";
import type { AuditContext } from "../../moderation/audit-log.ts";
import type { AppContext } from "../http/context.ts";
import { logDatabaseFailure } from "../http/database-failure.ts";
import { preferredLanguage } from "../http/preferred-language.ts";
import { commentAnchor } from "../ui/links.ts";
import { type AdminStrings, adminLanguages, adminStringsFor } from "../ui/strings/admin.ts";

/** Language and strings of an admin page. */
export type AdminLanguage = { lang: string; strings: AdminStrings };

/** Picks the admin's language for this visitor. */
export function adminLanguageOf(c: AppContext): AdminLanguage {
	const lang = preferredLanguage(c, adminLanguages);
	return { lang, strings: adminStringsFor(lang) };
}

/** Logs a database failure; returns the sentence to show for it. */
export function databaseFailureMessage(c: AppContext, error: unknown): string {
	const { strings } = adminLanguageOf(c);
	return logDatabaseFailure(error, c) === "setting_up" ? strings.databaseNotReady : strings.databaseDown;
}

/** Characters of the longest address that is followed; the filters of the queue need far fewer. */
const maxUrlLength = 4096;

/** The address to open after signing in or after a form; anything that is not an admin page becomes `otherwise`. */
export function adminUrl(requested: string, otherwise = "/admin"): string {
	if (requested.length > maxUrlLength) return otherwise;
	const base = "https://admin.invalid";
	const url = URL.parse(requested, base);
	if (url === null || url.origin !== base) return otherwise;
	return /^\/admin(\/|$)/.test(url.pathname) ? url.pathname + url.search : otherwise;
}

/** The signed-in member; throws where no guard ran, so that an unguarded route lets nobody in. */
export function currentMember(c: AppContext): CurrentMember {
	const actor = c.var.actor;
	if (actor === undefined) throw new BlogError("forbidden", adminLanguageOf(c).strings.membersOnly);
	return actor;
}

/** The audit context of this request: member, time, reason and a new operation id. */
export function auditContext(c: AppContext, reason = ""): AuditContext {
	const at = c.var.services.clock.now();
	return {
		actor: currentMember(c).name,
		reason: reason.slice(0, reasonMaxLength),
		at,
		operation: crypto.randomUUID(),
	};
}

/** Maximum length of a reason in UTF-16 units; keeps the log readable. */
const reasonMaxLength = 500;

/** Parses the `seen` fields of a form: the versions of the comments that it showed. */
export function seenVersions(values: readonly string[]): SeenVersions {
	return new Map(
		values.flatMap((value): [number, number][] => {
			const [, id, version] = /^([1-9]\d{0,14}):([1-9]\d{0,14})$/.exec(value) ?? [];
			return id === undefined ? [] : [[Number(id), Number(version)]];
		}),
	);
}

/** A moderator's place in the queue: the selected comments, and the one to go on with. */
export type QueuePlace = { selected: readonly number[]; next: number | null };

/** Redirects to the page the form was on, which shows the result of `done`. */
export function redirectWithResult(
	c: AppContext,
	back: string,
	done: string,
	unread: readonly number[] = [],
	{ selected, next }: QueuePlace = { selected: [], next: null },
): Response {
	const url = new URL(adminUrl(back, "/admin/comments"), c.req.url);
	url.searchParams.set("done", done);
	if (unread.length > 0) url.searchParams.set("unread", unread.join("."));
	if (selected.length > 0) url.searchParams.set("selected", selected.join("."));
	return c.redirect(url.pathname + url.search + (next === null ? "" : `#${commentAnchor(next)}`), 303);
}

/** Parses a list of ids in a query parameter; one page of the queue has no more than thirty. */
export function idsIn(list: string): readonly number[] {
	const ids = list.split(".").filter((id) => /^[1-9]\d{0,14}$/.test(id));
	return ids.slice(0, idLimit).map(Number);
}

const idLimit = 30;

/** Props of the layout of a signed-in page; the query's `done` is the operation whose result it shows. */
export async function adminFrame(c: AppContext) {
	const { archive, moderation, clock } = c.var.services;
	const { pathname, searchParams } = new URL(c.req.url);
	const done = searchParams.get("done") ?? "";
	const unread = idsIn(searchParams.get("unread") ?? "");
	for (const name of ["done", "unread", "selected"]) searchParams.delete(name);
	const query = searchParams.toString();
	const here = query === "" ? pathname : `${pathname}?${query}`;
	const [entries, stored] = await Promise.all([
		/^[0-9a-f-]{36}$/.test(done) ? moderation.log.findByOperation(done) : [],
		moderation.pauses.load(),
	]);
	return {
		archive,
		actor: currentMember(c),
		path: pathname,
		here,
		done,
		unread,
		entries,
		pause: { active: activePause(stored.pause, clock.now()), version: stored.version },
		...adminLanguageOf(c),
	};
}
