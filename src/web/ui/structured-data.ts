import type {
	BlogPosting,
	BreadcrumbList,
	Graph,
	Person,
	SearchAction,
	Thing,
	WebPage,
	WebSite,
	WithActionConstraints,
} from "schema-dts";
import { searchPath } from "../../posts/locations.ts";
import type { Page, Post } from "../../posts/post.ts";
import type { Site } from "../../posts/site.ts";
import { homePath, href, listingPath } from "./links.ts";
import type { SharedImage } from "./share-image.ts";

/** A page's description for search engines, by the vocabulary of schema.org. */
export type StructuredData = Graph;

/** Describes a post: what it is, and the way to it from the home page. */
export function describePost(
	post: Post,
	site: Site,
	{ comments, image }: { comments: number | null; image: SharedImage | null },
): StructuredData {
	const address = site.url + href(post.path);
	const [category] = post.categories;
	const posting: BlogPosting = {
		"@type": "BlogPosting",
		"@id": `${address}#post`,
		url: address,
		mainEntityOfPage: post.canonical ?? address,
		headline: post.title,
		...(post.summary === "" ? {} : { description: post.summary }),
		inLanguage: post.lang,
		datePublished: new Date(post.published).toISOString(),
		dateModified: new Date(post.updated ?? post.published).toISOString(),
		author: post.authors.map(
			({ name, slug }): Person => ({
				"@type": "Person",
				name,
				url: site.url + href(listingPath("author", slug)),
			}),
		),
		// In scripts without spaces each character counts, as in word processors.
		wordCount: post.length.words + post.length.characters,
		...(comments === null ? {} : { commentCount: comments }),
		...(category === undefined ? {} : { articleSection: post.categories.map(({ name }) => name) }),
		...(post.tags.length === 0 ? {} : { keywords: post.tags.map(({ name }) => name) }),
		...(image === null ? {} : { image: image.address }),
		isPartOf: webSite(site),
	};
	const way =
		category === undefined ? [] : [{ name: category.name, path: listingPath("category", category.slug) }];
	return graph(posting, breadcrumbs(site, [...way, { name: post.title, path: post.path }]));
}

/** Describes a page outside the chronological order. */
export function describePage({ title, path, lang, summary }: Page, site: Site): StructuredData {
	const page: WebPage = {
		"@type": "WebPage",
		"@id": site.url + href(path),
		url: site.url + href(path),
		name: title,
		...(summary === "" ? {} : { description: summary }),
		inLanguage: lang,
		isPartOf: webSite(site),
	};
	return graph(page, breadcrumbs(site, [{ name: title, path }]));
}

/** Describes a list of posts by the way to it. */
export function describeList(list: { name: string; path: string }, site: Site): StructuredData {
	return graph(breadcrumbs(site, [list]));
}

/** Describes the home page, and how the blog is searched. */
export function describeHome(site: Site): StructuredData {
	const search: WithActionConstraints<SearchAction> = {
		"@type": "SearchAction",
		target: { "@type": "EntryPoint", urlTemplate: `${site.url}${searchPath}?q={search_term_string}` },
		"query-input": "required name=search_term_string",
	};
	return graph({
		...webSite(site),
		...(site.tagline === "" ? {} : { description: site.tagline }),
		inLanguage: site.language,
		potentialAction: search,
	});
}

function webSite(site: Site): Exclude<WebSite, string> {
	return { "@type": "WebSite", "@id": `${site.url}/#site`, url: `${site.url}/`, name: site.title };
}

function breadcrumbs(
	site: Site,
	way: readonly { name: string; path: string }[],
): Exclude<BreadcrumbList, string> {
	return {
		"@type": "BreadcrumbList",
		itemListElement: [{ name: site.title, path: homePath() }, ...way].map(({ name, path }, at) => ({
			"@type": "ListItem",
			position: at + 1,
			name,
			item: site.url + href(path),
		})),
	};
}

function graph(...things: Thing[]): StructuredData {
	return { "@context": "https://schema.org", "@graph": things };
}
