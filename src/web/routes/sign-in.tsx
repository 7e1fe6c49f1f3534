import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import { beginSession } from "../../members/session.ts";
import { beginCeremony, endCeremony, relyingParty } from "../ceremony.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { actorOf, deskAddress, deskTrouble, deskWords } from "../desk.ts";
import { deviceOf } from "../device.ts";
import { readForm } from "../form.ts";
import { forgetSession, keepSession } from "../session-cookie.ts";
import { isDatabaseFailure } from "../thread.ts";
import { SignInPage } from "../views/desk/sign-in.tsx";

/** Coming to the desk and leaving it. */
export const signIn = new Hono<AppEnv>();

signIn.get("/admin/sign-in", (c) => showSignIn(c, deskAddress(c.req.query("to") ?? ""), null));

signIn.post("/admin/session", async (c) => {
	await limitAttempts(c);
	const { members, sessions, passkeys, now } = c.var.services;
	const form = await readForm(c);
	const to = deskAddress(form("to"));
	const answer = { ticket: form("ticket"), credential: form("credential") };
	try {
		const member = await endCeremony(c, "", answer, async (challenge, passkeyId) => {
			const found = await members.findPasskey(passkeyId);
			if (found === null) return null;
			const { member, passkey } = found;
			const counter = await passkeys.verifySignIn(relyingParty(c), challenge, answer.credential, passkey);
			if (counter === null) return null;
			await members.usePasskey(passkeyId, counter, now());
			return member;
		});
		if (member === null) return showSignIn(c, to, deskWords(c).strings.signInFailed);
		keepSession(c, await beginSession(member.id, deviceOf(c.req.header("User-Agent")), sessions, now()));
		return c.redirect(to, 303);
	} catch (error) {
		if (!isDatabaseFailure(error)) throw error;
		return showSignIn(c, to, deskTrouble(c, error), 503);
	}
});

signIn.post("/admin/session/end", async (c) => {
	const { memberId, sessionId } = actorOf(c);
	if (memberId !== null && sessionId !== null) await c.var.services.sessions.end(memberId, sessionId);
	forgetSession(c);
	return c.redirect("/admin/sign-in", 303);
});

/** Counts an attempt against the network it comes from, and ends it when there were too many. */
export async function limitAttempts(c: AppContext): Promise<void> {
	const network = c.req.header("CF-Connecting-IP") ?? "local";
	if (await c.var.services.signInLimiter(network)) return;
	throw new BlogError("too_many", deskWords(c).strings.tooManyAttempts);
}

async function showSignIn(
	c: AppContext,
	to: string,
	trouble: string | null,
	status: 200 | 403 | 503 = trouble === null ? 200 : 403,
): Promise<Response> {
	const { archive, passkeys } = c.var.services;
	const { challenge, ticket } = await beginCeremony(c, "");
	const options = await passkeys.signInOptions(relyingParty(c), challenge);
	const frame = { archive, actor: null, path: c.req.path, ...deskWords(c) };
	return c.html(
		<SignInPage {...frame} options={options} ticket={ticket} to={to} trouble={trouble} />,
		status,
	);
}
