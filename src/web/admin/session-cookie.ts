import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { sessionLifetimes } from "../../members/session.ts";
import type { AppContext } from "../http/context.ts";

/** Reads the session token from its cookie: host-only, `HttpOnly`, `SameSite=Lax`. */
export function readSessionToken(c: AppContext): string | null {
	const { prefix } = attributes(c);
	const token = prefix === undefined ? getCookie(c, name) : getCookie(c, name, prefix);
	return token !== undefined && /^[\w-]{43}$/.test(token) ? token : null;
}

/** Stores the session token in the browser. */
export function setSessionCookie(c: AppContext, token: string): void {
	setCookie(c, name, token, { ...attributes(c), maxAge: sessionLifetimes.idle / 1000 });
}

/** Removes the session token from the browser. */
export function clearSessionCookie(c: AppContext): void {
	deleteCookie(c, name, attributes(c));
}

const name = "session";

/** Cookie attributes; the `__Host-` prefix needs https, which a blog on localhost does not have. */
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
