import type { MiddlewareHandler } from "hono";
import { BlogError } from "../../errors.ts";
import type { CurrentMember } from "../../members/member.ts";
import { resumeSession } from "../../members/session.ts";
import { storeFor } from "../http/consistency.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { adminLanguageOf, currentMember, databaseFailureMessage } from "./request.ts";
import { readSessionToken, setSessionCookie } from "./session-cookie.ts";
import { showSignIn } from "./show-sign-in.tsx";
import { readSubmittedForm } from "./submitted-form.ts";

/** Paths that need no session, because they create one. */
const publicPaths: ReadonlySet<string> = new Set(["/admin/sign-in", "/admin/session", "/admin/enrolment"]);

/** Minimum length of a secret, in characters. */
const secretMinLength = 32;

/** Refuses every request while the deployment's secrets are missing. */
export const requireSecrets: MiddlewareHandler<AppEnv> = async (c, next) => {
	const missing = missingSecrets(c);
	if (missing.length === 0) return next();
	c.var.services.log("secrets are missing", { missing });
	const { secretsMissing } = adminLanguageOf(c).strings;
	throw new BlogError("unavailable", secretsMissing.replace("{missing}", missing.join(", ")));
};

/** Lets only members past the sign-in pages. A page requested without a session is shown after signing in. */
export const requireMember: MiddlewareHandler<AppEnv> = async (c, next) => {
	// The member is read from the primary, everything else from the nearest replica that has caught up with that: a removed
	// member is out at once, and moderators see their own decisions, without a cookie to carry the bookmark.
	storeFor(c, "primary");
	if (await admit(c)) return next();
	const isRead = c.req.method === "GET" || c.req.method === "HEAD";
	if (!isRead) return refuseWithSignIn(c);
	const { pathname, search } = new URL(c.req.url);
	return c.redirect(`/admin/sign-in?to=${encodeURIComponent(pathname + search)}`, 303);
};

/** Answers a form that was sent without a session with the sign-in page, which keeps it; anything else with an error. */
async function refuseWithSignIn(c: AppContext): Promise<Response> {
	const { strings } = adminLanguageOf(c);
	const unsent = await readSubmittedForm(c);
	if (unsent === null || c.req.path === "/admin/session/end")
		throw new BlogError("forbidden", strings.membersOnly);
	return showSignIn(c, "/admin", strings.sessionEnded, { unsent });
}

/** Whether the request may pass: it is for a sign-in page or comes from a member, whom it sets as `actor`. */
async function admit(c: AppContext): Promise<boolean> {
	if (publicPaths.has(c.req.path)) return true;
	const actor = await identify(c).catch((error) => {
		if (error instanceof BlogError) throw error;
		throw new BlogError("unavailable", databaseFailureMessage(c, error), { cause: error });
	});
	if (actor !== null) c.set("actor", actor);
	return actor !== null;
}

/** Lets owners through and refuses moderators. */
export const ownersOnly: MiddlewareHandler<AppEnv> = async (c, next) => {
	if (currentMember(c).role !== "owner")
		throw new BlogError("forbidden", adminLanguageOf(c).strings.ownersOnly);
	await next();
};

function missingSecrets(c: AppContext): string[] {
	const { signing, invite } = c.var.services.secrets;
	return Object.entries({ SIGNING_SECRET: signing, INVITE_SECRET: invite })
		.filter(([, secret]) => secret === null || secret.length < secretMinLength)
		.map(([name]) => name);
}

/** Finds the member by session cookie or Cloudflare Access token; null when there is neither. */
async function identify(c: AppContext): Promise<CurrentMember | null> {
	const { identity, clock, log } = c.var.services;
	const token = readSessionToken(c);
	const resumed = token === null ? null : await resumeSession(token, identity.sessions, clock.now());
	if (resumed !== null) {
		if (resumed.renewed !== null) setSessionCookie(c, resumed.renewed);
		const { id, name, role } = resumed.member;
		return { name, role, memberId: id, sessionId: resumed.sessionId };
	}
	const assertion = c.req.header("Cf-Access-Jwt-Assertion");
	if (identity.access === null || assertion === undefined) return null;
	const known = await identity.access(assertion, clock.now(), log);
	if (known === null) throw new BlogError("forbidden", adminLanguageOf(c).strings.accessUnknown);
	return { ...known, memberId: null, sessionId: null };
}
