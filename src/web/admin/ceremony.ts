import * as v from "valibot";
import { credentialIdIn, type RelyingParty } from "../../members/passkey.ts";
import { newToken } from "../../members/session.ts";
import { signToken, tokenKind, verifyToken } from "../../tokens/token.ts";
import type { AppContext } from "../http/context.ts";

/** Carries a WebAuthn challenge and its subject through a form; valid for ten minutes after its page was rendered. */
export const ceremonyToken = tokenKind("ceremony", v.object({ challenge: v.string(), subject: v.string() }), {
	lifetime: 10 * 60_000,
	singleUse: true,
});

/** A WebAuthn challenge and the signed token that carries it through the form; nothing is stored until it is answered. */
export type Ceremony = { challenge: string; challengeToken: string };

/** Starts a ceremony for `subject`: the invitation or member it is for, or "" to sign in. */
export async function beginCeremony(c: AppContext, subject: string): Promise<Ceremony> {
	const challenge = newToken();
	const { clock } = c.var.services;
	const challengeToken = await signToken(ceremonyToken, { challenge, subject }, secretOf(c), {
		now: clock.now(),
	});
	return { challenge, challengeToken };
}

/**
 * Finishes a ceremony: checks the token's signature and subject, then calls `verify` with the challenge. Each token works
 * once. Null when any check fails.
 */
export async function endCeremony<T>(
	c: AppContext,
	subject: string,
	{ challengeToken, credential }: { challengeToken: string; credential: string },
	verify: (challenge: string, passkeyId: string) => Promise<T | null>,
): Promise<T | null> {
	const { clock, identity } = c.var.services;
	const opened = await verifyToken(ceremonyToken, challengeToken, secretOf(c), clock.now());
	if (opened === null || opened.subject !== subject) return null;
	const passkeyId = credentialIdIn(credential);
	if (passkeyId === null) return null;
	const result = await verify(opened.challenge, passkeyId);
	if (result === null) return null;
	return (await identity.usedTokens.use(opened.id, opened.expiresAt, clock.now())) ? result : null;
}

/** The WebAuthn relying party: this site at the requested origin, the only one a passkey works for. */
export function relyingParty(c: AppContext): RelyingParty {
	const { origin, hostname } = new URL(c.req.url);
	return { name: c.var.services.archive.site.title, origin, host: hostname };
}

/** The guard refuses every admin request while the secret is missing. */
function secretOf(c: AppContext): string {
	return c.var.services.secrets.signing ?? "";
}
