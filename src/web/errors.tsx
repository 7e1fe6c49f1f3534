import type { NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { BlogError, type BlogErrorCode } from "../errors.ts";
import { nearestPosts } from "../posts/nearest.ts";
import { cache } from "./caching.ts";
import type { AppContext, AppEnv } from "./context.ts";
import { fill, stringsFor } from "./strings/strings.ts";
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
export function answerError(error: Error, c: AppContext): Response | Promise<Response> {
	cache(c, "none");
	const { archive } = c.var.services;
	const strings = stringsFor(archive.site.language);
	if (error instanceof BlogError || error instanceof HTTPException) {
		const status = error instanceof BlogError ? statuses[error.code] : error.status;
		return c.html(
			<ErrorPage archive={archive} title={strings.refusedTitle} text={error.message} />,
			status as ContentfulStatusCode,
		);
	}
	const id = c.var.requestId;
	console.error(JSON.stringify({ requestId: id, path: c.req.path, error: loggable(error) }));
	const text = fill(strings.errorBody, { id });
	return c.html(<ErrorPage archive={archive} title={strings.errorTitle} text={text} />, 500);
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
