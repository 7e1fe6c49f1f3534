import type { NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { BlogError, type BlogErrorCode } from "../errors.ts";
import { nearestPosts } from "../posts/nearest.ts";
import { cache } from "./caching.ts";
import type { AppContext, AppEnv } from "./context.ts";
import { deskTrouble, deskWords, isDesk } from "./desk.ts";
import { fill, stringsFor } from "./strings/strings.ts";
import { isDatabaseFailure, troubleOf } from "./thread.ts";
import { DeskTroublePage, type SentForm } from "./views/desk/trouble.tsx";
import { ErrorPage, NotFoundPage } from "./views/error.tsx";

const statuses: Record<BlogErrorCode, ContentfulStatusCode> = {
	invalid: 400,
	forbidden: 403,
	not_found: 404,
	gone: 410,
	too_large: 413,
	unsupported: 415,
	too_many: 429,
	unavailable: 503,
};

/** Answers a refusal with its own sentence, and a fault with a plain one and a number that is also in the log. */
export async function answerError(error: Error, c: AppContext): Promise<Response> {
	cache(c, "none");
	const { archive } = c.var.services;
	if (isDesk(c.req.path)) return answerAtDesk(error, c);
	const strings = stringsFor(archive.site.language);
	const status = statusOf(error);
	if (status === 500) {
		const text = fill(strings.errorBody, { id: logged(error, c) });
		return c.html(<ErrorPage archive={archive} title={strings.errorTitle} text={text} />, status);
	}
	if (messageOf(error) === null) troubleOf(error, c);
	const text = messageOf(error) ?? strings.meUnavailable;
	return c.html(<ErrorPage archive={archive} title={strings.refusedTitle} text={text} />, status);
}

/** The same in the desk's language; a form that the database failed is given back as it was filled in. */
async function answerAtDesk(error: Error, c: AppContext): Promise<Response> {
	const words = deskWords(c);
	const { strings } = words;
	const status = statusOf(error);
	const [title, text] =
		status === 500
			? [strings.faultTitle, fill(strings.faultText, { id: logged(error, c) })]
			: [strings.refusedTitle, messageOf(error) ?? deskTrouble(c, error)];
	const { archive } = c.var.services;
	const frame = { archive, actor: c.var.actor ?? null, path: c.req.path, ...words };
	// The database is only asked after the form's origin and size were seen to; nothing else is given back.
	const failed = isDatabaseFailure(error instanceof BlogError ? error.cause : error);
	const sent = failed && c.req.method === "POST" ? await sentForm(c) : null;
	return c.html(<DeskTroublePage {...frame} title={title} text={text} sent={sent} />, status);
}

function statusOf(error: Error): ContentfulStatusCode {
	if (error instanceof BlogError) return statuses[error.code];
	if (error instanceof HTTPException) return error.status as ContentfulStatusCode;
	return isDatabaseFailure(error) ? statuses.unavailable : 500;
}

const messageOf = (error: Error) =>
	error instanceof BlogError || error instanceof HTTPException ? error.message : null;

/** Writes a fault to the log; the number under which it is found there. */
function logged(error: Error, c: AppContext): string {
	const id = c.var.requestId;
	console.error(JSON.stringify({ requestId: id, path: c.req.path, error: loggable(error) }));
	return id;
}

/** Fields of the largest form there is, a page of selected comments, and then some; more is nobody's typing. */
const mostFields = 100;

/** What was posted, to be sent again; null for what cannot be, such as the answer to a challenge, and for no form. */
async function sentForm(c: AppContext): Promise<SentForm | null> {
	const body = await c.req.formData().catch(() => null);
	if (body === null || body.has("credential")) return null;
	const fields = [...body].flatMap(([name, value]) => (typeof value === "string" ? [{ name, value }] : []));
	if (fields.length > mostFields) return null;
	const { pathname, search } = new URL(c.req.url);
	return { action: pathname + search, fields };
}

/** What a failed query failed of: its own message has every parameter in it, people's words and addresses too. */
function loggable(error: Error): string {
	const told = "params" in error && error.cause instanceof Error ? error.cause : error;
	return String(told.stack ?? told);
}

/** A 404 that offers the way on: the posts whose names are most like the address, and the latest. */
export const answerNotFound: NotFoundHandler<AppEnv> = (c) => {
	const { archive, now } = c.var.services;
	cache(c, "none");
	const posts = archive.published(now());
	const nearest = nearestPosts(c.req.path, posts, 5);
	return c.html(<NotFoundPage archive={archive} nearest={nearest} latest={posts.slice(0, 5)} />, 404);
};
