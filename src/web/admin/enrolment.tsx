import { Hono } from "hono";
import { type Invitation, readInvitation } from "../../members/invitation.ts";
import type { Member } from "../../members/member.ts";
import { beginSession } from "../../members/session.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { isDatabaseFailure } from "../http/database-failure.ts";
import { readForm } from "../http/form.ts";
import { beginCeremony, endCeremony, relyingParty } from "./ceremony.ts";
import { deviceOf } from "./device.ts";
import { limitAttempts } from "./limit-attempts.ts";
import { adminLanguageOf, databaseFailureMessage } from "./request.ts";
import { setSessionCookie } from "./session-cookie.ts";
import { EnrolmentPage, InvalidInvitationPage } from "./sign-in-page.tsx";

/** Accepting an invitation, the only way to become a member. */
export const enrolment = new Hono<AppEnv>();

enrolment.get("/admin/enrolment", async (c) => {
	const token = c.req.query("invitation") ?? "";
	const invitation = await openInvitation(c, token);
	return invitation === null ? showInvalid(c) : showEnrolment(c, invitation, token, null);
});

enrolment.post("/admin/enrolment", async (c) => {
	await limitAttempts(c);
	const form = await readForm(c);
	const token = form("invitation");
	const invitation = await openInvitation(c, token);
	if (invitation === null) return showInvalid(c);
	const answer = { challengeToken: form("challengeToken"), credential: form("credential") };
	const accepted = await acceptInvitation(c, invitation, answer).catch((error) => {
		if (!isDatabaseFailure(error)) throw error;
		return { errorMessage: databaseFailureMessage(c, error), status: 503 } as const;
	});
	if (accepted === null) return showInvalid(c);
	if ("errorMessage" in accepted)
		return showEnrolment(c, invitation, token, accepted.errorMessage, accepted.status);
	const { member, device } = accepted;
	const { identity, clock } = c.var.services;
	setSessionCookie(c, await beginSession(member.id, device, identity.sessions, clock.now()));
	return c.redirect("/admin", 303);
});

type Acceptance = { member: Member; device: string } | { errorMessage: string; status: 403 };

/** Verifies the passkey and adds the member. Null when the invitation was used meanwhile; after an error it stays valid. */
async function acceptInvitation(
	c: AppContext,
	invitation: Invitation,
	answer: { challengeToken: string; credential: string },
): Promise<Acceptance | null> {
	const { identity, clock } = c.var.services;
	const passkey = await endCeremony(c, subjectOf(invitation), answer, (challenge) =>
		identity.passkeys.verifyRegistration(relyingParty(c), challenge, answer.credential, c.var.services.log),
	);
	if (passkey === null || (await identity.members.findPasskey(passkey.id)) !== null) {
		return { errorMessage: adminLanguageOf(c).strings.enrolFailed, status: 403 };
	}
	const device = deviceOf(c.req.header("User-Agent"));
	const member = await identity.members.acceptInvitation(
		invitation,
		passkey,
		device,
		{ at: clock.now(), operation: crypto.randomUUID() },
		invitation,
	);
	return member && { member, device };
}

/** Reads the invitation of a token while it is valid. Reading does not use it, because mail scanners open links. */
async function openInvitation(c: AppContext, token: string): Promise<Invitation | null> {
	const { secrets, identity, clock } = c.var.services;
	const invitation = await readInvitation(token, secrets.invite ?? "", clock.now());
	return invitation !== null && !(await identity.usedTokens.isUsed(invitation.id)) ? invitation : null;
}

/** The ceremony's subject: a challenge made for one invitation is refused for another. */
const subjectOf = ({ id }: Invitation) => `invitation:${id}`;

async function showEnrolment(
	c: AppContext,
	invitation: Invitation,
	token: string,
	errorMessage: string | null,
	status: 200 | 403 | 503 = 200,
): Promise<Response> {
	const { challenge, challengeToken } = await beginCeremony(c, subjectOf(invitation));
	const { members, passkeys } = c.var.services.identity;
	const options = await passkeys.registrationOptions(relyingParty(c), invitation.name, challenge, []);
	const { name, role } = invitation;
	// Only a hint: where the database fails, the page is shown without it.
	const again = await members.list().then(
		(all) => all.some((member) => member.name === name),
		() => false,
	);
	const props = { name, role, again, options, challengeToken, invitation: token, errorMessage };
	return c.html(<EnrolmentPage {...signedOutFrame(c)} {...props} />, status);
}

function showInvalid(c: AppContext): Response | Promise<Response> {
	return c.html(<InvalidInvitationPage {...signedOutFrame(c)} />, 403);
}

function signedOutFrame(c: AppContext) {
	return { archive: c.var.services.archive, actor: null, path: c.req.path, ...adminLanguageOf(c) };
}
