import * as v from "valibot";
import { isReactionKind, type ReactionKind } from "../reactions/kinds.ts";
import { signToken, tokenKind, verifyToken } from "../tokens/token.ts";

/** A visitor's last action, passed to the page they are redirected to in a signed `?flash=` token (a JWT, RFC 7519). */
export type Flash = v.InferOutput<typeof flashSchema>;

const flashSchema = v.object({
	post: v.string(),
	comment: v.nullable(v.number()),
	/** When the comment was created, if the page shows it though it is not public; see `tokens/row.ts`. */
	createdAt: v.optional(v.number()),
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

/** Milliseconds during which the page after an action may be reloaded. */
const flashLifetime = 15 * 60_000;

/** Carries a flash in the `flash` query parameter. */
export const flashToken = tokenKind("flash", flashSchema, { lifetime: flashLifetime });

/** Carries the time (epoch milliseconds) at which a form was rendered for one visitor. */
export const renderedAtToken = tokenKind("rendered-at", v.object({ at: v.number() }), { lifetime: null });

/** Signs a flash, or one that was read from a token and changed; `now` is in epoch milliseconds. */
export function signFlash(flash: Flash, secret: string, now: number): Promise<string> {
	const since = flash.since ?? now;
	return signToken(flashToken, { ...flash, since }, secret, { expiresAt: since + flashLifetime });
}

/** Verifies a token; null if it is forged, expired or malformed, which leads to the public page. */
export function verifyFlash(token: string, secret: string, now: number): Promise<Flash | null> {
	return verifyToken(flashToken, token, secret, now);
}

/** Signs the time (epoch milliseconds) at which a form was rendered for one visitor, for a hidden field. */
export function signRenderedAt(at: number, secret: string): Promise<string> {
	return signToken(renderedAtToken, { at }, secret, { now: at });
}

/** Returns the time in such a token; null if it is missing or forged, which counts as missing and raises no suspicion. */
export async function verifyRenderedAt(token: string, secret: string, now: number): Promise<number | null> {
	return (await verifyToken(renderedAtToken, token, secret, now))?.at ?? null;
}
