import { Hono } from "hono";
import { beginSession, resumeSession } from "../../members/session.ts";
import type { AppEnv } from "../http/context.ts";
import { isDatabaseFailure } from "../http/database-failure.ts";
import { readForm } from "../http/form.ts";
import { endCeremony, relyingParty } from "./ceremony.ts";
import { deviceOf } from "./device.ts";
import { limitAttempts } from "./limit-attempts.ts";
import { adminLanguageOf, adminUrl, currentMember, databaseFailureMessage } from "./request.ts";
import { clearSessionCookie, setSessionCookie } from "./session-cookie.ts";
import { showSignIn } from "./show-sign-in.tsx";
import { SignedInAgainPage } from "./sign-in-page.tsx";
import { parseSubmittedForm } from "./submitted-form.ts";

/** Signing in and out. */
export const signIn = new Hono<AppEnv>();

signIn.get("/admin/sign-in", (c) => showSignIn(c, adminUrl(c.req.query("to") ?? ""), null));

signIn.post("/admin/session", async (c) => {
	await limitAttempts(c);
	const { identity, clock } = c.var.services;
	const form = await readForm(c);
	const to = adminUrl(form("to"));
	const unsent = parseSubmittedForm(form("unsent"));
	const answer = { challengeToken: form("challengeToken"), credential: form("credential") };
	try {
		const member = await endCeremony(c, "", answer, async (challenge, passkeyId) => {
			const found = await identity.members.findPasskey(passkeyId);
			if (found === null) return null;
			const { member, passkey } = found;
			const counter = await identity.passkeys.verifyAuthentication(
				relyingParty(c),
				challenge,
				answer.credential,
				passkey,
				c.var.services.log,
			);
			if (counter === null) return null;
			await identity.members.recordPasskeyUse(passkeyId, counter, clock.now());
			return member;
		});
		const words = adminLanguageOf(c);
		if (member === null) return showSignIn(c, to, words.strings.signInFailed, { unsent });
		const device = deviceOf(c.req.header("User-Agent"));
		const token = await beginSession(member.id, device, identity.sessions, clock.now());
		setSessionCookie(c, token);
		if (unsent === null) return c.redirect(to, 303);
		const session = await resumeSession(token, identity.sessions, clock.now());
		const { id: memberId, name, role } = member;
		const actor = { memberId, name, role, sessionId: session?.sessionId ?? null };
		const frame = { archive: c.var.services.archive, actor, path: c.req.path, ...words };
		return c.html(<SignedInAgainPage {...frame} form={unsent} />);
	} catch (error) {
		if (!isDatabaseFailure(error)) throw error;
		return showSignIn(c, to, databaseFailureMessage(c, error), { status: 503, unsent });
	}
});

signIn.post("/admin/session/end", async (c) => {
	const { memberId, sessionId } = currentMember(c);
	if (memberId !== null && sessionId !== null)
		await c.var.services.identity.sessions.end(memberId, sessionId);
	clearSessionCookie(c);
	return c.redirect("/admin/sign-in", 303);
});
