import { encodePath } from "../../posts/paths.ts";

export {
	blogrollPath,
	commentFeedPathOf,
	feedPathOf,
	homePath,
	languagePath,
	listingPath,
	monthPath,
	searchPath,
	yearPath,
} from "../../posts/locations.ts";

/** Percent-encodes a path for a link. */
export const href = encodePath;

/** Returns a comment's permalink, which redirects to the page that shows it. */
export function commentPath(id: number): string {
	return `/comments/${id}`;
}

/** Returns the HTML id of a comment. */
export function commentAnchor(id: number): string {
	return `comment-${id}`;
}
