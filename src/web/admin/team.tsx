import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import { invitationPath, signInvitation } from "../../members/invitation.ts";
import { isRole, type Member, parseMemberName } from "../../members/member.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { readForm } from "../http/form.ts";
import { ownersOnly } from "./guard.ts";
import { adminFrame, adminLanguageOf, auditContext, redirectWithResult } from "./request.ts";
import { TeamPage } from "./team-page.tsx";

/** Members: invitations, roles and removal, for owners only. */
export const team = new Hono<AppEnv>();

team.get("/admin/team", ownersOnly, (c) => showTeam(c, {}));

team.post("/admin/team/invitations", ownersOnly, async (c) => {
	const { secrets, clock } = c.var.services;
	const form = await readForm(c);
	const typed = { name: form("name"), role: form("role") };
	const name = parseMemberName(typed.name);
	const { strings } = adminLanguageOf(c);
	if (name === null) return showTeam(c, { typed, errorMessage: strings.memberNameWrong, status: 422 });
	const role = isRole(typed.role) ? typed.role : "moderator";
	const token = await signInvitation({ name, role }, secrets.invite ?? "", { now: clock.now() });
	await c.var.services.moderation.log.record({
		...auditContext(c),
		kind: "invited",
		after: JSON.stringify({ label: name, role }),
	});
	const link = new URL(invitationPath(token), c.req.url).href;
	const again = (await c.var.services.identity.members.list()).some((member) => member.name === name);
	return showTeam(c, { invited: { name, link, again }, status: 201 });
});

team.post("/admin/team/:id{[1-9][0-9]{0,14}}/role", ownersOnly, async (c) => {
	const role = (await readForm(c))("role");
	const { strings } = adminLanguageOf(c);
	if (!isRole(role)) throw new BlogError("invalid", strings.memberRole);
	const context = auditContext(c);
	const member = await memberAt(c);
	if (member?.role === role) return redirectWithResult(c, "/admin/team", "nothing");
	if (member === null || !(await c.var.services.identity.members.setRole(member.id, role, context))) {
		return showTeam(c, { errorMessage: strings.lastOwner, status: 409 });
	}
	return redirectWithResult(c, "/admin/team", context.operation);
});

team.post("/admin/team/:id{[1-9][0-9]{0,14}}/removal", ownersOnly, async (c) => {
	const context = auditContext(c);
	const member = await memberAt(c);
	if (member === null || !(await c.var.services.identity.members.remove(member.id, context))) {
		return showTeam(c, { errorMessage: adminLanguageOf(c).strings.lastOwner, status: 409 });
	}
	return redirectWithResult(c, "/admin/team", context.operation);
});

async function memberAt(c: AppContext): Promise<Member | null> {
	const id = Number(c.req.param("id"));
	return (await c.var.services.identity.members.list()).find((member) => member.id === id) ?? null;
}

type PageState = {
	invited?: { name: string; link: string; again: boolean };
	typed?: { name: string; role: string };
	errorMessage?: string;
	status?: 200 | 201 | 409 | 422;
};

async function showTeam(
	c: AppContext,
	{ invited, typed, errorMessage, status = 200 }: PageState,
): Promise<Response> {
	const props = {
		members: await c.var.services.identity.members.list(),
		invited: invited ?? null,
		typed: typed ?? { name: "", role: "moderator" },
		errorMessage: errorMessage ?? null,
	};
	return c.html(<TeamPage {...(await adminFrame(c))} {...props} />, status);
}
