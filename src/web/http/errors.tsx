import type { NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { BlogError, type BlogErrorCode } from "../../errors.ts";
import { findSimilarPosts } from "../../posts/similar-paths.ts";
import { AdminErrorPage, type SubmittedForm } from "../admin/error-page.tsx";
import { adminLanguageOf, databaseFailureMessage, isAdminPath } from "../admin/request.ts";
import { isDatabaseFailure, logThreadFailure } from "../site/read-thread.ts";
import { ErrorPage, NotFoundPage } from "../ui/error-page.tsx";
import { fill, stringsFor } from "../ui/strings/strings.ts";
import { cache } from "./caching.ts";
import type { AppContext, AppEnv } from "./context.ts";

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

/** Renders an expected error with its own message, and an unexpected one with a plain sentence and the request id in the log. */
export async function answerError(error: Error, c: AppContext): Promise<Response> {
	cache(c, "none");
	const { archive } = c.var.services;
	if (isAdminPath(c.req.path)) return answerAdminError(error, c);
	const strings = stringsFor(archive.site.language);
	const status = statusOf(error);
	if (status === 500) {
		const text = fill(strings.errorBody, { id: logFault(error, c) });
		return c.html(<ErrorPage archive={archive} title={strings.errorTitle} text={text} />, status);
	}
	if (messageOf(error) === null) logThreadFailure(error, c);
	const text = messageOf(error) ?? strings.unavailable;
	return c.html(<ErrorPage archive={archive} title={strings.refusedTitle} text={text} />, status);
}

/** Renders an error below `/admin`; a form that failed because of the database is returned as it was filled in. */
async function answerAdminError(error: Error, c: AppContext): Promise<Response> {
	const words = adminLanguageOf(c);
	const { strings } = words;
	const status = statusOf(error);
	const [title, text] =
		status === 500
			? [strings.errorTitle, fill(strings.errorText, { id: logFault(error, c) })]
			: [strings.refusedTitle, messageOf(error) ?? databaseFailureMessage(c, error)];
	const { archive } = c.var.services;
	const frame = { archive, actor: c.var.actor ?? null, path: c.req.path, ...words };
	// Handlers query the database only after they have checked the form's origin and size; no other form is returned.
	const failed = isDatabaseFailure(error instanceof BlogError ? error.cause : error);
	const sent = failed && c.req.method === "POST" ? await sentForm(c) : null;
	return c.html(<AdminErrorPage {...frame} title={title} text={text} form={sent} />, status);
}

function statusOf(error: Error): ContentfulStatusCode {
	if (error instanceof BlogError) return statuses[error.code];
	if (error instanceof HTTPException) return error.status as ContentfulStatusCode;
	return isDatabaseFailure(error) ? statuses.unavailable : 500;
}

const messageOf = (error: Error) =>
	error instanceof BlogError || error instanceof HTTPException ? error.message : null;

/** Logs an unexpected error and returns the request id it is logged under. */
function logFault(error: Error, c: AppContext): string {
	const id = c.var.requestId;
	console.error(JSON.stringify({ requestId: id, path: c.req.path, error: stackOf(error) }));
	return id;
}

/** Most fields of a returned form: more than the largest, a page of selected comments, has. */
const maxFields = 100;

/** Reads the posted form so that it can be sent again; null without one, or if it holds a passkey's single-use answer. */
async function sentForm(c: AppContext): Promise<SubmittedForm | null> {
	const body = await c.req.formData().catch(() => null);
	if (body === null || body.has("credential")) return null;
	const fields = [...body].flatMap(([name, value]) => (typeof value === "string" ? [{ name, value }] : []));
	if (fields.length > maxFields) return null;
	const { pathname, search } = new URL(c.req.url);
	return { action: pathname + search, fields };
}

/** Returns the stack to log. For a failed query it is the cause's: Drizzle's message contains every parameter, personal data too. */
function stackOf(error: Error): string {
	const logged = "params" in error && error.cause instanceof Error ? error.cause : error;
	return String(logged.stack ?? logged);
}

/** Renders a 404 with the posts whose paths are most similar to the URL, and the latest ones. */
export const answerNotFound: NotFoundHandler<AppEnv> = (c) => {
	const { archive, now } = c.var.services;
	cache(c, "none");
	const posts = archive.published(now());
	const nearest = findSimilarPosts(c.req.path, posts, 5);
	return c.html(<NotFoundPage archive={archive} nearest={nearest} latest={posts.slice(0, 5)} />, 404);
};
