import type { Sort, ThreadPage, ThreadPosition } from "../../comments/repository.ts";
import type { AppContext } from "../http/context.ts";
import type { ThreadFailure } from "../ui/conversation.tsx";

/** Most comments on one page of a thread. */
export const commentsPerPage = 50;

/** Reads one page of a post's thread. On a failure it returns the reason, and the post is served without comments. */
export async function readThread(
	c: AppContext,
	postId: string,
	position: ThreadPosition,
	sort: Sort,
): Promise<ThreadPage | ThreadFailure | "no_such_page"> {
	const { comments, signingSecret } = c.var.services;
	if (signingSecret === null) return "setting_up";
	try {
		return (await comments.thread(postId, position, commentsPerPage, sort)) ?? "no_such_page";
	} catch (error) {
		return logThreadFailure(error, c);
	}
}

/** Logs a database failure and distinguishes a database without migrations from one that fails. */
export function logThreadFailure(error: unknown, c: AppContext): ThreadFailure {
	const cause = error instanceof Error ? (error.cause ?? error) : error;
	console.error(JSON.stringify({ requestId: c.var.requestId, path: c.req.path, error: String(cause) }));
	return /no such (table|column)/.test(String(cause)) ? "setting_up" : "down";
}

/** Whether an error is D1's failure. A violated constraint is not: it is a bug in the application. */
export function isDatabaseFailure(error: unknown): boolean {
	const message = String(error instanceof Error && "params" in error ? error.cause : error);
	return /^Error: D1_\w*ERROR/.test(message) && !/constraint failed/i.test(message);
}
