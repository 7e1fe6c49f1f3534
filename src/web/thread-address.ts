import { type PagePosition, type Sort, sorts } from "../comments/repository.ts";

/** A page of a thread: where it begins and in which order it is read. */
export type ThreadAddress = { position: PagePosition; sort: Sort };

/** The parameters of such an address. */
export const threadParameters: readonly string[] = ["sort", "branch", "after"];

/** The query by which a page of a thread is addressed; empty for the first. A branch has one order only. */
export function threadQuery(position: PagePosition, sort: Sort = "oldest"): string {
	const parts = [
		...(sort === "oldest" ? [] : [`sort=${sort}`]),
		...(position !== null && "branch" in position ? [`branch=${position.branch}`] : []),
		...(position === null ? [] : [`after=${position.after}`]),
	];
	return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

/** The page a query asks for, or null where it asks for none that could be. */
export function threadAddressIn(query: URLSearchParams): ThreadAddress | null {
	const sort = sorts.find((each) => each === query.get("sort")) ?? "oldest";
	const [branch, after] = [query.get("branch"), query.get("after")];
	if (branch === null && after === null) return { position: null, sort };
	if (after === null || !isId(after)) return null;
	if (branch === null) return { position: { after: Number(after) }, sort };
	return isId(branch) ? { position: { branch: Number(branch), after: Number(after) }, sort: "oldest" } : null;
}

const isId = (text: string) => /^[1-9]\d{0,14}$/.test(text);
