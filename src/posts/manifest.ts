import type { Page } from "./post.ts";
import type { Site } from "./site.ts";

/** A picture as large as it is, and narrower copies of it if it is worth having them. */
export type Picture = {
	width: number;
	height: number;
	narrower?: readonly { src: string; width: number }[];
};

/** What every page may need of what the build makes of the content folder; the posts are in an index of their own. */
export type Manifest = {
	site: Site;
	pages: readonly Page[];
	/**
	 * Pictures by their path such as `/media/map.svg`: pixels, and the same in fewer of them. Here are those of no body,
	 * which has its own beside it.
	 */
	images: Readonly<Record<string, Picture>>;
	/** Minified style sheet and the source expression a CSP allows it by (`sha256-…`). */
	theme: { css: string; csp: string };
	/** The same of what pages have beside it that show a rich body. */
	prose: { css: string; csp: string };
	/** The same of what the desk's pages have beside it. */
	desk: { css: string; csp: string };
	/** Scripts by name, each at an address of its own that changes with its content. */
	scripts: Readonly<Record<string, { path: string; code: string }>>;
};
