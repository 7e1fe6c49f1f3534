/** What a member may do: a moderator works the desk; an owner also decides who else does, and by which rules. */
export type Role = "owner" | "moderator";

/** Somebody who may sign in. Names are unique: the log of decisions is written with them. */
export type Member = { id: number; name: string; role: Role };

/** Who is asking at the desk: a member by their session, or somebody Cloudflare Access vouches for. */
export type Actor = { name: string; role: Role; memberId: number | null; sessionId: number | null };

/** Whether a string from outside names a role. */
export function isRole(name: string): name is Role {
	return name === "owner" || name === "moderator";
}

/** Most characters (code points) of a member's name. */
export const longestName = 60;

/** A name fit for a member: one line, 1 to 60 characters; null for any other. */
export function parseMemberName(typed: string): string | null {
	const name = typed
		.normalize("NFC")
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
		.replace(/\s+/g, " ")
		.trim();
	return name === "" || [...name].length > longestName ? null : name;
}
