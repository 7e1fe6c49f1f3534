import * as v from "valibot";
import type { Member } from "./member.ts";
import { readTicket, signTicket, type TicketStub } from "./ticket.ts";

/** A link by which one person enrols one passkey, once. */
export type Invitation = Pick<Member, "name" | "role"> & TicketStub;

/** Milliseconds for which an invitation can be taken up. */
export const invitationLasts = 24 * 60 * 60_000;

const body = v.object({ name: v.string(), role: v.picklist(["owner", "moderator"]) });

/** Signs an invitation with the deployment's secret. */
export function signInvitation({ name, role, ...stub }: Invitation, secret: string): Promise<string> {
	return signTicket("invitation", { name, role }, stub, secret);
}

/** Reads an invitation back, or null when it was not made with this secret or has lapsed. */
export function readInvitation(token: string, secret: string, now: number): Promise<Invitation | null> {
	return readTicket("invitation", token, body, secret, now);
}

/** The path at which an invitation is taken up. */
export function invitationPath(token: string): string {
	return `/admin/enrolment?invitation=${token}`;
}
