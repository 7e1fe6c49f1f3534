import { listingPath } from "../../posts/locations.ts";
import { encodePath, slugify } from "../../posts/paths.ts";

export {
	feedPathOf,
	homePath,
	languagePath,
	listingPath,
	monthPath,
	yearPath,
} from "../../posts/locations.ts";

/** A path as it stands in a link. */
export const href = encodePath;

export function authorPath(name: string): string {
	return listingPath("author", slugify(name));
}

/** A comment's own address, which leads to the page it is on. */
export function commentPath(id: number): string {
	return `/comments/${id}`;
}

/** The anchor of a comment on its page. */
export function commentAnchor(id: number): string {
	return `comment-${id}`;
}
