import { raw } from "hono/html";
import type { Comment } from "../../comments/comment.ts";
import type { Archive } from "../../posts/archive.ts";
import type { Page, Post } from "../../posts/post.ts";

// The one place where text becomes markup without being escaped. What comes in here was made by the post renderer
// (whose writer is trusted), by the comment renderer (whose output is safe), or by the build.

/** A post's or page's body. */
export const EntryProse = (props: { archive: Archive; entry: Post | Page }) => (
	<div class="prose">{raw(props.archive.html(props.entry))}</div>
);

/** A comment's text as stored. */
export const commentProse = (comment: Pick<Comment, "html">) => raw(comment.html);

/** The theme, inlined so that a page is one request. */
export const ThemeStyle = (props: { css: string }) => <style>{raw(props.css)}</style>;
