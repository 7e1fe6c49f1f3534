import type { Script } from "../text/scripts.ts";
import type { Page } from "./post.ts";
import type { Site } from "./site.ts";

/** An image's dimensions in pixels, and its responsive variants if it has any. */
export type Picture = {
	width: number;
	height: number;
	variants?: readonly { src: string; width: number }[];
};

/** Build output that any page may need. The posts are in a separate index. */
export type Manifest = {
	site: Site;
	pages: readonly Page[];
	/** The scripts in which posts and pages contain at least a sentence, such as Japanese on a blog in English. */
	textScripts: readonly Script[];
	/** Images by path, such as `/media/map.svg`. Images shown in a body are stored with that body instead. */
	images: Readonly<Record<string, Picture>>;
	/** Address of the image drawn of the blog's title, for sites where a link is shared; null if none was drawn. */
	card: string | null;
	/** Whether the blog's icon is a drawing, which browsers prefer. */
	hasSvgIcon: boolean;
	/** CSS colours of the theme's paper, for the browser's own surfaces; null if the theme has no plain ones. */
	themeColor: { light: string; dark: string } | null;
	/** Minified theme and its CSP source expression (`sha256-…`). */
	theme: { css: string; csp: string };
	/** Additional style sheet for pages that show a rich body. */
	prose: { css: string; csp: string };
	/** Additional style sheet for admin pages. */
	admin: { css: string; csp: string };
	/** Additional style sheet for feeds that are opened in a browser. */
	feed: { css: string; csp: string };
	/** Client scripts by name; each path contains a hash of the content. */
	scripts: Readonly<Record<string, { path: string; code: string }>>;
};
