import type { Member } from "./member.ts";
import type { SessionRepository } from "./repository.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

/** Milliseconds. A token is replaced when older than `rotates`; the one before it holds `grace` longer, for requests under way. */
export const sessionTimes = {
	rotates: 15 * minute,
	grace: minute,
	idle: 14 * day,
	longest: 60 * day,
} as const;

/**
 * Recognises the member behind a session token, handing out a new token when the old one has done its time. A token that
 * was replaced and comes back later than requests take is in two hands: the session ends.
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
	if (found.replaced) {
		if (now < rotatedAt + sessionTimes.grace) return { member, sessionId: id, renewed: null };
		await sessions.end(member.id, id);
		return null;
	}
	if (now < rotatedAt + sessionTimes.rotates) return { member, sessionId: id, renewed: null };
	const renewed = newToken();
	const expiresAt = Math.min(now + sessionTimes.idle, found.createdAt + sessionTimes.longest);
	const rotated = await sessions.rotate(id, { from: hash, to: await hashToken(renewed), at: now, expiresAt });
	return { member, sessionId: id, renewed: rotated ? renewed : null };
}

/** Begins a session with a token nobody has seen before, which is the answer. */
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
		expiresAt: now + sessionTimes.idle,
	});
	return token;
}

/** 256 random bits, base64url. */
export function newToken(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(32));
	return btoa(String.fromCharCode(...bytes)).replace(
		/[+/=]/g,
		(sign) => ({ "+": "-", "/": "_" })[sign] ?? "",
	);
}

/** What is stored of a token: whoever reads the database cannot sign in, and a lookup tells nothing by its timing. */
async function hashToken(token: string): Promise<string> {
	const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
	return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
