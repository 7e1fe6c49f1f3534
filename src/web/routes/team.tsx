import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import { invitationLasts, invitationPath, signInvitation } from "../../members/invitation.ts";
import { isRole, type Member, parseMemberName, type Role } from "../../members/member.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { backTo, deskFrame, deskWords, doing } from "../desk.ts";
import { readForm } from "../form.ts";
import { ownersOnly } from "../middleware/desk.ts";
import { TeamPage } from "../views/desk/team.tsx";

/** Who may sign in: the owners' affair. */
export const team = new Hono<AppEnv>();

team.get("/admin/team", ownersOnly, (c) => showTeam(c, {}));

team.post("/admin/team/invitations", ownersOnly, async (c) => {
	const { inviteSecret, now } = c.var.services;
	const form = await readForm(c);
	const typed = { name: form("name"), role: form("role") };
	const name = parseMemberName(typed.name);
	const { strings } = deskWords(c);
	if (name === null) return showTeam(c, { typed, trouble: strings.memberNameWrong, status: 422 });
	const role = isRole(typed.role) ? typed.role : "moderator";
	const stub = { id: crypto.randomUUID(), expiresAt: now() + invitationLasts };
	const token = await signInvitation({ name, role, ...stub }, inviteSecret ?? "");
	await c.var.services.log.record({ ...doing(c), kind: "invited", after: about(name, role) });
	const link = new URL(invitationPath(token), c.req.url).href;
	return showTeam(c, { invited: { name, link }, status: 201 });
});

team.post("/admin/team/:id{[1-9][0-9]{0,14}}/role", ownersOnly, async (c) => {
	const role = (await readForm(c))("role");
	const { strings } = deskWords(c);
	if (!isRole(role)) throw new BlogError("invalid", strings.memberRole);
	const { members } = c.var.services;
	const member = await memberAt(c);
	if (member === null || !(await members.setRole(member.id, role))) {
		return showTeam(c, { trouble: strings.lastOwner, status: 409 });
	}
	return told(c, "ranked", about(member.name, role));
});

team.post("/admin/team/:id{[1-9][0-9]{0,14}}/removal", ownersOnly, async (c) => {
	const { members, now } = c.var.services;
	const member = await memberAt(c);
	if (member === null || !(await members.remove(member.id, now()))) {
		return showTeam(c, { trouble: deskWords(c).strings.lastOwner, status: 409 });
	}
	return told(c, "dismissed", about(member.name, member.role));
});

async function memberAt(c: AppContext): Promise<Member | null> {
	const id = Number(c.req.param("id"));
	return (await c.var.services.members.all()).find((member) => member.id === id) ?? null;
}

const about = (name: string, role: Role) => JSON.stringify({ label: name, role });

/** Writes down what was done about who works here, and shows it. */
async function told(c: AppContext, kind: "ranked" | "dismissed", after: string): Promise<Response> {
	const act = doing(c);
	await c.var.services.log.record({ ...act, kind, after });
	return backTo(c, "/admin/team", act.act);
}

type Shown = {
	invited?: { name: string; link: string };
	typed?: { name: string; role: string };
	trouble?: string;
	status?: 200 | 201 | 409 | 422;
};

async function showTeam(c: AppContext, { invited, typed, trouble, status = 200 }: Shown): Promise<Response> {
	const props = {
		members: await c.var.services.members.all(),
		invited: invited ?? null,
		typed: typed ?? { name: "", role: "moderator" },
		trouble: trouble ?? null,
	};
	return c.html(<TeamPage {...(await deskFrame(c))} {...props} />, status);
}
