import { raw } from "hono/html";
import type { Comment } from "../../comments/comment.ts";
import type { Archive } from "../../posts/archive.ts";
import type { Page, Post } from "../../posts/post.ts";
import { stringsFor } from "../strings/strings.ts";

// The one place where text becomes markup without being escaped. What comes in here was made by the post renderer
// (whose writer is trusted), by the comment renderer (whose output is safe), or by the build.

/** A post's or page's body. */
export const EntryProse = async ({ archive, entry }: { archive: Archive; entry: Post | Page }) => (
	<div class="prose">{raw(await archive.html(entry, stringsFor(entry.lang)))}</div>
);

/** A post's body among others: as far as its `<!--more-->`, if it has one. */
export const OpeningProse = async ({ archive, post }: { archive: Archive; post: Post }) => (
	<div class="prose">{raw(await archive.htmlElsewhere(post, stringsFor(post.lang), "opening"))}</div>
);

/** A comment's text as stored. */
export const commentProse = (comment: Pick<Comment, "html">) => raw(comment.html);

/** The theme, inlined so that a page is one request. */
export const ThemeStyle = (props: { css: string }) => <style>{raw(props.css)}</style>;
