import { BlogError } from "../errors.ts";
import type { Actor } from "../members/member.ts";
import type { AppContext } from "./context.ts";
import { type DeskStrings, deskLanguage, deskStringsFor } from "./strings/desk.ts";

/** What every view of the desk needs of a request. */
export type DeskWords = { lang: string; strings: DeskStrings };

/** The desk's words in the language the moderator's browser asks for. */
export function deskWords(c: AppContext): DeskWords {
	const lang = deskLanguage(c.req.header("Accept-Language"), c.var.services.archive.site.language);
	return { lang, strings: deskStringsFor(lang) };
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

/** What the frame of a page behind the wall needs. */
export function deskFrame(c: AppContext) {
	return { archive: c.var.services.archive, actor: actorOf(c), path: c.req.path, ...deskWords(c) };
}
