import type { Sort, ThreadPage, ThreadPosition } from "../comments/repository.ts";
import type { AppContext } from "./context.ts";
import type { ThreadTrouble } from "./views/conversation.tsx";

/** Most comments on one page of a thread. */
export const pageSize = 50;

/** Reads one page of a post's thread, or says why there is none: unless there is no such page, the post is served. */
export async function readThread(
	c: AppContext,
	postId: string,
	position: ThreadPosition,
	sort: Sort,
): Promise<ThreadPage | ThreadTrouble | "no_such_page"> {
	const { comments, signingSecret } = c.var.services;
	if (signingSecret === null) return "setting_up";
	try {
		return (await comments.thread(postId, position, pageSize, sort)) ?? "no_such_page";
	} catch (error) {
		return troubleOf(error, c);
	}
}

/** Logs a failure of the conversation's store, and tells a database not yet migrated from one that fails. */
export function troubleOf(error: unknown, c: AppContext): ThreadTrouble {
	const cause = error instanceof Error ? (error.cause ?? error) : error;
	console.error(JSON.stringify({ requestId: c.var.requestId, path: c.req.path, error: String(cause) }));
	return /no such (table|column)/.test(String(cause)) ? "setting_up" : "down";
}

/** Whether an error is the database's own. A constraint that was broken is its answer, and a fault of ours. */
export function isDatabaseFailure(error: unknown): boolean {
	const told = String(error instanceof Error && "params" in error ? error.cause : error);
	return /^Error: D1_\w*ERROR/.test(told) && !/constraint failed/i.test(told);
}
