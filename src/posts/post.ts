import type { Length } from "./length.ts";

/** A category, tag, author or series: its display name and the slug in its address. */
export type Term = { name: string; slug: string };

/** An image that stands for a post or the blog where its link is shared. Sizes are in pixels, null if unknown. */
export type CoverImage = {
	src: string;
	alt: string;
	width: number | null;
	height: number | null;
	/** Whether other sites show its format; they do not show drawings such as SVG. */
	raster: boolean;
};

/** Pixels of the images drawn of titles: what most sites ask for. */
export const cardSize = { width: 1200, height: 630 } as const;

/** Whether a post shows comments and accepts new ones; `off` does neither. */
export type CommentsSetting = "open" | "closed" | "off";

/** Fields common to posts and pages. Paths are decoded Unicode (NFC); encode them when writing a link. */
type Entry = {
	/** Stable and unique; rows in D1 refer to it. */
	id: string;
	/** Canonical path from the site's root, such as `/2009/03/31/hello/`. */
	path: string;
	title: string;
	slug: string;
	/** BCP 47. */
	lang: string;
	/** Plain text of one or two sentences, from the front matter or excerpted from the body. */
	summary: string;
	comments: CommentsSetting;
	/** The title's phrases, between which lines may break; empty for languages that break at spaces. */
	phrases: readonly string[];
	/** Whether the body needs `prose.css`, for example for highlighted code or a formula. */
	rich: boolean;
	/** The chunk that contains the body, and its range in UTF-16 code units. */
	body: { chunk: number; start: number; end: number };
	/** Old paths that redirect here, normalized with `pathKey`. */
	aliases: readonly string[];
	/** Path of its file below the content folder, if the blog has a repository to edit it in. */
	file: string | null;
	/** Its id in the WordPress blog it was imported from, for `/?p=123`. */
	wordpressId: number | null;
	/** Key shared by the translations of one post, or of one page. */
	translation: string | null;
	/** Web address at which it appeared first, for search engines; null if that is here. */
	canonical: string | null;
	/** Addresses of the images its body shows, as far as they are files of the blog; encoded. */
	shownImages: readonly string[];
	/** Whether it is only for those who know its address: in no list, feed or sitemap. */
	unlisted: boolean;
};

/** A post in the index; its body remains Markdown until it is rendered. */
export type Post = Entry & {
	/** Epoch milliseconds. */
	published: number;
	/** Epoch milliseconds, or null when never revised. */
	updated: number | null;
	/** The day of publication in the site's time zone, for permalinks and archives. */
	day: { year: number; month: number; day: number };
	/** At least one. */
	authors: readonly Term[];
	categories: readonly Term[];
	tags: readonly Term[];
	image: CoverImage | null;
	/** Address of the image drawn of its title, for sites where its link is shared; null if none was drawn. */
	card: string | null;
	length: Length;
	/** Whether the body has a `<!--more-->` tag, up to which lists show it instead of the summary. */
	more: boolean;
	draft: boolean;
	/** Whether it comes first on the home page and in the list of its language. */
	pinned: boolean;
	series: Term | null;
	/** Its id in feeds, if it is not made of `id`: the one it had in the feed of the blog it was imported from. */
	feedId: string | null;
	/** Files that feeds offer beside the text: its image and its recordings. */
	enclosures: readonly Enclosure[];
};

/** A file that a feed offers beside an entry's text: an address as pages have it, its media type, and its bytes if known. */
export type Enclosure = { src: string; type: string; size: number | null };

/** A page outside the chronological order, such as "About". */
export type Page = Entry & { navigationOrder: number | null };

/** Whether a post is public at `now` (epoch milliseconds). */
export function isPublished(post: Post, now: number): boolean {
	return !post.draft && post.published <= now;
}
