import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { decodeBase64Url, encodeBase64Url } from "hono/utils/encode";
import * as v from "valibot";
import type { TypedComment } from "../comments/draft.ts";
import type { AppContext } from "./context.ts";
import { cookieOptions } from "./cookies.ts";

/** What the next form may already have filled in. */
export type Remembered = Omit<TypedComment, "text">;

const schema = v.object({ name: v.string(), email: v.string(), website: v.string() });

/** Days for which a name is remembered; the form says so. */
export const rememberedDays = 180;

/** What this browser was asked to remember, or null. Only uncached pages may show it. */
export function rememberedBy(c: AppContext): Remembered | null {
	const cookie = getCookie(c, "who", cookieOptions(c).prefix);
	if (cookie === undefined) return null;
	try {
		return v.parse(schema, JSON.parse(new TextDecoder().decode(decodeBase64Url(cookie))));
	} catch {
		// Whatever somebody has made of their own cookie, an empty form is the answer.
		return null;
	}
}

export function rememberWho(c: AppContext, { name, email, website }: Remembered): void {
	const json = new TextEncoder().encode(JSON.stringify({ name, email, website }));
	const maxAge = rememberedDays * 86_400;
	setCookie(c, "who", encodeBase64Url(json.buffer), { ...cookieOptions(c), maxAge });
}

export function forgetWho(c: AppContext): void {
	deleteCookie(c, "who", cookieOptions(c));
}
