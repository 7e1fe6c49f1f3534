import { ancestorPaths, idOf, rootPathOf } from "../comments/thread.ts";
import type { Row } from "./comment-rows.ts";
import type { PageBounds } from "./thread-walk.ts";

type PathRow = Pick<Row, "id" | "path" | "state">;

/** The rows of one page, and the comment after which the next page begins. */
type RowPage<R extends PathRow> = { rows: readonly R[]; next: number | null };

/**
 * Returns the whole branches that fit on a page of `limit` comments, each cut off after `run` replies. Rows come branch by
 * branch; reading stopped at `most` of them, so the last branch may be incomplete.
 */
export function mainPage<R extends PathRow>(
	rows: readonly R[],
	{ limit, run, most }: PageBounds,
): RowPage<R> & { goesOn: Map<number, number> } {
	const branches = [...Map.groupBy(rows, ({ path }) => rootPathOf(path))];
	const shown: R[] = [];
	const goesOn = new Map<number, number>();
	let last: string | null = null;
	for (const [at, [root, branch]] of branches.entries()) {
		const roots = branch.filter(({ path }) => path === root).length;
		const kept = withReplies(branch.slice(0, roots + run), branch[roots + run]);
		const unsure = rows.length === most && at === branches.length - 1;
		if (last !== null && (unsure || shown.length + kept.length > limit)) {
			return { rows: shown, next: idOf(last), goesOn };
		}
		shown.push(...kept);
		const lastShown = branch[roots + run - 1];
		if (branch.length > roots + run && lastShown !== undefined) goesOn.set(idOf(root), lastShown.id);
		last = root;
	}
	return { rows: shown, next: null, goesOn };
}

/** Returns one page of a branch's replies, of which one more than `limit` may have been read. */
export function branchPage<R extends PathRow>(rows: readonly R[], limit: number): RowPage<R> {
	const kept = withReplies(rows.slice(0, limit), rows[limit]);
	return { rows: kept, next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null };
}

/**
 * Inserts a placeholder for each hidden comment with a visible reply, so that no reply appears below a comment it does not
 * answer. Comments at or before the path `after` are on an earlier page.
 */
export function withPlaceholders(rows: readonly Row[], after: string): Row[] {
	const byPath = new Map<string, Row>();
	for (const row of rows) {
		for (const path of ancestorPaths(row.path)) {
			if (path > after && !byPath.has(path)) byPath.set(path, placeholderAt(path));
		}
		byPath.set(row.path, row);
	}
	return [...byPath.values()];
}

/** Makes the placeholder of a hidden comment. Readers see it as deleted, whatever its state. */
export function placeholderAt(path: string): Row {
	return {
		id: idOf(path),
		parentId: ancestorPaths(path).map(idOf).at(-1) ?? null,
		path,
		state: "deleted",
		name: "",
		website: null,
		html: "",
		lang: null,
		tallies: {},
		createdAt: 0,
		editedAt: null,
		byAuthor: false,
		verified: false,
		parentName: null,
	};
}

/** Drops deleted comments without a remaining reply, which would come right after them in thread order. */
function withReplies<R extends PathRow>(rows: readonly R[], beyond: R | undefined): R[] {
	const kept: R[] = [];
	let following = beyond;
	for (const row of rows.toReversed()) {
		if (row.state === "deleted" && !following?.path.startsWith(row.path)) continue;
		kept.unshift(row);
		following = row;
	}
	return kept;
}
