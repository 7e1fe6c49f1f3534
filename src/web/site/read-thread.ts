import { expandDocument } from "../../caching/cached-pages.ts";
import type { RenderedPage, Sort, ThreadPage, ThreadPosition } from "../../comments/repository.ts";
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

/** A page as it was rendered before, with what its headers depend on. */
export type ExpandedPage = Pick<RenderedPage, "revision" | "pause" | "etag"> & {
	document: Uint8Array<ArrayBuffer>;
};

/**
 * Reads the first page of a post's thread, oldest first: the whole page if the database has it as the deployment
 * rendered it, or else its comments. Fails as `readThread` does.
 */
export async function readFirstPage(
	c: AppContext,
	postId: string,
	deployment: string,
): Promise<ExpandedPage | ThreadPage | DatabaseFailure | "no_such_page"> {
	const { conversation, secrets, clock, log } = c.var.services;
	if (secrets.signing === null) return "setting_up";
	const found = await conversation.comments
		.firstPage(postId, commentsPerPage, { deployment, now: clock.now() })
		.catch((error) => logDatabaseFailure(error, c));
	if (typeof found === "string") return found;
	if (found.rendered === null) return found.thread;
	const { body, changesAt, ...rendered } = found.rendered;
	// Its time may have come while it was read.
	if (changesAt !== null && clock.now() >= changesAt) return readThread(c, postId, null, "oldest");
	try {
		return { ...rendered, document: await expandDocument(body) };
	} catch (error) {
		log("a stored page was not read; its comments are", { error });
		return readThread(c, postId, null, "oldest");
	}
}
