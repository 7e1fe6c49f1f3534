import { idOf, pathsAbove, rootPathOf } from "../comments/thread.ts";
import type { Row } from "./comment-rows.ts";
import type { PageBounds } from "./thread-walk.ts";

type Placed = Pick<Row, "id" | "path" | "state">;

/** What of the rows read makes a page, and the comment after which the next one begins. */
type Shaped<R extends Placed> = { rows: readonly R[]; next: number | null };

/**
 * The whole branches that fit on a page of `limit` comments, each cut off after `run` replies. Rows come branch by branch;
 * at `most` of them reading stopped, so that the last branch may lack some of its own.
 */
export function mainPage<R extends Placed>(
	rows: readonly R[],
	{ limit, run, most }: PageBounds,
): Shaped<R> & { goesOn: Map<number, number> } {
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

/** One page of a branch's replies, of which one more than `limit` may have been read. */
export function branchPage<R extends Placed>(rows: readonly R[], limit: number): Shaped<R> {
	const kept = withReplies(rows.slice(0, limit), rows[limit]);
	return { rows: kept, next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null };
}

/**
 * The rows with a mark in the place of each comment that is hidden while what answers it is not, so that no reply hangs
 * from something it does not answer. What stands at or before `after` is on an earlier page.
 */
export function withMarks(rows: readonly Row[], after: string): Row[] {
	const marked = new Map<string, Row>();
	for (const row of rows) {
		for (const path of pathsAbove(row.path)) {
			if (path > after && !marked.has(path)) marked.set(path, markAt(path));
		}
		marked.set(row.path, row);
	}
	return [...marked.values()];
}

/** For readers what is hidden is gone, whyever it is. */
export function markAt(path: string): Row {
	return {
		id: idOf(path),
		parentId: pathsAbove(path).map(idOf).at(-1) ?? null,
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

/** Leaves out what was taken back unless something kept hangs from it: in reading order that comes right after it. */
function withReplies<R extends Placed>(rows: readonly R[], beyond: R | undefined): R[] {
	const kept: R[] = [];
	let following = beyond;
	for (const row of rows.toReversed()) {
		if (row.state === "deleted" && !following?.path.startsWith(row.path)) continue;
		kept.unshift(row);
		following = row;
	}
	return kept;
}
