/** The Worker that prints an invitation link; the script `invite` runs it by `workerd test`. */
import { invitationPath, signInvitation } from "../members/invitation.ts";
import { isRole, parseMemberName } from "../members/member.ts";

type Env = {
	/** The blog's address, without a slash at the end, and its author's name. */
	SITE: { url: string; author: string };
	INVITE_SECRET: string;
	/** The arguments of the script; null if they are not given. */
	NAME: string | null;
	ROLE: string | null;
};

export default {
	async test(_controller: unknown, { SITE, INVITE_SECRET, NAME, ROLE }: Env): Promise<void> {
		const role = ROLE || "owner";
		const name = parseMemberName(NAME || SITE.author);
		if (!isRole(role)) throw new Error(`The role is "${role}"; write owner or moderator.`);
		if (name === null) throw new Error(`"${NAME}" cannot be a member's name.`);
		const token = await signInvitation({ name, role }, INVITE_SECRET, { now: Date.now() });
		console.log(`Invitation for ${name} (${role}); the link works once, within 24 hours:`);
		console.log(SITE.url + invitationPath(token));
	},
};
