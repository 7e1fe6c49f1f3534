import { type PagePosition, type Sort, sorts } from "../../comments/repository.ts";
import { previewParameter } from "../../posts/locations.ts";

/** Query parameter of the private page that shows the result of an action. */
export const flashParameter = "flash";

/** Position and sort order of a page of a thread. */
export type ThreadAddress = { position: PagePosition; sort: Sort };

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

/** Returns the query of a post's or page's URL as the site's links have it, without unknown parameters and invalid values. */
export function entryQuery(query: URLSearchParams): string {
	for (const name of [previewParameter, flashParameter]) {
		const token = query.get(name);
		if (token !== null && isToken(token)) return `?${name}=${token}`;
	}
	const address = threadAddressIn(query);
	return address === null ? "" : threadQuery(address.position, address.sort);
}

/** Whether a text has the form of a signed token (RFC 7515, section 7.1). */
const isToken = (text: string) => /^[\w-]+(\.[\w-]+){2}$/.test(text);

const isId = (text: string) => /^[1-9]\d{0,14}$/.test(text);
