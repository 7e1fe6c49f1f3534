import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";
import type { AppContext } from "./context.ts";
import { cookieOptions } from "./cookies.ts";

/** A year: long enough to still own a comment, short enough to be forgotten. */
const maxAge = 365 * 86_400;

/** Someone who acts: their random id, and whether this is the first that is heard of them. */
export type Visitor = { id: string; isNew: boolean };

/** Who is asking, by the signed cookie set at their first comment or reaction; null for anyone else. */
export async function knownVisitor(c: AppContext, secret: string): Promise<string | null> {
	const { prefix } = cookieOptions(c);
	return (await getSignedCookie(c, keyFor(secret), "visitor", prefix)) || null;
}

/** Who is asking, given an id when they are new. Nothing is remembered until they have done something. */
export async function visitorOf(c: AppContext, secret: string): Promise<Visitor> {
	const known = await knownVisitor(c, secret);
	return { id: known ?? crypto.randomUUID(), isNew: known === null };
}

/** Gives the visitor the cookie that makes what they did theirs, for another year. */
export async function rememberVisitor(c: AppContext, id: string, secret: string): Promise<void> {
	await setSignedCookie(c, "visitor", id, keyFor(secret), { ...cookieOptions(c), maxAge });
}

export function forgetVisitor(c: AppContext): void {
	deleteCookie(c, "visitor", cookieOptions(c));
}

const keyFor = (secret: string) => `visitor:${secret}`;
