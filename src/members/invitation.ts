import * as v from "valibot";
import { type SignOptions, type SingleUse, signToken, tokenKind, verifyToken } from "../tokens/token.ts";
import type { Member } from "./member.ts";

/** A one-time invitation to become a member by registering a passkey. */
export type Invitation = Pick<Member, "name" | "role"> & SingleUse;

/** Invites one person; valid for a day. */
export const invitationToken = tokenKind(
	"invitation",
	v.object({ name: v.string(), role: v.picklist(["owner", "moderator"]) }),
	{ lifetime: 24 * 60 * 60_000, singleUse: true },
);

/** Signs an invitation with the deployment's secret. */
export function signInvitation(
	{ name, role }: Pick<Member, "name" | "role">,
	secret: string,
	options: SignOptions,
): Promise<string> {
	return signToken(invitationToken, { name, role }, secret, options);
}

/** Verifies an invitation; null if it was signed with another secret or has expired. */
export function readInvitation(token: string, secret: string, now: number): Promise<Invitation | null> {
	return verifyToken(invitationToken, token, secret, now);
}

/** Returns the path at which an invitation is accepted. */
export function invitationPath(token: string): string {
	return `/admin/enrolment?invitation=${token}`;
}
