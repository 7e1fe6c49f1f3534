import type { Member } from "./member.ts";
import type { SessionRepository } from "./repository.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

/** Milliseconds. A token is replaced when older than `rotation`; the previous one stays valid for `grace`, for concurrent requests. */
export const sessionLifetimes = {
	rotation: 15 * minute,
	grace: minute,
	idle: 14 * day,
	absolute: 60 * day,
} as const;

/**
 * Returns the member of a session token, and a new token when it is due for rotation. A previous token used after the
 * grace period means that the session was copied: the session ends.
 */
export async function resumeSession(
	token: string,
	sessions: SessionRepository,
	now: number,
): Promise<{ member: Member; sessionId: number; renewed: string | null } | null> {
	const hash = await hashToken(token);
	const found = await sessions.find(hash);
	if (found === null) return null;
	const { id, member, rotatedAt } = found;
	if (now >= found.expiresAt) return null;
	if (found.isPreviousToken) {
		if (now < rotatedAt + sessionLifetimes.grace) return { member, sessionId: id, renewed: null };
		await sessions.end(member.id, id);
		return null;
	}
	// A rotation in the future is from before the clock was set back: without a new one, the old token would stay valid.
	const isFresh = rotatedAt <= now && now < rotatedAt + sessionLifetimes.rotation;
	if (isFresh) return { member, sessionId: id, renewed: null };
	const renewed = newToken();
	const expiresAt = Math.min(now + sessionLifetimes.idle, found.createdAt + sessionLifetimes.absolute);
	const rotated = await sessions.rotate(id, { from: hash, to: await hashToken(renewed), at: now, expiresAt });
	return { member, sessionId: id, renewed: rotated ? renewed : null };
}

/** Begins a session and returns its token. */
export async function beginSession(
	memberId: number,
	device: string,
	sessions: SessionRepository,
	now: number,
): Promise<string> {
	const token = newToken();
	await sessions.begin({
		memberId,
		device,
		token: await hashToken(token),
		at: now,
		expiresAt: now + sessionLifetimes.idle,
	});
	return token;
}

/** Returns 256 random bits, base64url. */
export function newToken(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(32));
	return btoa(String.fromCharCode(...bytes)).replace(
		/[+/=]/g,
		(sign) => ({ "+": "-", "/": "_" })[sign] ?? "",
	);
}

/** Hashes a token for storage: read access to the database gives no session, and look-ups leak nothing by timing. */
async function hashToken(token: string): Promise<string> {
	const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
	return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
