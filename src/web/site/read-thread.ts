import type { Sort, ThreadPage, ThreadPosition } from "../../comments/repository.ts";
import type { AppContext } from "../http/context.ts";
import { type DatabaseFailure, logDatabaseFailure } from "../http/database-failure.ts";

/** Most comments on one page of a thread. */
export const commentsPerPage = 50;

/** Reads one page of a post's thread. On a failure it returns the reason, and the post is served without comments. */
export async function readThread(
	c: AppContext,
	postId: string,
	position: ThreadPosition,
	sort: Sort,
): Promise<ThreadPage | DatabaseFailure | "no_such_page"> {
	const { conversation, secrets } = c.var.services;
	if (secrets.signing === null) return "setting_up";
	try {
		return (await conversation.comments.thread(postId, position, commentsPerPage, sort)) ?? "no_such_page";
	} catch (error) {
		return logDatabaseFailure(error, c);
	}
}
