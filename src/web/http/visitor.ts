import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";
import type { AppContext } from "./context.ts";
import { cookieOptions } from "./cookies.ts";

/** Lifetime of the cookie in seconds: one year. */
const maxAge = 365 * 86_400;

/** A visitor's random id, and whether it was created by this request. */
export type Visitor = { id: string; isNew: boolean };

/** Returns the visitor id in the signed cookie that a first comment or reaction sets; null without one. */
export async function knownVisitor(c: AppContext, secret: string): Promise<string | null> {
	const { prefix } = cookieOptions(c);
	return (await getSignedCookie(c, keyFor(secret), "visitor", prefix)) || null;
}

/** Returns the visitor, with a new id if there is no cookie. The cookie is only set once the visitor has done something. */
export async function visitorOf(c: AppContext, secret: string): Promise<Visitor> {
	const known = await knownVisitor(c, secret);
	return { id: known ?? crypto.randomUUID(), isNew: known === null };
}

/** Sets or renews the visitor's cookie, which proves authorship. */
export async function setVisitorCookie(c: AppContext, id: string, secret: string): Promise<void> {
	await setSignedCookie(c, "visitor", id, keyFor(secret), { ...cookieOptions(c), maxAge });
}

export function clearVisitorCookie(c: AppContext): void {
	deleteCookie(c, "visitor", cookieOptions(c));
}

const keyFor = (secret: string) => `visitor:${secret}`;
