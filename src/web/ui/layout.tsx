import { html } from "hono/html";
import type { Child, FC } from "hono/jsx";
import type { Archive } from "../../posts/archive.ts";
import { blogrollPath, commentFeedPathOf, feedTypes, homePath } from "../../posts/locations.ts";
import type { Page, Post } from "../../posts/post.ts";
import { Icons } from "./icons.tsx";
import { inLanguage } from "./in-language.ts";
import { href } from "./links.ts";
import { Message } from "./message.tsx";
import { OpenGraph } from "./open-graph.tsx";
import { JsonLd, ThemeStyle } from "./prose.tsx";
import { HeaderSearch } from "./search-form.tsx";
import { shareImageOf } from "./share-image.ts";
import { fill, stringsFor } from "./strings/strings.ts";
import type { StructuredData } from "./structured-data.ts";

/** One language version of a page: a BCP 47 tag, or `x-default` for all other readers. */
export type Alternate = { hreflang: string; path: string };

export type PageMeta = {
	/** Page title without the site's; null on the home page. */
	title: string | null;
	lang: string;
	description?: string;
	/** Decoded canonical path; absent on pages without a canonical URL. */
	path?: string;
	/** Canonical web address on another site; null if the page appeared here first. */
	canonical?: string | null;
	/** The post or page that it shows. */
	entry?: Post | Page;
	/** Description of its contents for search engines. */
	structuredData?: StructuredData;
	/** Class of its main part by microformats.org: one entry, or a list of them. */
	microformat?: "h-entry" | "h-feed";
	previous?: string | null;
	next?: string | null;
	/** Feed of the page, in addition to the blog's. */
	feed?: { title: string; path: string };
	/** The page's content in other formats: media types and encoded addresses. */
	formats?: readonly { type: string; href: string }[];
	/** Whether the footer links to that feed instead of the blog's. */
	feedOffered?: boolean;
	/** Query of the canonical URL, such as `?after=12`. */
	query?: string;
	/** Language versions of the page. */
	alternates?: readonly Alternate[];
	/** Language of header and footer, if it is not the site's. */
	siteLang?: string;
	/** Whether a body needs the prose stylesheet in addition to the theme. */
	rich?: boolean;
	/** Whether the page has a form of the search itself, so that the header needs none. */
	searches?: boolean;
	/** Whether search engines are told not to index the page, which is private or temporary. */
	noindex?: boolean;
};

