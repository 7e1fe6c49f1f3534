import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import { invitationLasts, invitationPath, signInvitation } from "../../members/invitation.ts";
import { isRole, parseMemberName } from "../../members/member.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { deskFrame, deskWords } from "../desk.ts";
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
	const link = new URL(invitationPath(token), c.req.url).href;
	return showTeam(c, { invited: { name, link }, status: 201 });
});

team.post("/admin/team/:id{[1-9][0-9]{0,14}}/role", ownersOnly, async (c) => {
	const role = (await readForm(c))("role");
	const { strings } = deskWords(c);
	if (!isRole(role)) throw new BlogError("invalid", strings.memberRole);
	const changed = await c.var.services.members.setRole(Number(c.req.param("id")), role);
	return changed ? c.redirect("/admin/team", 303) : showTeam(c, { trouble: strings.lastOwner, status: 409 });
});

team.post("/admin/team/:id{[1-9][0-9]{0,14}}/removal", ownersOnly, async (c) => {
	const { members, now } = c.var.services;
	const removed = await members.remove(Number(c.req.param("id")), now());
	const trouble = deskWords(c).strings.lastOwner;
	return removed ? c.redirect("/admin/team", 303) : showTeam(c, { trouble, status: 409 });
});

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
