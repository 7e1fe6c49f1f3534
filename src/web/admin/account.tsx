import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import type { CurrentMember } from "../../members/member.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { readForm } from "../http/form.ts";
import { AccountPage } from "./account-page.tsx";
import { beginCeremony, endCeremony, relyingParty } from "./ceremony.ts";
import { deviceOf } from "./device.ts";
import { adminFrame, adminLanguageOf, currentMember } from "./request.ts";

/** The signed-in member's passkeys and sessions; other members' ids are not found here. */
export const account = new Hono<AppEnv>();

account.get("/admin/account", (c) => showAccount(c, null));

account.post("/admin/account/passkeys", async (c) => {
	const { identity, clock } = c.var.services;
	const memberId = ownId(c);
	const form = await readForm(c);
	const answer = { challengeToken: form("challengeToken"), credential: form("credential") };
	const passkey = await endCeremony(c, subjectOf(currentMember(c)), answer, (challenge) =>
		identity.passkeys.verifyRegistration(relyingParty(c), challenge, answer.credential, c.var.services.log),
	);
	const device = deviceOf(c.req.header("User-Agent"));
	if (passkey === null || !(await identity.members.addPasskey(memberId, passkey, device, clock.now()))) {
		return showAccount(c, adminLanguageOf(c).strings.enrolFailed);
	}
	return c.redirect("/admin/account", 303);
});

account.post("/admin/account/passkeys/removal", async (c) => {
	const memberId = ownId(c);
	const form = await readForm(c);
	const removed = await c.var.services.identity.members.removePasskey(memberId, form("passkey"));
	return removed ? c.redirect("/admin/account", 303) : showAccount(c, adminLanguageOf(c).strings.lastPasskey);
});

account.post("/admin/account/sessions/end", async (c) => {
	await c.var.services.identity.sessions.endOthers(ownId(c), currentMember(c).sessionId);
	return c.redirect("/admin/account", 303);
});

account.post("/admin/account/sessions/:id{[1-9][0-9]{0,14}}/end", async (c) => {
	const ended = await c.var.services.identity.sessions.end(ownId(c), Number(c.req.param("id")));
	return ended ? c.redirect("/admin/account", 303) : c.notFound();
});

function ownId(c: AppContext): number {
	const { memberId } = currentMember(c);
	if (memberId === null) throw new BlogError("forbidden", adminLanguageOf(c).strings.byAccess);
	return memberId;
}

/** The ceremony's subject. Names are never used again, ids may be after a database is restored. */
const subjectOf = ({ memberId, name }: CurrentMember) => `member:${memberId}:${name}`;

async function showAccount(c: AppContext, errorMessage: string | null): Promise<Response> {
	const { identity, clock } = c.var.services;
	const { memberId, sessionId, name } = currentMember(c);
	if (memberId === null) {
		const empty = { passkeys: [], sessions: [], current: null, ceremony: null };
		return c.html(<AccountPage {...(await adminFrame(c))} {...empty} errorMessage={errorMessage} />);
	}
	const [passkeys, open, { challenge, challengeToken }] = await Promise.all([
		identity.members.listPasskeys(memberId),
		identity.sessions.list(memberId, clock.now()),
		beginCeremony(c, subjectOf(currentMember(c))),
	]);
	const known = passkeys.map(({ id }) => id);
	const options = await c.var.services.identity.passkeys.registrationOptions(
		relyingParty(c),
		name,
		challenge,
		known,
	);
	const props = {
		passkeys,
		sessions: open,
		current: sessionId,
		ceremony: { options, challengeToken },
		errorMessage,
	};
	return c.html(<AccountPage {...(await adminFrame(c))} {...props} />, errorMessage === null ? 200 : 409);
}
