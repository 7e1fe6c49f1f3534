import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { BlogError, type BlogErrorCode } from "../../errors.ts";
import type { AppContext } from "./context.ts";
import { isDatabaseFailure } from "./database-failure.ts";
import { LocalizedError } from "./localized-error.ts";
import { routeOf } from "./route.ts";

const statuses: Record<BlogErrorCode, ContentfulStatusCode> = {
	invalid: 400,
	forbidden: 403,
	not_found: 404,
	wrong_method: 405,
	gone: 410,
	too_large: 413,
	unsupported: 415,
	too_many: 429,
	not_implemented: 501,
	unavailable: 503,
};

/** Returns the HTTP status of an error; 500 for an unexpected one. */
export function statusOf(error: Error): ContentfulStatusCode {
	if (error instanceof BlogError) return statuses[error.code];
	if (error instanceof HTTPException) return error.status as ContentfulStatusCode;
	return isDatabaseFailure(error) ? statuses.unavailable : 500;
}

/** Returns the message of an expected error, which may be shown, in a language if it exists in several; null for any other. */
export function messageOf(error: Error, lang: string): string | null {
	if (error instanceof LocalizedError) return error.messageIn(lang);
	return error instanceof BlogError || error instanceof HTTPException ? error.message : null;
}

/** Logs an unexpected error and returns the request id it is logged under. */
export function logFault(error: Error, c: AppContext): string {
	c.var.services.log("a request failed", { route: routeOf(c), error });
	return c.var.requestId;
}
