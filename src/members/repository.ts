import type { SingleUse } from "../tokens/token.ts";
import type { Member, Role } from "./member.ts";
import type { Passkey } from "./passkey.ts";

/** A signed-in browser. */
export type Session = {
	id: number;
	/** Browser and operating system, from the User-Agent. */
	device: string;
	/** Epoch milliseconds, as are the others; `usedAt` is accurate to a quarter of an hour. */
	createdAt: number;
	usedAt: number;
	expiresAt: number;
};

/** A passkey as listed for its owner. */
export type PasskeySummary = { id: string; device: string; createdAt: number; usedAt: number | null };

/** The actor, reason, time and operation with which a change of a member is logged. */
export type MemberChange = { actor: string; reason: string; at: number; operation: string };

/** Stores members and their passkeys. */
export type MemberRepository = {
	/**
	 * Registers a passkey for the member of that name, who is created if new, gets the role, loses all earlier passkeys and is
	 * signed out everywhere; marks the invitation's token as used and logs it, in one transaction. Null if the passkey is
	 * registered or the token used already.
	 */
	acceptInvitation(
		person: { name: string; role: Role },
		passkey: Passkey,
		device: string,
		enrolment: { at: number; operation: string },
		token?: SingleUse,
	): Promise<Member | null>;
	/** Adds a passkey to a member; false if it is registered already. */
	addPasskey(memberId: number, passkey: Passkey, device: string, at: number): Promise<boolean>;
	/** Finds a passkey of a current member. */
	findPasskey(id: string): Promise<{ passkey: Passkey; member: Member } | null>;
	/** Records a use of a passkey. */
	recordPasskeyUse(id: string, counter: number, at: number): Promise<void>;
	listPasskeys(memberId: number): Promise<readonly PasskeySummary[]>;
	/** Removes a member's passkey; false if it is their last. */
	removePasskey(memberId: number, id: string): Promise<boolean>;
	/** Returns all current members, by name. */
	list(): Promise<readonly (Member & { createdAt: number; sessions: number })[]>;
	/** Changes a role and logs it; false for the last owner, and for a member who has the role. */
	setRole(memberId: number, role: Role, context: MemberChange): Promise<boolean>;
	/** Removes a member with all sessions and passkeys and logs it; false for the last owner. */
	remove(memberId: number, context: MemberChange): Promise<boolean>;
};

/** Stores sessions; tokens are passed hashed. */
export type SessionRepository = {
	begin(session: {
		memberId: number;
		device: string;
		token: string;
		at: number;
		expiresAt: number;
	}): Promise<void>;
	/** Finds the session by its current or previous token. */
	find(
		token: string,
	): Promise<(Session & { member: Member; rotatedAt: number; isPreviousToken: boolean }) | null>;
	/** Replaces the token of a session; false if another request has just done so. */
	rotate(id: number, change: { from: string; to: string; at: number; expiresAt: number }): Promise<boolean>;
	/** Returns a member's unexpired sessions, newest first. */
	list(memberId: number, now: number): Promise<readonly Session[]>;
	/** Ends a session of a member; false if there is none. */
	end(memberId: number, id: number): Promise<boolean>;
	/** Ends all sessions of a member except one. */
	endOthers(memberId: number, keep: number | null): Promise<void>;
};

/** Stores which single-use tokens have been used. */
export type UsedTokenRepository = {
	/** Marks a token as used; false if it was used before. The record is kept until `expiresAt`. */
	use(id: string, expiresAt: number, now: number): Promise<boolean>;
	isUsed(id: string): Promise<boolean>;
};
