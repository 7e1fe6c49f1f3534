import * as v from "valibot";
import { claimedPasskey, type RelyingParty } from "../members/passkey.ts";
import { newToken } from "../members/session.ts";
import { readTicket, signTicket } from "../members/ticket.ts";
import type { AppContext } from "./context.ts";

/** Milliseconds for which a page with a challenge on it can be sent. */
const ceremonyLasts = 10 * 60_000;

const body = v.object({ challenge: v.string(), subject: v.string() });

/** A challenge for the browser, and the ticket by which it is known again: nothing is stored until it is answered. */
export type Ceremony = { challenge: string; ticket: string };

/** Begins a ceremony for `subject`: the invitation or member it is for, or "" to sign in. */
export async function beginCeremony(c: AppContext, subject: string): Promise<Ceremony> {
	const challenge = newToken();
	const stub = { id: crypto.randomUUID(), expiresAt: c.var.services.now() + ceremonyLasts };
	const ticket = await signTicket("ceremony", { challenge, subject }, stub, secretOf(c));
	return { challenge, ticket };
}

/**
 * Ends a ceremony: `prove` is given the challenge once the ticket is known to be ours and for this subject, and what it
 * proves counts the first time only. Null when anything is amiss.
 */
export async function endCeremony<T>(
	c: AppContext,
	subject: string,
	{ ticket, credential }: { ticket: string; credential: string },
	prove: (challenge: string, passkeyId: string) => Promise<T | null>,
): Promise<T | null> {
	const { now, spentTokens } = c.var.services;
	const opened = await readTicket("ceremony", ticket, body, secretOf(c), now());
	const passkeyId = claimedPasskey(credential);
	if (opened === null || opened.subject !== subject || passkeyId === null) return null;
	const proven = await prove(opened.challenge, passkeyId);
	if (proven === null) return null;
	return (await spentTokens.spend(opened.id, opened.expiresAt, now())) ? proven : null;
}

/** This site, by the address the browser knows it at: a passkey holds for that and no other. */
export function relyingParty(c: AppContext): RelyingParty {
	const { origin, hostname } = new URL(c.req.url);
	return { name: c.var.services.archive.site.title, origin, host: hostname };
}

/** The wall lets nobody near without it. */
function secretOf(c: AppContext): string {
	return c.var.services.signingSecret ?? "";
}
