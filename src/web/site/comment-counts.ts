import type { Post } from "../../posts/post.ts";
import type { AppContext, Validator } from "../http/context.ts";
import { logDatabaseFailure } from "../http/database-failure.ts";
import { countsValidator } from "../http/validators.ts";

/** Reads the numbers of comments on posts, with the validator of a page that shows them; null if they cannot be read. */
export async function readCounts(
	c: AppContext,
	posts: readonly Post[],
): Promise<{ of: ReadonlyMap<string, number>; validator: Validator } | null> {
	const ids = posts.map(({ id }) => id);
	const counts = await c.var.services.conversation.comments.counts(ids).catch((error) => {
		logDatabaseFailure(error, c);
		return null;
	});
	return counts === null ? null : { of: counts, validator: countsValidator(ids, counts) };
}
