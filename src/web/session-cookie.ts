import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { sessionTimes } from "../members/session.ts";
import type { AppContext } from "./context.ts";

/** The session's token as the browser holds it: for this host only, out of scripts' reach, not sent by other sites' forms. */
export function sessionToken(c: AppContext): string | null {
	const { prefix } = attributes(c);
	const token = prefix === undefined ? getCookie(c, name) : getCookie(c, name, prefix);
	return token !== undefined && /^[\w-]{43}$/.test(token) ? token : null;
}

/** Gives the browser a token. */
export function keepSession(c: AppContext, token: string): void {
	setCookie(c, name, token, { ...attributes(c), maxAge: sessionTimes.idle / 1000 });
}

/** Has the browser forget its token. */
export function forgetSession(c: AppContext): void {
	deleteCookie(c, name, attributes(c));
}

const name = "session";

/** `__Host-` needs https, which a blog on localhost does not have. */
function attributes(c: AppContext) {
	const secure = new URL(c.req.url).protocol === "https:";
	return {
		...(secure ? { prefix: "host" as const } : {}),
		secure,
		httpOnly: true,
		sameSite: "Lax" as const,
		path: "/",
	};
}
