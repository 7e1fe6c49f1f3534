import { Hono } from "hono";
import { type Invitation, readInvitation } from "../../members/invitation.ts";
import type { Member } from "../../members/member.ts";
import { beginSession } from "../../members/session.ts";
import { beginCeremony, endCeremony, relyingParty } from "../ceremony.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { deskTrouble, deskWords } from "../desk.ts";
import { deviceOf } from "../device.ts";
import { readForm } from "../form.ts";
import { keepSession } from "../session-cookie.ts";
import { isDatabaseFailure } from "../thread.ts";
import { EnrolmentPage, VoidInvitationPage } from "../views/desk/sign-in.tsx";
import { limitAttempts } from "./sign-in.tsx";

/** Taking up an invitation: the one way to become a member. */
export const enrolment = new Hono<AppEnv>();

enrolment.get("/admin/enrolment", async (c) => {
	const token = c.req.query("invitation") ?? "";
	const invitation = await openInvitation(c, token);
	return invitation === null ? showVoid(c) : showEnrolment(c, invitation, token, null);
});

enrolment.post("/admin/enrolment", async (c) => {
	await limitAttempts(c);
	const form = await readForm(c);
	const token = form("invitation");
	const invitation = await openInvitation(c, token);
	if (invitation === null) return showVoid(c);
	const answer = { ticket: form("ticket"), credential: form("credential") };
	const taken = await takeUp(c, invitation, answer).catch((error) => {
		if (!isDatabaseFailure(error)) throw error;
		return { trouble: deskTrouble(c, error), status: 503 } as const;
	});
	if (taken === null) return showVoid(c);
	if ("trouble" in taken) return showEnrolment(c, invitation, token, taken.trouble, taken.status);
	const { member, device } = taken;
	const { log, sessions, now } = c.var.services;
	await log.record({
		act: crypto.randomUUID(),
		kind: "enrolled",
		after: JSON.stringify({ label: member.name, role: member.role }),
		madeBy: member.name,
		reason: "",
		at: now(),
	});
	keepSession(c, await beginSession(member.id, device, sessions, now()));
	return c.redirect("/admin", 303);
});

type Taken = { member: Member; device: string } | { trouble: string; status: 403 };

/** Makes a member of whoever answers; an invitation that was used meanwhile gives null, and one that fails still holds. */
async function takeUp(
	c: AppContext,
	invitation: Invitation,
	answer: { ticket: string; credential: string },
): Promise<Taken | null> {
	const { members, passkeys, now } = c.var.services;
	const passkey = await endCeremony(c, subjectOf(invitation), answer, (challenge) =>
		passkeys.verifyEnrolment(relyingParty(c), challenge, answer.credential),
	);
	if (passkey === null || (await members.findPasskey(passkey.id)) !== null) {
		return { trouble: deskWords(c).strings.enrolFailed, status: 403 };
	}
	const device = deviceOf(c.req.header("User-Agent"));
	const member = await members.enrol(invitation, passkey, device, now(), invitation);
	return member && { member, device };
}

/** The invitation a token stands for while it holds. Looking does not use it up: mail scanners look. */
async function openInvitation(c: AppContext, token: string): Promise<Invitation | null> {
	const { inviteSecret, spentTokens, now } = c.var.services;
	const invitation = await readInvitation(token, inviteSecret ?? "", now());
	return invitation !== null && !(await spentTokens.isSpent(invitation.id)) ? invitation : null;
}

/** A challenge made for one invitation answers for no other. */
const subjectOf = ({ id }: Invitation) => `invitation:${id}`;

async function showEnrolment(
	c: AppContext,
	invitation: Invitation,
	token: string,
	trouble: string | null,
	status: 200 | 403 | 503 = 200,
): Promise<Response> {
	const { challenge, ticket } = await beginCeremony(c, subjectOf(invitation));
	const { passkeys } = c.var.services;
	const options = await passkeys.enrolmentOptions(relyingParty(c), invitation.name, challenge, []);
	const { name, role } = invitation;
	const props = { name, role, options, ticket, invitation: token, trouble };
	return c.html(<EnrolmentPage {...outside(c)} {...props} />, status);
}

function showVoid(c: AppContext): Response | Promise<Response> {
	return c.html(<VoidInvitationPage {...outside(c)} />, 403);
}

function outside(c: AppContext) {
	return { archive: c.var.services.archive, actor: null, path: c.req.path, ...deskWords(c) };
}
