import { type PagePosition, type Sort, sorts } from "../../comments/repository.ts";

/** Position and sort order of a page of a thread. */
export type ThreadAddress = { position: PagePosition; sort: Sort };

/** Query parameters of such a page's URL. */
export const threadParameters: readonly string[] = ["sort", "branch", "after"];

/** Returns the query of a thread page's URL; empty for the first page. A branch has one sort order only. */
export function threadQuery(position: PagePosition, sort: Sort = "oldest"): string {
	const parts = [
		...(sort === "oldest" ? [] : [`sort=${sort}`]),
		...(position !== null && "branch" in position ? [`branch=${position.branch}`] : []),
		...(position === null ? [] : [`after=${position.after}`]),
	];
	return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

/** Parses the query of a thread page's URL; null if it is invalid. */
export function threadAddressIn(query: URLSearchParams): ThreadAddress | null {
	const sort = sorts.find((each) => each === query.get("sort")) ?? "oldest";
	const [branch, after] = [query.get("branch"), query.get("after")];
	if (branch === null && after === null) return { position: null, sort };
	if (after === null || !isId(after)) return null;
	if (branch === null) return { position: { after: Number(after) }, sort };
	return isId(branch) ? { position: { branch: Number(branch), after: Number(after) }, sort: "oldest" } : null;
}

const isId = (text: string) => /^[1-9]\d{0,14}$/.test(text);
