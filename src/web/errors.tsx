import type { NotFoundHandler } from "hono";
import { BlogError } from "../errors.ts";
import { missingLabel } from "../monitoring/typed-text.ts";
import { isAdminPath, isApiPath } from "../posts/engine-paths.ts";
import { apiPath } from "../posts/locations.ts";
import { pathKey } from "../posts/paths.ts";
import { findSimilarPosts } from "../posts/similar-paths.ts";
import { answerProblem } from "./api/problem.ts";
import { cache } from "./http/caching.ts";
import type { AppContext, AppEnv } from "./http/context.ts";
import { isDatabaseFailure, logDatabaseFailure } from "./http/database-failure.ts";
import { logFault, messageOf, statusOf } from "./http/errors.ts";
import { ErrorPage, NotFoundPage } from "./ui/error-page.tsx";
import { href } from "./ui/links.ts";
import { fill, stringsFor } from "./ui/strings/strings.ts";

/** Renders an expected error with its own message, and an unexpected one with a plain sentence and the request id in the log. */
export async function answerError(error: Error, c: AppContext): Promise<Response> {
	cache(c, "none");
	const { archive } = c.var.services;
	if (isAdminPath(c.req.path)) {
		const { answerAdminError } = await import("./admin/error-response.tsx");
		return answerAdminError(error, c);
	}
	if (isApiPath(c.req.path)) return answerProblem(error, c);
	const lang = (error instanceof BlogError ? error.lang : null) ?? archive.site.language;
	const strings = stringsFor(lang);
	const status = statusOf(error);
	if (status === 500) {
		const text = fill(strings.errorBody, { id: logFault(error, c) });
		return c.html(<ErrorPage archive={archive} lang={lang} title={strings.errorTitle} text={text} />, status);
	}
	const message = messageOf(error, lang);
	if (message === null) logDatabaseFailure(error, c);
	// The database's failures are logged where they are met; the cause of any other is known only here.
	else if (error.cause instanceof Error && !isDatabaseFailure(error.cause)) logFault(error, c);
	const text = message ?? strings.unavailable;
	return c.html(<ErrorPage archive={archive} lang={lang} title={strings.refusedTitle} text={text} />, status);
}

/** Answers a method that a path does not have: 405, or for `OPTIONS` 204, with the methods it has (RFC 9110, section 9.3.7). */
export async function answerMethod(c: AppContext, methods: readonly string[]): Promise<Response> {
	const allow = [...methods, "OPTIONS"].join(", ");
	if (c.req.method === "OPTIONS") return c.body(null, 204, { Allow: allow });
	const { strings } = isAdminPath(c.req.path)
		? (await import("./admin/request.ts")).adminLanguageOf(c)
		: { strings: stringsFor(c.var.services.archive.site.language) };
	const response = await answerError(new BlogError("wrong_method", strings.wrongMethod), c);
	response.headers.set("Allow", allow);
	return response;
}

/**
 * Matches an address that only programs ask for: a file of a kind no post is, a hidden file, a part of WordPress. A post may
 * have a dot in its name, but its address ends with a slash.
 */
const forPrograms = /\.(?!html?$)[a-z][a-z\d]{0,7}$|\/\.|^\/wp-|\/wp-(?:admin|content|includes|json)\//i;

/** Renders a 404 with the posts whose paths are most similar to the URL, and the latest ones. */
export const answerNotFound: NotFoundHandler<AppEnv> = async (c) => {
	const { archive, monitoring, redirects, clock, log } = c.var.services;
	cache(c, "none");
	if (isApiPath(c.req.path))
		return answerProblem(new BlogError("not_found", `Nothing is here; ${apiPath} lists the addresses.`), c);
	if (forPrograms.test(c.req.path)) {
		cache(c, "brief");
		return c.text("Not found\n", 404);
	}
	const target = await redirects.find(pathKey(c.req.path)).catch((error: unknown) => {
		if (isDatabaseFailure(error)) log("redirects could not be read", { error });
		return null;
	});
	if (target !== null && archive.find(target, clock.now()) !== null) {
		cache(c, "brief");
		return c.redirect(href(target), 301);
	}
	if (c.req.method === "GET")
		monitoring.count("missing", missingLabel(c.req.path, c.req.header("Referer") ?? ""));
	const posts = archive.published(clock.now());
	const nearest = findSimilarPosts(c.req.path, posts, 5);
	return c.html(<NotFoundPage archive={archive} nearest={nearest} latest={posts.slice(0, 5)} />, 404);
};
