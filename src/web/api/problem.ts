import type { AppContext } from "../http/context.ts";
import { isDatabaseFailure, logDatabaseFailure } from "../http/database-failure.ts";
import { logFault, messageOf, statusOf } from "../http/errors.ts";

/** The phrases of the statuses (RFC 9110, section 15), which a problem without a type of its own has for a title. */
const titles: Readonly<Record<number, string>> = {
	400: "Bad Request",
	404: "Not Found",
	405: "Method Not Allowed",
	500: "Internal Server Error",
	501: "Not Implemented",
	503: "Service Unavailable",
};

/** Answers an error as `application/problem+json` (RFC 9457). The caller has said that it is not cached. */
export function answerProblem(error: Error, c: AppContext): Response {
	const status = statusOf(error);
	const message = messageOf(error, "en");
	if (status !== 500 && message === null) logDatabaseFailure(error, c);
	else if (status !== 500 && error.cause instanceof Error && !isDatabaseFailure(error.cause))
		logFault(error, c);
	const detail =
		status === 500
			? `The request failed; the blog's log has the reason under ${logFault(error, c)}.`
			: (message ?? unreadable);
	return c.body(JSON.stringify({ title: titles[status] ?? "Error", status, detail }), status, {
		"Content-Type": "application/problem+json",
	});
}

/** Says that the database cannot be read. */
export const unreadable = "The database cannot be read at the moment; try again in a minute.";
