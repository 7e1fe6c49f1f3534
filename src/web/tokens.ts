import { sign, verify } from "hono/jwt";
import * as v from "valibot";
import { isReactionKind, type ReactionKind } from "../reactions/kinds.ts";

/** What a person has just done, told to the page they land on by a signed `?fresh=` token (a JWT, RFC 7519). */
export type FreshAct = v.InferOutput<typeof freshAct>;

const freshAct = v.object({
	post: v.string(),
	comment: v.nullable(v.number()),
	/** `repeated` is a POST that said what somebody else had just said: the same page, but nobody's to change. */
	act: v.picklist(["posted", "repeated", "edited", "deleted", "reacted", "took_back"]),
	/** What their browser can do, so that a comment need not wait for a person; absent when nothing. */
	owes: v.optional(v.picklist(["proof", "turnstile"])),
	/** Whether that was tried and did not hold. */
	unproven: v.optional(v.boolean()),
	/** Whether a mail was asked for that has yet to be confirmed. */
	asked: v.optional(v.boolean()),
	/** Whether the way to change the comment was mailed to the address left with it. */
	mailed: v.optional(v.boolean()),
	kind: v.nullable(v.custom<ReactionKind>((kind) => typeof kind === "string" && isReactionKind(kind))),
	/** The state of the database that has what they did. */
	bookmark: v.optional(v.string()),
	/** When the page was first made (epoch milliseconds): however often it is made again, it lapses with the first. */
	since: v.optional(v.number()),
});

/** Seconds for which the page after an act may be reloaded. */
const freshFor = 15 * 60;

/** Signs an act, or one that was read back and goes on; `now` is in epoch milliseconds. */
export function signFresh(act: FreshAct, secret: string, now: number): Promise<string> {
	const since = act.since ?? now;
	return sign({ ...act, since, exp: Math.floor(since / 1000) + freshFor }, keyFor(secret), "HS256");
}

/** Reads a token back, or null when it is forged, expired or malformed. */
export async function verifyFresh(token: string, secret: string, now: number): Promise<FreshAct | null> {
	try {
		const payload = await verify(token, keyFor(secret), { alg: "HS256", exp: false });
		const parsed = v.safeParse(v.object({ ...freshAct.entries, exp: v.number() }), payload);
		if (!parsed.success || parsed.output.exp * 1000 < now) return null;
		return parsed.output;
	} catch {
		// Whatever is wrong with a token from outside, the plain page is the answer.
		return null;
	}
}

/** Signs the instant a form was made for one person (epoch milliseconds), for the form to carry. */
export function signDrawn(at: number, secret: string): Promise<string> {
	return sign({ at }, drawnKeyFor(secret), "HS256");
}

/** That instant, or null when the form does not say it or lies about it. */
export async function verifyDrawn(token: string, secret: string): Promise<number | null> {
	if (token === "") return null;
	try {
		const { at } = await verify(token, drawnKeyFor(secret), "HS256");
		return typeof at === "number" ? at : null;
	} catch {
		// A forged time is no time: nothing is held against anybody for it.
		return null;
	}
}

/** Each use of the one secret has a key of its own, so that no token can stand in for another. */
const keyFor = (secret: string) => `fresh:${secret}`;
const drawnKeyFor = (secret: string) => `drawn:${secret}`;
