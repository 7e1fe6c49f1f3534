import type { AppContext } from "./context.ts";
import { routeOf } from "./route.ts";

/** State of a database that cannot be read: without migrations or secrets, or failing. */
export type DatabaseFailure = "setting_up" | "down";

/** Logs a database failure and distinguishes a database without migrations from one that fails. */
export function logDatabaseFailure(error: unknown, c: AppContext): DatabaseFailure {
	const cause = error instanceof Error ? (error.cause ?? error) : error;
	c.var.services.log("the database failed", { route: routeOf(c), error });
	return /no such (table|column)/.test(String(cause)) ? "setting_up" : "down";
}

/** Whether an error is D1's failure. A violated constraint is not: it is a bug in the application. */
export function isDatabaseFailure(error: unknown): boolean {
	const message = String(error instanceof Error && "params" in error ? error.cause : error);
	return /^Error: D1_\w*ERROR/.test(message) && !/constraint failed/i.test(message);
}
