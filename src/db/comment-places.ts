import type { D1Database } from "@cloudflare/workers-types";
import { and, desc, eq, gt, lt, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { CommentRepository, PagePosition } from "../comments/repository.ts";
import { idOf, rootPath, rootPathOf } from "../comments/thread.ts";
import { comments } from "./schema.ts";
import { mainPage } from "./thread-shape.ts";
import { boundsOf, byRoots, pathOf, root, shown, standing } from "./thread-walk.ts";

/** Finding comments in D1 by their ids, for the price of a page. */
export function commentPlaces(d1: D1Database): Pick<CommentRepository, "place"> {
	const db = drizzle(d1);

	return {
		async place(id, limit) {
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
					.where(and(sql`${root.postId} = ${postId}`, standing, lt(root.path, branch)))
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
			// On a later page, one that begins with its own branch.
			const position: PagePosition = onFirst || rootBefore === undefined ? null : { after: rootBefore.id };
			return { ...found, position };
		},
	};
}

/**
 * The reply after which a branch page begins that has the one these come before, nearest first: the last that the thread
 * shows if a page from there reaches it, or else half a page before it. None where the thread shows it.
 */
function startInBranch<Reply>(before: readonly Reply[], { limit, run }: { limit: number; run: number }) {
	if (before.length < run) return undefined;
	return before.length < limit + run ? before[before.length - run] : before[Math.floor(limit / 2)];
}
