import type { CookieOptions } from "hono/utils/cookie";
import type { AppContext } from "./context.ts";

/** Returns the options of every cookie: host-only and hidden from scripts. `__Host-` needs https, which localhost lacks. */
export function cookieOptions(c: AppContext) {
	const secure = new URL(c.req.url).protocol === "https:";
	return {
		...(secure ? { prefix: "host" as const } : {}),
		secure,
		httpOnly: true,
		sameSite: "Lax",
		path: "/",
	} satisfies CookieOptions;
}
