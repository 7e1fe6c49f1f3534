import { Hono } from "hono";
import { beginSession } from "../../members/session.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { isDatabaseFailure } from "../http/database-failure.ts";
import { readForm } from "../http/form.ts";
import { beginCeremony, endCeremony, relyingParty } from "./ceremony.ts";
import { deviceOf } from "./device.ts";
import { limitAttempts } from "./limit-attempts.ts";
import { adminLanguageOf, adminUrl, currentMember, databaseFailureMessage } from "./request.ts";
import { clearSessionCookie, setSessionCookie } from "./session-cookie.ts";
import { SignInPage } from "./sign-in-page.tsx";

/** Signing in and out. */
export const signIn = new Hono<AppEnv>();

signIn.get("/admin/sign-in", (c) => showSignIn(c, adminUrl(c.req.query("to") ?? ""), null));

signIn.post("/admin/session", async (c) => {
	await limitAttempts(c);
	const { identity, clock } = c.var.services;
	const form = await readForm(c);
	const to = adminUrl(form("to"));
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
		if (member === null) return showSignIn(c, to, adminLanguageOf(c).strings.signInFailed);
		setSessionCookie(
			c,
			await beginSession(member.id, deviceOf(c.req.header("User-Agent")), identity.sessions, clock.now()),
		);
		return c.redirect(to, 303);
	} catch (error) {
		if (!isDatabaseFailure(error)) throw error;
		return showSignIn(c, to, databaseFailureMessage(c, error), 503);
	}
});

signIn.post("/admin/session/end", async (c) => {
	const { memberId, sessionId } = currentMember(c);
	if (memberId !== null && sessionId !== null)
		await c.var.services.identity.sessions.end(memberId, sessionId);
	clearSessionCookie(c);
	return c.redirect("/admin/sign-in", 303);
});

async function showSignIn(
	c: AppContext,
	to: string,
	errorMessage: string | null,
	status: 200 | 403 | 503 = errorMessage === null ? 200 : 403,
): Promise<Response> {
	const { archive, identity } = c.var.services;
	const { challenge, challengeToken } = await beginCeremony(c, "");
	const options = await identity.passkeys.authenticationOptions(relyingParty(c), challenge);
	const frame = { archive, actor: null, path: c.req.path, ...adminLanguageOf(c) };
	return c.html(
		<SignInPage
			{...frame}
			options={options}
			challengeToken={challengeToken}
			to={to}
			errorMessage={errorMessage}
		/>,
		status,
	);
}
