import type { D1Database } from "@cloudflare/workers-types";
import { and, desc, eq, gt, lt, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { CommentRepository, PagePosition } from "../comments/repository.ts";
import { idOf, rootPath, rootPathOf } from "../comments/thread.ts";
import { comments } from "./schema.ts";
import { mainPage } from "./thread-shape.ts";
import { boundsOf, byRoots, isRootSql, pathOf, root, shown } from "./thread-walk.ts";

/** Finds the page of a comment in D1; costs as much as reading a page. */
export function commentPlaces(d1: D1Database): Pick<CommentRepository, "locate"> {
	const db = drizzle(d1);

	return {
		async locate(id, limit) {
			const bounds = boundsOf(limit);
			const postId = sql`(SELECT post_id FROM comments WHERE id = ${id})`;
			const branch = sql`substr(${pathOf(id)}, 1, 8)`;
			const first = byRoots(postId, "oldest", null, bounds.run);
			const [[itself], firstPage, [rootBefore], repliesBefore] = await db.batch([
				db
					.select({ postId: comments.postId, path: comments.path, state: comments.state })
					.from(comments)
					.where(eq(comments.id, id)),
				db
					.select({ id: comments.id, path: comments.path, state: comments.state })
					.from(root)
					.crossJoin(comments)
					.where(first.where)
					.orderBy(...first.order)
					.limit(bounds.most),
				db
					.select({ id: root.id })
					.from(root)
					.where(and(sql`${root.postId} = ${postId}`, isRootSql, lt(root.path, branch)))
					.orderBy(desc(root.path))
					.limit(1),
				db
					.select({ id: comments.id })
					.from(comments)
					.where(
						and(
							sql`${comments.postId} = ${postId}`,
							shown,
							gt(comments.path, branch),
							lt(comments.path, pathOf(id)),
						),
					)
					.orderBy(desc(comments.path))
					.limit(limit + bounds.run),
			]);
			if (itself === undefined) return null;
			const { path, ...found } = itself;
			const ownRoot = rootPathOf(path);
			const start = path === ownRoot ? undefined : startInBranch(repliesBefore, bounds);
			if (start !== undefined) {
				return { ...found, position: { branch: idOf(ownRoot), after: start.id } };
			}
			const { next } = mainPage(firstPage, bounds);
			const onFirst = next === null || ownRoot <= rootPath(next);
			// If not on the first page, then on one that begins with the comment's own branch.
			const position: PagePosition = onFirst || rootBefore === undefined ? null : { after: rootBefore.id };
			return { ...found, position };
		},
	};
}

/**
 * Returns the reply after which the branch page with a given reply begins. `before` are the replies before that one, nearest
 * first. It is the last reply shown in the thread if a page from there reaches the given one, or else the one half a page
 * before it. Undefined if the thread itself shows the given reply.
 */
function startInBranch<Reply>(before: readonly Reply[], { limit, run }: { limit: number; run: number }) {
	if (before.length < run) return undefined;
	return before.length < limit + run ? before[before.length - run] : before[Math.floor(limit / 2)];
}
