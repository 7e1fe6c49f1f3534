import { randomUUID } from "node:crypto";
import { sessionRepository } from "../../src/db/member-sessions.ts";
import { memberRepository } from "../../src/db/members.ts";
import { signInvitation } from "../../src/members/invitation.ts";
import type { Role } from "../../src/members/member.ts";
import { beginSession } from "../../src/members/session.ts";
import { type Authenticator, softAuthenticator } from "./authenticator.ts";
import { type Blog, inviteSecret } from "./blog.ts";

/** The clock tests start at. */
export const testStart = Date.parse("2026-01-01T00:00:00Z");

/** Signs an invitation as `npm run invite` would. */
export function invitation(
	name: string,
	role: Role,
	{ secret = inviteSecret, expiresAt = testStart + 60_000, id = randomUUID() } = {},
): Promise<string> {
	return signInvitation({ name, role }, secret, { id, expiresAt });
}

/** The fields of a passkey form. */
export type CeremonyPage = { options: string; challengeToken: string; html: string };

/** Reads the passkey form of a page. */
export async function ceremonyOf(response: Response): Promise<CeremonyPage> {
	const html = await response.text();
	const options = plainText(/data-options="([^"]*)"/.exec(html)?.[1] ?? "");
	return { options, challengeToken: /name="challengeToken" value="([^"]*)"/.exec(html)?.[1] ?? "", html };
}

/** Enrols a new passkey through an invitation; gives the answer and the passkey. */
export async function enrol(blog: Blog, token: string, authenticator: Authenticator = softAuthenticator()) {
	const page = await ceremonyOf(await blog.get(`/admin/enrolment?invitation=${token}`));
	const credential = authenticator.enrol(page.options, blog.origin);
	const response = await blog.post("/admin/enrolment", {
		invitation: token,
		challengeToken: page.challengeToken,
		credential,
	});
	return { response, authenticator, cookie: cookieOf(response) };
}

/** A signed-in member without the ceremony, for tests of what comes after it: the Cookie header of their browser. */
export async function signedIn(
	blog: Blog,
	name: string,
	role: Role,
	at = testStart,
): Promise<{ Cookie: string }> {
	const passkey = { id: randomUUID(), publicKey: "", counter: 0, transports: [] };
	const members = memberRepository(blog.db);
	const enrolment = { at, operation: randomUUID() };
	const member = await members.acceptInvitation({ name, role }, passkey, "Test", enrolment);
	// Tests look at the log for what they do themselves.
	await blog.db.prepare("DELETE FROM audit_log WHERE operation = ?").bind(enrolment.operation).run();
	const token = await beginSession(member?.id ?? 0, "Test", sessionRepository(blog.db), at);
	return { Cookie: `session=${token}` };
}

/** The session cookie a response sets, as the browser sends it back; "" when it sets none. */
export function cookieOf(response: Response): string {
	const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
	return cookies.find((cookie) => cookie.startsWith("session=")) ?? "";
}

const entities: Record<string, string> = { quot: '"', amp: "&", lt: "<", gt: ">", "#39": "'" };

function plainText(text: string): string {
	return text.replace(/&(quot|amp|lt|gt|#39);/g, (_, name: string) => entities[name] ?? "");
}
