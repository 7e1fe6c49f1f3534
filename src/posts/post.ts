import type { Length } from "./length.ts";

/** A category or tag: the name people read and the slug in its address. */
export type Term = { name: string; slug: string };

export type CommentsSetting = "open" | "closed" | "off";

/** What posts and pages share. Paths are decoded Unicode (NFC); encode them when writing a link. */
type Entry = {
	/** Stable and unique; every row in D1 is keyed by it. */
	id: string;
	/** Canonical path from the site's root, such as `/2009/03/31/hello/`. */
	path: string;
	title: string;
	slug: string;
	/** BCP 47. */
	lang: string;
	/** Plain text of one or two sentences, written by hand or cut from the body. */
	summary: string;
	comments: CommentsSetting;
	/** The title's phrases, between which it may be broken; empty where spaces tell. */
	phrases: readonly string[];
	/** Whether the body has more in it than the theme alone can show, such as coloured code or a formula. */
	rich: boolean;
	/** Where the body lies: which text it is in, and between which UTF-16 code units. */
	body: { text: number; start: number; end: number };
	/** Old paths that lead here, normalised with `pathKey`. */
	aliases: readonly string[];
	/** Its number in the WordPress it came from, for `/?p=123`. */
	wordpressId: number | null;
};

/** A post as the build leaves it in the index; the body stays Markdown until it is asked for. */
export type Post = Entry & {
	/** Epoch milliseconds. */
	published: number;
	/** Epoch milliseconds, or null when never revised. */
	updated: number | null;
	/** The day of publication in the site's time zone, for permalinks and archives. */
	day: { year: number; month: number; day: number };
	author: string;
	categories: readonly Term[];
	tags: readonly Term[];
	image: { src: string; alt: string } | null;
	/** How much there is to read: Chinese, Japanese and Korean characters, and words of everything else. */
	length: Length;
	/** Whether lists show the body as far as its `<!--more-->` instead of the summary. */
	more: boolean;
	draft: boolean;
	/** Key shared by the translations of one post. */
	translation: string | null;
	series: string | null;
};

/** A standing page such as "About". */
export type Page = Entry & { navigationOrder: number | null };

/** Whether readers may see the post at the instant `now` (epoch milliseconds). */
export function isPublished(post: Post, now: number): boolean {
	return !post.draft && post.published <= now;
}
