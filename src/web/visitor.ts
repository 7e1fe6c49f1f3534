import { getSignedCookie, setSignedCookie } from "hono/cookie";
import type { AppContext } from "./context.ts";

/** A year: long enough to still own a comment, short enough to be forgotten. */
const maxAge = 365 * 86_400;

/** Who is asking, by the signed cookie set at their first comment or reaction; null for anyone else. */
export async function knownVisitor(c: AppContext, secret: string): Promise<string | null> {
	const { name, prefix } = cookie(c);
	return (await getSignedCookie(c, keyFor(secret), name, prefix)) || null;
}

/** The visitor's id, made and remembered on this response when they are new. */
export async function visitorOf(c: AppContext, secret: string): Promise<string> {
	const known = await knownVisitor(c, secret);
	const visitor = known ?? crypto.randomUUID();
	const { name, prefix, secure } = cookie(c);
	await setSignedCookie(c, name, visitor, keyFor(secret), {
		...(prefix === undefined ? {} : { prefix }),
		secure,
		httpOnly: true,
		sameSite: "Lax",
		path: "/",
		maxAge,
	});
	return visitor;
}

/** `__Host-` needs https, which a blog on localhost does not have. */
function cookie(c: AppContext) {
	const secure = new URL(c.req.url).protocol === "https:";
	return { name: "visitor", secure, prefix: secure ? ("host" as const) : undefined };
}

const keyFor = (secret: string) => `visitor:${secret}`;
