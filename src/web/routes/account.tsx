import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import { beginCeremony, endCeremony, relyingParty } from "../ceremony.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { actorOf, deskFrame, deskWords } from "../desk.ts";
import { deviceOf } from "../device.ts";
import { readForm } from "../form.ts";
import { AccountPage } from "../views/desk/account.tsx";

/** A member's own passkeys and sessions; ids of anybody else's name nothing here. */
export const account = new Hono<AppEnv>();

account.get("/admin/account", (c) => showAccount(c, null));

account.post("/admin/account/passkeys", async (c) => {
	const { members, passkeys, now } = c.var.services;
	const memberId = ownId(c);
	const form = await readForm(c);
	const answer = { ticket: form("ticket"), credential: form("credential") };
	const passkey = await endCeremony(c, subjectOf(memberId), answer, (challenge) =>
		passkeys.verifyEnrolment(relyingParty(c), challenge, answer.credential),
	);
	const device = deviceOf(c.req.header("User-Agent"));
	if (passkey === null || !(await members.addPasskey(memberId, passkey, device, now()))) {
		return showAccount(c, deskWords(c).strings.enrolFailed);
	}
	return c.redirect("/admin/account", 303);
});

account.post("/admin/account/passkeys/removal", async (c) => {
	const memberId = ownId(c);
	const form = await readForm(c);
	const removed = await c.var.services.members.removePasskey(memberId, form("passkey"));
	return removed ? c.redirect("/admin/account", 303) : showAccount(c, deskWords(c).strings.lastPasskey);
});

account.post("/admin/account/sessions/end", async (c) => {
	await c.var.services.sessions.endOthers(ownId(c), actorOf(c).sessionId);
	return c.redirect("/admin/account", 303);
});

account.post("/admin/account/sessions/:id{[1-9][0-9]{0,14}}/end", async (c) => {
	const ended = await c.var.services.sessions.end(ownId(c), Number(c.req.param("id")));
	return ended ? c.redirect("/admin/account", 303) : c.notFound();
});

function ownId(c: AppContext): number {
	const { memberId } = actorOf(c);
	if (memberId === null) throw new BlogError("forbidden", deskWords(c).strings.byAccess);
	return memberId;
}

const subjectOf = (memberId: number) => `member:${memberId}`;

async function showAccount(c: AppContext, trouble: string | null): Promise<Response> {
	const { members, sessions, now } = c.var.services;
	const { memberId, sessionId, name } = actorOf(c);
	if (memberId === null) {
		const nothing = { passkeys: [], sessions: [], current: null, ceremony: null };
		return c.html(<AccountPage {...(await deskFrame(c))} {...nothing} trouble={trouble} />);
	}
	const [passkeys, open, { challenge, ticket }] = await Promise.all([
		members.passkeysOf(memberId),
		sessions.of(memberId, now()),
		beginCeremony(c, subjectOf(memberId)),
	]);
	const known = passkeys.map(({ id }) => id);
	const options = await c.var.services.passkeys.enrolmentOptions(relyingParty(c), name, challenge, known);
	const props = { passkeys, sessions: open, current: sessionId, ceremony: { options, ticket }, trouble };
	return c.html(<AccountPage {...(await deskFrame(c))} {...props} />, trouble === null ? 200 : 409);
}