/** Renders the document around every page: head, site header, main content, footer. */
export const Layout: FC<{ archive: Archive; meta: PageMeta; children?: Child }> = ({
	archive,
	meta,
	children,
}) => {
	const { site, manifest, pages } = archive;
	const strings = stringsFor(meta.lang);
	const title = meta.title === null ? site.title : `${meta.title} — ${site.title}`;
	const description = meta.description ?? site.tagline;
	const own = meta.path === undefined ? null : site.url + href(meta.path) + (meta.query ?? "");
	const canonical = meta.canonical ?? own;
	const post = meta.entry !== undefined && "published" in meta.entry ? meta.entry : null;
	const otherLangs = (meta.alternates ?? [])
		.map(({ hreflang }) => hreflang)
		.filter((tag) => tag !== meta.lang && tag !== "x-default");
	const pageLinks = pages
		.filter((page) => page.navigationOrder !== null)
		.toSorted((a, b) => (a.navigationOrder ?? 0) - (b.navigationOrder ?? 0))
		.map((page) => ({ title: page.title, url: href(page.path), lang: page.lang }));
	const siteLang = meta.siteLang ?? site.language;
	const siteStrings = stringsFor(siteLang);
	const ownLang = siteLang === site.language ? undefined : site.language;
	const links = [
		{ title: siteStrings.archive, url: "/archive/", lang: siteLang },
		...site.navigation.map((link) => ({ ...link, lang: site.language })),
		...pageLinks,
	];
	return (
		<>
			{html`<!doctype html>`}
			<html {...inLanguage(meta.lang)}>
				<head>
					<meta charset="utf-8" />
					<meta name="viewport" content="width=device-width, initial-scale=1" />
					<title>{title}</title>
					{description !== "" && <meta name="description" content={description} />}
					{post !== null && <meta name="author" content={post.authors.map(({ name }) => name).join(", ")} />}
					{meta.noindex && <meta name="robots" content="noindex" />}
					{canonical !== null && <link rel="canonical" href={canonical} />}
					{meta.previous && <link rel="prev" href={meta.previous} />}
					{meta.next && <link rel="next" href={meta.next} />}
					<FeedLinks title={site.title} path="/feed.xml" />
					<link
						rel="alternate"
						type={feedTypes.xml}
						title={fill(stringsFor(site.language).commentsOnSite, { title: site.title })}
						href={commentFeedPathOf(homePath())}
					/>
					{meta.feed !== undefined && <FeedLinks {...meta.feed} />}
					{site.blogroll.length > 0 && <link rel="blogroll" type="text/xml" href={blogrollPath} />}
					{meta.formats?.map(({ type, href }) => (
						<link rel="alternate" type={type} title={meta.title ?? site.title} href={href} />
					))}
					{meta.alternates?.map(({ hreflang, path }) => (
						<link rel="alternate" hreflang={hreflang} href={site.url + href(path)} />
					))}
					<link
						rel="search"
						type="application/opensearchdescription+xml"
						title={site.title}
						href="/opensearch.xml"
					/>
					<Icons manifest={manifest} />
					<link rel="manifest" href="/site.webmanifest" />
					<meta name="color-scheme" content="light dark" />
					<OpenGraph
						siteName={site.title}
						title={meta.title ?? site.title}
						description={description}
						address={canonical}
						lang={meta.lang}
						otherLangs={otherLangs}
						image={canonical === null ? null : shareImageOf(archive, meta.entry ?? null)}
						post={post}
						url={site.url}
					/>
					{site.head.map(({ element, attributes }) =>
						element === "meta" ? <meta {...attributes} /> : <link {...attributes} />,
					)}
					{meta.structuredData !== undefined && <JsonLd data={meta.structuredData} />}
					<ThemeStyle css={manifest.theme.css} />
					{meta.rich && <ThemeStyle css={manifest.prose.css} />}
				</head>
				<body>
					<a class="skip" href="#main">
						{strings.skipToContent}
					</a>
					<header class="site-header" {...inLanguage(siteLang, meta.lang)}>
						<div>
							<a class="site-title" href="/" rel="home" {...inLanguage(ownLang, siteLang)}>
								{site.title}
							</a>
							{site.tagline !== "" && (
								<p class="tagline" {...inLanguage(ownLang, siteLang)}>
									{site.tagline}
								</p>
							)}
						</div>
						<div>
							<nav aria-label={siteStrings.navigation}>
								<ul>
									{links.map((link) => (
										<li>
											<a
												href={link.url}
												{...inLanguage(link.lang === siteLang ? undefined : link.lang, siteLang)}
											>
												{link.title}
											</a>
										</li>
									))}
								</ul>
							</nav>
							{!meta.searches && <HeaderSearch lang={siteLang} />}
						</div>
					</header>
					<main id="main" class={meta.microformat}>
						{children}
					</main>
					<footer class="site-footer" {...inLanguage(siteLang, meta.lang)}>
						<p>
							<Message text={siteStrings.footer} values={{ title: site.title, engine: "edgecat" }} />
							{" · "}
							<a href={meta.feedOffered && meta.feed ? href(meta.feed.path) : "/feed.xml"}>
								{siteStrings.feed}
							</a>
							{" · "}
							<a href="/me" rel="nofollow">
								{siteStrings.meTitle}
							</a>
						</p>
					</footer>
					{manifest.scripts.search !== undefined && <script defer src={manifest.scripts.search.path} />}
				</body>
			</html>
		</>
	);
};

/** Renders the links to a feed in each of its formats, given its address as Atom. */
const FeedLinks = ({ title, path }: { title: string; path: string }) =>
	Object.entries(feedTypes).map(([extension, type]) => (
		<link
			rel="alternate"
			type={type}
			title={extension === "xml" ? title : `${title} (${extension.toUpperCase()})`}
			href={href(path.replace(/xml$/, extension))}
		/>
	));

/** Returns "Page 2 of 5"; null on the first page. */
export function pageSuffix(list: { number: number; last: number }, lang: string): string | null {
	return list.number === 1 ? null : fill(stringsFor(lang).pageOf, { page: list.number, pages: list.last });
}
