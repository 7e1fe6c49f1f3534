import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { decodeBase64Url, encodeBase64Url } from "hono/utils/encode";
import * as v from "valibot";
import { type RememberedAuthor, rememberedDays } from "../../comments/remembered-author.ts";
import type { AppContext } from "../http/context.ts";
import { cookieOptions } from "../http/cookies.ts";

const schema = v.object({ name: v.string(), email: v.string(), website: v.string() });

/** Reads the fields stored in the `author` cookie, or null. Only uncached pages may show them. */
export function rememberedAuthor(c: AppContext): RememberedAuthor | null {
	const cookie = getCookie(c, "author", cookieOptions(c).prefix);
	if (cookie === undefined) return null;
	try {
		return v.parse(schema, JSON.parse(new TextDecoder().decode(decodeBase64Url(cookie))));
	} catch {
		// An invalid cookie leads to an empty form.
		return null;
	}
}

export function setAuthorCookie(c: AppContext, { name, email, website }: RememberedAuthor): void {
	const json = new TextEncoder().encode(JSON.stringify({ name, email, website }));
	const maxAge = rememberedDays * 86_400;
	setCookie(c, "author", encodeBase64Url(json.buffer), { ...cookieOptions(c), maxAge });
}

export function clearAuthorCookie(c: AppContext): void {
	deleteCookie(c, "author", cookieOptions(c));
}
