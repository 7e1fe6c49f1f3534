import type { Manifest } from "./manifest.ts";
import { type MarkdownRenderer, markdownRenderer } from "./markdown.ts";
import { decodePath, pathKey, slugify } from "./paths.ts";
import { isPublished, type Page, type Post, type Term } from "./post.ts";
import type { Site } from "./site.ts";

/** What an address leads to. */
export type Found = { kind: "post"; entry: Post } | { kind: "page"; entry: Page } | null;

/** A run of posts cut into pages; `number` counts from 1. */
export type PostList = { posts: readonly Post[]; number: number; last: number };

/** A run of posts by what they share. */
export type Listing = "category" | "tag" | "author";

/** Everything the blog has published, looked up in memory. Instants are epoch milliseconds. */
export type Archive = {
	site: Site;
	manifest: Manifest;
	pages: readonly Page[];
	/** Finds a published post or a page by any spelling of its path or one of its old ones. */
	find(path: string, now: number): Found;
	/** Finds a published post or a page by its stable id. */
	byId(id: string, now: number): Post | Page | null;
	/** Published posts, newest first. */
	published(now: number): readonly Post[];
	/** One page of a run of posts, or null when that page does not exist. An empty blog has one empty page. */
	paginate(posts: readonly Post[], number: number): PostList | null;
	/** The published posts of a category, tag or author by its slug, and the name it is shown by; null when there are none. */
	listed(
		by: Listing,
		slug: string,
		now: number,
	): { name: string; slug: string; posts: readonly Post[] } | null;
	/** The nearest published neighbours in time. */
	neighbours(post: Post, now: number): { earlier: Post | null; later: Post | null };
	/** The next minute at which a scheduled post appears, or null when none is waiting. */
	changesAt(now: number): number | null;
	/** The body as HTML, rendered once per isolate. */
	html(entry: Post | Page): string;
};

/** Opens the archive the build made. Indexes are built on first use, so that starting costs nothing. */
export function openArchive(manifest: Manifest, bodies: string): Archive {
	const { site, posts, pages } = manifest;
	const rendered = new Map<string, string>();
	const render: MarkdownRenderer = lazily(() =>
		markdownRenderer({ breaks: site.markdown.breaks, images: manifest.images }),
	);
	const addresses = once(() => addressIndex(manifest));
	const ids = once(() => new Map([...posts, ...pages].map((entry) => [entry.id, entry])));
	const listings = {
		category: once(() => groupBy(posts, (post) => post.categories)),
		tag: once(() => groupBy(posts, (post) => post.tags)),
		author: once(() => groupBy(posts, (post) => [{ name: post.author, slug: slugify(post.author) }])),
	};
	const visible = (entry: Post | Page, now: number) => !("published" in entry) || isPublished(entry, now);

	return {
		site,
		manifest,
		pages,

		find(path, now) {
			const found = addresses().get(pathKey(path));
			return found !== undefined && visible(found.entry, now) ? found : null;
		},

		byId(id, now) {
			const entry = ids().get(id);
			return entry !== undefined && visible(entry, now) ? entry : null;
		},

		published: (now) => posts.filter((post) => isPublished(post, now)),

		paginate(all, number) {
			const last = Math.max(1, Math.ceil(all.length / site.postsPerPage));
			if (!Number.isInteger(number) || number < 1 || number > last) return null;
			const start = (number - 1) * site.postsPerPage;
			return { posts: all.slice(start, start + site.postsPerPage), number, last };
		},

		listed(by, slug, now) {
			const group = listings[by]().get(decodePath(slug).normalize("NFC").toLowerCase());
			const shown = group?.posts.filter((post) => isPublished(post, now)) ?? [];
			return group === undefined || shown.length === 0 ? null : { ...group, posts: shown };
		},

		neighbours(post, now) {
			const all = this.published(now);
			const at = all.indexOf(post);
			return { earlier: all[at + 1] ?? null, later: all[at - 1] ?? null };
		},

		changesAt(now) {
			const coming = posts.filter((post) => !post.draft && post.published > now);
			return coming.at(-1)?.published ?? null;
		},

		html(entry) {
			const known = rendered.get(entry.hash);
			if (known !== undefined) return known;
			const html = render(bodies.slice(entry.body.start, entry.body.end));
			rendered.set(entry.hash, html);
			return html;
		},
	};
}

function addressIndex({ posts, pages }: Manifest): Map<string, Exclude<Found, null>> {
	const index = new Map<string, Exclude<Found, null>>();
	for (const entry of posts) {
		for (const alias of entry.aliases) index.set(alias, { kind: "post", entry });
	}
	for (const entry of pages) index.set(pathKey(entry.path), { kind: "page", entry });
	for (const entry of posts) index.set(pathKey(entry.path), { kind: "post", entry });
	return index;
}

function groupBy(posts: readonly Post[], termsOf: (post: Post) => readonly Term[]) {
	const groups = new Map<string, Term & { posts: Post[] }>();
	for (const post of posts) {
		for (const { name, slug } of termsOf(post)) {
			const group = groups.get(slug);
			if (group === undefined) groups.set(slug, { name, slug, posts: [post] });
			else group.posts.push(post);
		}
	}
	return groups;
}

function once<T>(make: () => T): () => T {
	let made: { value: T } | undefined;
	return () => {
		made ??= { value: make() };
		return made.value;
	};
}

function lazily(make: () => MarkdownRenderer): MarkdownRenderer {
	const renderer = once(make);
	return (markdown) => renderer()(markdown);
}
