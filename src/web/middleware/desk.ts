import type { MiddlewareHandler } from "hono";
import { BlogError } from "../../errors.ts";
import type { Actor } from "../../members/member.ts";
import { resumeSession } from "../../members/session.ts";
import { cache } from "../caching.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { actorOf, deskTrouble, deskWords } from "../desk.ts";
import { boundedBody } from "../form.ts";
import { readAt } from "../reading.ts";
import { keepSession, sessionToken } from "../session-cookie.ts";
import { isSameOrigin } from "./same-origin.ts";

/** Where somebody without a session may come: the ways to get one. */
const open: ReadonlySet<string> = new Set(["/admin/sign-in", "/admin/session", "/admin/enrolment"]);

/** Fewer characters than this are not a secret. */
const shortestSecret = 32;

/**
 * The wall around `/admin`, for whatever method: closed without its secrets, deaf to other sites, and past the ways to
 * sign in open to members only. A page that was asked for comes after signing in.
 */
export const deskWall: MiddlewareHandler<AppEnv> = async (c, next) => {
	cache(c, "none");
	const { strings } = deskWords(c);
	const missing = missingSecrets(c);
	if (missing.length > 0) {
		console.error(JSON.stringify({ requestId: c.var.requestId, deskClosedWithout: missing }));
		throw new BlogError("unavailable", strings.deskClosed.replace("{missing}", missing.join(", ")));
	}
	// Who is asking is read from the primary, the rest from the nearest copy that has caught up with that: a member who was
	// removed is out at once, and whoever decided sees it decided, without a cookie to carry the bookmark.
	readAt(c, "primary");
	const reads = c.req.method === "GET" || c.req.method === "HEAD";
	if (!reads && !isSameOrigin(c)) throw new BlogError("forbidden", strings.refusedHere);
	if (reads) {
		if (await admit(c)) return next();
		const { pathname, search } = new URL(c.req.url);
		return c.redirect(`/admin/sign-in?to=${encodeURIComponent(pathname + search)}`, 303);
	}
	// Read before the database is asked for anything: a form that it fails is given back.
	return boundedBody(c, async () => {
		if (!(await admit(c))) throw new BlogError("forbidden", strings.membersOnly);
		await next();
	});
};

/** Whether the request may go past the wall: a member's, or whosever on the ways to sign in. */
async function admit(c: AppContext): Promise<boolean> {
	if (open.has(c.req.path)) return true;
	const actor = await identify(c).catch((error) => {
		if (error instanceof BlogError) throw error;
		throw new BlogError("unavailable", deskTrouble(c, error), { cause: error });
	});
	if (actor !== null) c.set("actor", actor);
	return actor !== null;
}

/** Lets owners on, and tells moderators that they are not. */
export const ownersOnly: MiddlewareHandler<AppEnv> = async (c, next) => {
	if (actorOf(c).role !== "owner") throw new BlogError("forbidden", deskWords(c).strings.ownersOnly);
	await next();
};

function missingSecrets(c: AppContext): string[] {
	const { signingSecret, inviteSecret } = c.var.services;
	const secrets = { SIGNING_SECRET: signingSecret, INVITE_SECRET: inviteSecret };
	return Object.entries(secrets)
		.filter(([, secret]) => secret === null || secret.length < shortestSecret)
		.map(([name]) => name);
}

/** The member behind the session's cookie or Cloudflare Access's token; null for anybody else. */
async function identify(c: AppContext): Promise<Actor | null> {
	const { access, sessions, now } = c.var.services;
	const token = sessionToken(c);
	const resumed = token === null ? null : await resumeSession(token, sessions, now());
	if (resumed !== null) {
		if (resumed.renewed !== null) keepSession(c, resumed.renewed);
		const { id, name, role } = resumed.member;
		return { name, role, memberId: id, sessionId: resumed.sessionId };
	}
	const assertion = c.req.header("Cf-Access-Jwt-Assertion");
	if (access === null || assertion === undefined) return null;
	const known = await access(assertion, now());
	if (known === null) throw new BlogError("forbidden", deskWords(c).strings.accessUnknown);
	return { ...known, memberId: null, sessionId: null };
}
