import { raw } from "hono/html";
import type { Comment } from "../../comments/comment.ts";
import type { Archive } from "../../posts/archive.ts";
import type { Page, Post } from "../../posts/post.ts";
import { addDirections } from "../../text/direction.ts";
import { stringsFor } from "./strings/strings.ts";
import type { StructuredData } from "./structured-data.ts";

// The only place where HTML is inserted without escaping. Its input comes from the post renderer (authors are trusted),
// the comment renderer (its output is safe), or the build, or is JSON without a character that begins a tag.

/** Renders the body of a post or page. */
export const EntryProse = async ({ archive, entry }: { archive: Archive; entry: Post | Page }) => (
	<div class="prose e-content">{raw(await archive.html(entry, stringsFor(entry.lang)))}</div>
);

/** Renders a post's body on a list: up to `<!--more-->`, if it has one. */
export const OpeningProse = async ({ archive, post }: { archive: Archive; post: Post }) => (
	<div class={post.more ? "prose p-summary" : "prose e-content"}>
		{raw(await archive.embeddedHtml(post, stringsFor(post.lang), "list"))}
	</div>
);

/** Renders a comment's stored HTML; each block has the direction of its text. */
export const commentProse = (comment: Pick<Comment, "html">) => raw(addDirections(comment.html));

/** Renders structured data. Browsers take it for a block of data, never for a script, so the policy need not allow it. */
export const JsonLd = (props: { data: StructuredData }) => (
	<script type="application/ld+json">{raw(JSON.stringify(props.data).replaceAll("<", "\\u003c"))}</script>
);

/** Inlines a stylesheet, so that a page is one request. */
export const ThemeStyle = (props: { css: string }) => <style>{raw(props.css)}</style>;
