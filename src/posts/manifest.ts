import type { Page, Post } from "./post.ts";
import type { Site } from "./site.ts";

/** What the build makes of the content folder: a typed index, and the theme ready to inline. */
export type Manifest = {
	site: Site;
	/** Newest first; ties are broken by id so that every build gives the same order. */
	posts: readonly Post[];
	pages: readonly Page[];
	/** Pixel sizes of the images under `media/`, by their path such as `/media/map.svg`. */
	images: Readonly<Record<string, { width: number; height: number }>>;
	/** Minified style sheet and the source expression a CSP allows it by (`sha256-…`). */
	theme: { css: string; csp: string };
	/** The same of what the desk's pages have beside it. */
	desk: { css: string; csp: string };
	/** Scripts by name, each at an address of its own that changes with its content. */
	scripts: Readonly<Record<string, { path: string; code: string }>>;
};
