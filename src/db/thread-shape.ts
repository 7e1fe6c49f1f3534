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
		const kept = branch.slice(0, 1 + run);
		const unsure = rows.length === most && at === branches.length - 1;
		if (last !== null && (unsure || shown.length + kept.length > limit)) {
			return { rows: shown, next: idOf(last), goesOn };
		}
		shown.push(...kept);
		const lastShown = branch[run];
		if (branch.length > 1 + run && lastShown !== undefined) goesOn.set(idOf(root), lastShown.id);
		last = root;
	}
	return { rows: shown, next: null, goesOn };
}

/** Returns one page of a branch's replies, of which one more than `limit` may have been read. */
export function branchPage<R extends PathRow>(rows: readonly R[], limit: number): RowPage<R> {
	return { rows: rows.slice(0, limit), next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null };
}

/**
 * Replaces hidden comments by placeholders, and inserts one for each hidden comment above `own`, the held comment that the
 * page is read around, so that no reply appears below a comment it does not answer. Comments at or before the path `after`
 * are on an earlier page.
 */
export function withPlaceholders(rows: readonly Row[], own: Row | undefined, after: string): Row[] {
	const shown = rows.map((row) => (row.state === "published" ? row : placeholderAt(row.path)));
	if (own === undefined || own.state === "published" || own.state === "deleted") return shown;
	const byPath = new Map(shown.map((row) => [row.path, row]));
	for (const path of ancestorPaths(own.path)) {
		if (path > after && !byPath.has(path)) byPath.set(path, placeholderAt(path));
	}
	byPath.set(own.path, own);
	return [...byPath.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
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
		publishedAt: null,
		editedAt: null,
		byAuthor: false,
		verified: false,
		parentName: null,
	};
}
