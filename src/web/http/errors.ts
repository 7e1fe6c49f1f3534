import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { BlogError, type BlogErrorCode } from "../../errors.ts";
import type { AppContext } from "./context.ts";
import { isDatabaseFailure } from "./database-failure.ts";

const statuses: Record<BlogErrorCode, ContentfulStatusCode> = {
	invalid: 400,
	forbidden: 403,
	not_found: 404,
	wrong_method: 405,
	gone: 410,
	too_large: 413,
	unsupported: 415,
	too_many: 429,
	unavailable: 503,
};

/** Returns the HTTP status of an error; 500 for an unexpected one. */
export function statusOf(error: Error): ContentfulStatusCode {
	if (error instanceof BlogError) return statuses[error.code];
	if (error instanceof HTTPException) return error.status as ContentfulStatusCode;
	return isDatabaseFailure(error) ? statuses.unavailable : 500;
}

/** Returns the message of an expected error, which may be shown; null for any other. */
export function messageOf(error: Error): string | null {
	return error instanceof BlogError || error instanceof HTTPException ? error.message : null;
}

/** Logs an unexpected error and returns the request id it is logged under. */
export function logFault(error: Error, c: AppContext): string {
	const id = c.var.requestId;
	console.error(JSON.stringify({ requestId: id, path: c.req.path, error: stackOf(error) }));
	return id;
}

/** Returns the stack to log. For a failed query it is the cause's: Drizzle's message contains every parameter, personal data too. */
function stackOf(error: Error): string {
	const logged = "params" in error && error.cause instanceof Error ? error.cause : error;
	return String(logged.stack ?? logged);
}
