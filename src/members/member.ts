import { cleanLine } from "../text/line.ts";
import { isVisible, stripInvisible } from "../text/visible.ts";

/** The roles: moderators decide about comments; owners also manage members and moderation settings. */
export const roles = ["owner", "moderator"] as const;
export type Role = (typeof roles)[number];

/** A person who may sign in. Names are unique, since the audit log identifies members by name. */
export type Member = { id: number; name: string; role: Role };

/** The signed-in member of a request, authenticated by session or by Cloudflare Access (then both ids are null). */
export type CurrentMember = { name: string; role: Role; memberId: number | null; sessionId: number | null };

/** Whether a string is the name of a role. */
export function isRole(name: string): name is Role {
	return (roles as readonly string[]).includes(name);
}

/** Most characters (code points) of a member's name. */
export const maxNameLength = 60;

/**
 * Parses a member's name: one line, 1 to 60 characters; null if it is invalid. Characters without a glyph are removed, since
 * the audit log identifies members by name, except those that shape the letters and emoji beside them.
 */
export function parseMemberName(typed: string): string | null {
	const name = cleanLine(stripInvisible(cleanLine(typed)));
	return isVisible(name) && [...name].length <= maxNameLength ? name : null;
}
