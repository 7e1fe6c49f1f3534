import type { Member, Role } from "./member.ts";
import type { Passkey } from "./passkey.ts";
import type { TicketStub } from "./ticket.ts";

/** A signed-in browser. */
export type Session = {
	id: number;
	/** What the browser called itself, shortened to what its owner would recognise. */
	device: string;
	/** Epoch milliseconds, as are the others; `usedAt` is right to a quarter of an hour. */
	createdAt: number;
	usedAt: number;
	expiresAt: number;
};

/** A passkey as its owner sees it in a list. */
export type ListedPasskey = { id: string; device: string; createdAt: number; usedAt: number | null };

/** What the domain asks of the place members and their passkeys are kept in. */
export type MemberRepository = {
	/**
	 * Adds a passkey to the member of that name, who is made if new, takes the role, and is signed out everywhere; with it,
	 * or not at all, spends the token that let them in. Null when the passkey is somebody's already or the token is spent.
	 */
	enrol(
		person: { name: string; role: Role },
		passkey: Passkey,
		device: string,
		at: number,
		token?: TicketStub,
	): Promise<Member | null>;
	/** Adds a passkey to a member; false when it is somebody's already. */
	addPasskey(memberId: number, passkey: Passkey, device: string, at: number): Promise<boolean>;
	/** A passkey of somebody who is still a member. */
	findPasskey(id: string): Promise<{ passkey: Passkey; member: Member } | null>;
	/** Notes that a passkey was used. */
	usePasskey(id: string, counter: number, at: number): Promise<void>;
	passkeysOf(memberId: number): Promise<readonly ListedPasskey[]>;
	/** Removes a member's passkey unless it is their last; whether it did. */
	removePasskey(memberId: number, id: string): Promise<boolean>;
	/** Everyone who may sign in, by name. */
	all(): Promise<readonly (Member & { createdAt: number; sessions: number })[]>;
	/** Changes a role, but not that of the last owner; whether it did. */
	setRole(memberId: number, role: Role): Promise<boolean>;
	/** Ends a membership, its sessions and passkeys, but not the last owner's; whether it did. */
	remove(memberId: number, at: number): Promise<boolean>;
};

/** What the domain asks of the place sessions are kept in; tokens arrive here hashed. */
export type SessionRepository = {
	begin(session: {
		memberId: number;
		device: string;
		token: string;
		at: number;
		expiresAt: number;
	}): Promise<void>;
	/** The session of a token, or of one it has replaced. */
	find(token: string): Promise<(Session & { member: Member; rotatedAt: number; replaced: boolean }) | null>;
	/** Replaces a token, unless somebody else just has. */
	rotate(id: number, change: { from: string; to: string; at: number; expiresAt: number }): Promise<boolean>;
	/** A member's sessions that have not expired, the newest first. */
	of(memberId: number, now: number): Promise<readonly Session[]>;
	/** Ends a session of that member; whether there was one. */
	end(memberId: number, id: number): Promise<boolean>;
	/** Ends every session of a member but one. */
	endOthers(memberId: number, keep: number | null): Promise<void>;
};

/** Remembers tokens that hold only once. */
export type SpentTokens = {
	/** Spends a token's id; false when it was spent before. `expiresAt` says until when that must be remembered. */
	spend(id: string, expiresAt: number, now: number): Promise<boolean>;
	isSpent(id: string): Promise<boolean>;
};
