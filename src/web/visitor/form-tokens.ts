import { sign, verify } from "hono/jwt";
import * as v from "valibot";
import { isReactionKind, type ReactionKind } from "../../reactions/kinds.ts";

/** A visitor's last action, passed to the page they are redirected to in a signed `?flash=` token (a JWT, RFC 7519). */
export type Flash = v.InferOutput<typeof flashSchema>;

const flashSchema = v.object({
	post: v.string(),
	comment: v.nullable(v.number()),
	/** `repeated` is a POST with the text of another visitor's recent comment: the same page, without the edit link. */
	action: v.picklist(["posted", "repeated", "edited", "deleted", "reacted", "reaction_removed"]),
	/** The challenge that publishes the comment without a moderator; absent if there is none. */
	challenge: v.optional(v.picklist(["proof_of_work", "turnstile"])),
	/** Whether the challenge was tried and failed. */
	challengeFailed: v.optional(v.boolean()),
	/** Whether a confirmation link for a subscription was mailed. */
	confirmationSent: v.optional(v.boolean()),
	/** Whether the edit link was mailed to the comment's address. */
	receiptSent: v.optional(v.boolean()),
	kind: v.nullable(v.custom<ReactionKind>((kind) => typeof kind === "string" && isReactionKind(kind))),
	/** D1 bookmark of the write. */
	bookmark: v.optional(v.string()),
	/** Time of the first token (epoch milliseconds): tokens signed from it expire with it. */
	since: v.optional(v.number()),
});

/** Seconds during which the page after an action may be reloaded. */
const flashLifetime = 15 * 60;

/** Signs a flash, or one that was read from a token and changed; `now` is in epoch milliseconds. */
export function signFlash(flash: Flash, secret: string, now: number): Promise<string> {
	const since = flash.since ?? now;
	return sign({ ...flash, since, exp: Math.floor(since / 1000) + flashLifetime }, keyFor(secret), "HS256");
}

/** Verifies a token; null if it is forged, expired or malformed. */
export async function verifyFlash(token: string, secret: string, now: number): Promise<Flash | null> {
	try {
		const payload = await verify(token, keyFor(secret), { alg: "HS256", exp: false });
		const parsed = v.safeParse(v.object({ ...flashSchema.entries, exp: v.number() }), payload);
		if (!parsed.success || parsed.output.exp * 1000 < now) return null;
		return parsed.output;
	} catch {
		// Any invalid token leads to the public page.
		return null;
	}
}

/** Signs the time (epoch milliseconds) at which a form was rendered for one visitor, for a hidden field. */
export function signRenderedAt(at: number, secret: string): Promise<string> {
	return sign({ at }, renderedAtKeyFor(secret), "HS256");
}

/** Returns the time in such a token; null if it is missing or forged. */
export async function verifyRenderedAt(token: string, secret: string): Promise<number | null> {
	if (token === "") return null;
	try {
		const { at } = await verify(token, renderedAtKeyFor(secret), "HS256");
		return typeof at === "number" ? at : null;
	} catch {
		// A forged time counts as missing and raises no suspicion.
		return null;
	}
}

/** Derives one key per purpose from the secret, so that no token is valid for another purpose. */
const keyFor = (secret: string) => `flash:${secret}`;
const renderedAtKeyFor = (secret: string) => `rendered-at:${secret}`;
