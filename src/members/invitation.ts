import * as v from "valibot";
import type { Member } from "./member.ts";
import { signToken, type TokenClaims, verifyToken } from "./signed-token.ts";

/** A one-time invitation to become a member by registering a passkey. */
export type Invitation = Pick<Member, "name" | "role"> & TokenClaims;

/** Milliseconds for which an invitation is valid. */
export const invitationLifetime = 24 * 60 * 60_000;

const body = v.object({ name: v.string(), role: v.picklist(["owner", "moderator"]) });

/** Signs an invitation with the deployment's secret. */
export function signInvitation({ name, role, ...claims }: Invitation, secret: string): Promise<string> {
	return signToken("invitation", { name, role }, claims, secret);
}

/** Verifies an invitation; null if it was signed with another secret or has expired. */
export function readInvitation(token: string, secret: string, now: number): Promise<Invitation | null> {
	return verifyToken("invitation", token, body, secret, now);
}

/** Returns the path at which an invitation is accepted. */
export function invitationPath(token: string): string {
	return `/admin/enrolment?invitation=${token}`;
}
