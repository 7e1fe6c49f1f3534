import { html } from "hono/html";
import type { Child, FC } from "hono/jsx";
import type { Archive } from "../../posts/archive.ts";
import { commentFeedPath } from "../../posts/locations.ts";
import type { Alternate } from "../alternates.ts";
import { fill, stringsFor } from "../strings/strings.ts";
import { href } from "./links.ts";
import { Message } from "./message.tsx";
import { ThemeStyle } from "./prose.tsx";

export type PageMeta = {
	/** Title without the site's; null on the home page. */
	title: string | null;
	lang: string;
	description?: string;
	/** Canonical path, decoded; absent on pages that are nobody's address. */
	path?: string;
	image?: string | undefined;
	/** Epoch milliseconds; makes the page an article to those who preview links. */
	published?: number;
	/** Epoch milliseconds of its last revision. */
	updated?: number | null;
	previous?: string | null;
	next?: string | null;
	/** A feed of what is on the page, beside the blog's own. */
	feed?: { title: string; path: string };
	/** Whether that feed, rather than the blog's, is the one to offer at the foot of the page. */
	feedOffered?: boolean;
	/** The part of a canonical address after its path, such as `?after=12`. */
	query?: string;
	/** The same page in other languages. */
	alternates?: readonly Alternate[];
	/** The language of header and footer where it is not the site's. */
	frame?: string;
	/** Whether a body is shown that takes more than the theme. */
	rich?: boolean;
	/** Kept out of search engines: a private or passing view. */
	unindexed?: boolean;
};

/** The frame of every page: head, site header, main text, footer. */
export const Layout: FC<{ archive: Archive; meta: PageMeta; children?: Child }> = ({
	archive,
	meta,
	children,
}) => {
	const { site, manifest, pages } = archive;
	const strings = stringsFor(meta.lang);
	const title = meta.title === null ? site.title : `${meta.title} — ${site.title}`;
	const description = meta.description ?? site.tagline;
	const canonical = meta.path === undefined ? null : site.url + href(meta.path) + (meta.query ?? "");
	const standing = pages
		.filter((page) => page.navigationOrder !== null)
		.toSorted((a, b) => (a.navigationOrder ?? 0) - (b.navigationOrder ?? 0))
		.map((page) => ({ title: page.title, url: href(page.path), lang: page.lang }));
	const frame = meta.frame ?? site.language;
	const frameStrings = stringsFor(frame);
	const ownLang = frame === site.language ? undefined : site.language;
	const fixed = [
		{ title: frameStrings.archive, url: "/archive/", lang: frame },
		...site.navigation.map((link) => ({ ...link, lang: site.language })),
		...standing,
	];
	return (
		<>
			{html`<!doctype html>`}
			<html lang={meta.lang}>
				<head>
					<meta charset="utf-8" />
					<meta name="viewport" content="width=device-width, initial-scale=1" />
					<title>{title}</title>
					{description !== "" && <meta name="description" content={description} />}
					{meta.unindexed && <meta name="robots" content="noindex" />}
					{canonical !== null && <link rel="canonical" href={canonical} />}
					{meta.previous && <link rel="prev" href={meta.previous} />}
					{meta.next && <link rel="next" href={meta.next} />}
					<link rel="alternate" type="application/atom+xml" title={site.title} href="/feed.xml" />
					<link
						rel="alternate"
						type="application/atom+xml"
						title={fill(stringsFor(site.language).commentsOnSite, { title: site.title })}
						href={commentFeedPath}
					/>
					{meta.feed !== undefined && (
						<link
							rel="alternate"
							type="application/atom+xml"
							title={meta.feed.title}
							href={href(meta.feed.path)}
						/>
					)}
					{meta.alternates?.map(({ hreflang, path }) => (
						<link rel="alternate" hreflang={hreflang} href={site.url + href(path)} />
					))}
					<link rel="icon" type="image/svg+xml" href="/icon.svg" />
					<meta name="color-scheme" content="light dark" />
					<meta property="og:site_name" content={site.title} />
					<meta property="og:title" content={meta.title ?? site.title} />
					{description !== "" && <meta property="og:description" content={description} />}
					<meta property="og:type" content={meta.published === undefined ? "website" : "article"} />
					{canonical !== null && <meta property="og:url" content={canonical} />}
					{meta.image !== undefined && (
						<meta property="og:image" content={new URL(meta.image, site.url).href} />
					)}
					<meta property="og:locale" content={meta.lang.replace("-", "_")} />
					{meta.published !== undefined && (
						<meta property="article:published_time" content={new Date(meta.published).toISOString()} />
					)}
					{typeof meta.updated === "number" && (
						<meta property="article:modified_time" content={new Date(meta.updated).toISOString()} />
					)}
					<ThemeStyle css={manifest.theme.css} />
					{meta.rich && <ThemeStyle css={manifest.prose.css} />}
				</head>
				<body>
					<a class="skip" href="#main">
						{strings.skipToContent}
					</a>
					<header class="site-header" lang={frame}>
						<div>
							<a class="site-title" href="/" rel="home" lang={ownLang}>
								{site.title}
							</a>
							{site.tagline !== "" && (
								<p class="tagline" lang={ownLang}>
									{site.tagline}
								</p>
							)}
						</div>
						<nav aria-label={frameStrings.navigation}>
							<ul>
								{fixed.map((link) => (
									<li>
										<a href={link.url} lang={link.lang === frame ? undefined : link.lang}>
											{link.title}
										</a>
									</li>
								))}
							</ul>
						</nav>
					</header>
					<main id="main">{children}</main>
					<footer class="site-footer" lang={frame}>
						<p>
							<Message text={frameStrings.footer} values={{ title: site.title, engine: "edgecat" }} />
							{" · "}
							<a href={meta.feedOffered && meta.feed ? href(meta.feed.path) : "/feed.xml"}>
								{frameStrings.feed}
							</a>
							{" · "}
							<a href="/me" rel="nofollow">
								{frameStrings.meLink}
							</a>
						</p>
					</footer>
				</body>
			</html>
		</>
	);
};

/** `Page 2 of 5`, or nothing on the first. */
export function pageSuffix(list: { number: number; last: number }, lang: string): string | null {
	return list.number === 1 ? null : fill(stringsFor(lang).pageOf, { page: list.number, pages: list.last });
}
