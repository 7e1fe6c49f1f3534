import { isolate } from "../text/direction.ts";
import { defang, excerpt, oneLine } from "./defang.ts";
import type { NoticeComment } from "./notice.ts";

/** Most characters of a name. */
const maxNameLength = 60;

/** Returns the name of a comment's author on one line, defanged unless it was written in the admin. */
export function authorOf({ name, byAuthor }: Pick<NoticeComment, "name" | "byAuthor">): string {
	return quotedName(name, byAuthor);
}

/** Returns the name of the author a comment replies to, as `authorOf` does; null for a comment on the post itself. */
export function parentAuthorOf({ parentName, parentByAuthor }: NoticeComment): string | null {
	return parentName === null ? null : quotedName(parentName, parentByAuthor);
}

/** Returns the first `limit` characters of a comment, defanged unless it was written in the admin. */
export function quotedText({ source, byAuthor }: NoticeComment, limit: number): string {
	const text = excerpt(source, limit);
	return byAuthor ? text : defang(text);
}

/** Returns the title of a post on one line. */
export function titleOf(post: { title: string }): string {
	return isolate(oneLine(post.title, 80));
}

function quotedName(name: string, isOwn: boolean): string {
	const line = oneLine(name, maxNameLength);
	return isolate(isOwn ? line : defang(line));
}
