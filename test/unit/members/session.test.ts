import { beforeEach, describe, expect, it } from "vitest";
import { beginSession, newToken, resumeSession, sessionLifetimes } from "../../../src/members/session.ts";
import { sessionsInMemory } from "../../support/fakes/sessions.ts";

const { rotation, grace, idle, absolute } = sessionLifetimes;
const start = Date.parse("2026-01-01T00:00:00Z");

let sessions: ReturnType<typeof sessionsInMemory>;
let token: string;

beforeEach(async () => {
	sessions = sessionsInMemory();
	token = await beginSession(7, "Firefox on Linux", sessions, start);
});

const resume = (with_: string, at: number) => resumeSession(with_, sessions, at);

/** Resumes the session so late that its token is replaced, and returns the new token. */
async function rotated(at: number): Promise<string> {
	const renewed = (await resume(token, at))?.renewed;
	if (renewed == null) throw new Error("the token was not replaced");
	return renewed;
}

describe("a member's session", () => {
	it("resumes by the token it began with", async () => {
		expect(await resume(token, start + 1)).toEqual({
			member: { id: 7, name: "Mika", role: "owner" },
			sessionId: 1,
			renewed: null,
		});
	});

	it("does not resume by another token, nor by the hash that is stored", async () => {
		expect(await resume(newToken(), start + 1)).toBeNull();
		expect(await resume(sessions.rows[0]?.token ?? "", start + 1)).toBeNull();
	});

	it("stores only a hash of its token", () => {
		expect(JSON.stringify(sessions.rows)).not.toContain(token);
		expect(sessions.rows[0]?.token).toMatch(/^[0-9a-f]{64}$/);
	});

	it("keeps its token until the rotation is due, and replaces it then", async () => {
		expect((await resume(token, start + rotation - 1))?.renewed).toBeNull();
		const renewed = await rotated(start + rotation);
		expect(renewed).not.toBe(token);
		expect(await resume(renewed, start + rotation + 1)).toMatchObject({ sessionId: 1, renewed: null });
	});

	it("accepts the previous token while requests with it may be under way", async () => {
		const renewed = await rotated(start + rotation);
		const last = start + rotation + grace - 1;
		expect(await resume(token, last)).toMatchObject({ sessionId: 1, renewed: null });
		expect(await resume(renewed, last)).not.toBeNull();
	});

	it("goes on when the clock is set back, and the previous token does not live longer for it", async () => {
		const renewed = await rotated(start + rotation);
		const back = start + rotation - 3_600_000;
		expect(await resume(token, back)).toMatchObject({ sessionId: 1, renewed: null });
		const again = (await resume(renewed, back))?.renewed ?? "";
		expect(await resume(token, back + 1)).toBeNull();
		expect(await resume(again, back + 1)).toMatchObject({ sessionId: 1, renewed: null });
		expect(await resume(renewed, back + grace)).toBeNull();
	});

	it("ends when the previous token is used later, for its copy as well", async () => {
		const renewed = await rotated(start + rotation);
		expect(await resume(token, start + rotation + grace)).toBeNull();
		expect(sessions.rows).toEqual([]);
		expect(await resume(renewed, start + rotation + grace)).toBeNull();
	});

	it("gives no new token to the slower of two requests that rotate at once", async () => {
		const { rotate } = sessions;
		sessions.rotate = async (id, change) => {
			await rotate(id, { ...change, to: "the other request's" });
			return rotate(id, change);
		};
		expect(await resume(token, start + rotation)).toMatchObject({ sessionId: 1, renewed: null });
		expect(sessions.rows[0]?.token).toBe("the other request's");
	});

	it("expires when it is not used, and lives on when it is", async () => {
		expect(await resume(token, start + idle)).toBeNull();
		const renewed = await rotated(start + idle - 1);
		expect(await resume(renewed, start + idle)).not.toBeNull();
	});

	it("expires for good after its absolute lifetime, however much it is used", async () => {
		let current = token;
		for (let at = start; at < start + absolute; at += idle - 1)
			current = (await resume(current, at))?.renewed ?? current;
		expect(sessions.rows[0]?.expiresAt).toBe(start + absolute);
		expect(await resume(current, start + absolute - 1)).not.toBeNull();
		expect(await resume(current, start + absolute)).toBeNull();
	});
});

describe("a token", () => {
	it("is 256 random bits that a cookie can carry", () => {
		const tokens = Array.from({ length: 100 }, newToken);
		for (const made of tokens) expect(made).toMatch(/^[\w-]{43}$/);
		expect(new Set(tokens).size).toBe(100);
	});
});
