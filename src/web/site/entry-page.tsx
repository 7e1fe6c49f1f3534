import type { Child } from "hono/jsx";
import type { Archive } from "../../posts/archive.ts";
import { commentFeedPathOf, embedPathOf, markdownPathOf } from "../../posts/locations.ts";
import type { Page, Post } from "../../posts/post.ts";
import { Byline, PreviewNotice, Tags } from "../ui/byline.tsx";
import { Translations } from "../ui/languages.tsx";
import { Layout, type PageMeta } from "../ui/layout.tsx";
import { href } from "../ui/links.ts";
import { emSpace } from "../ui/message.tsx";
import { EntryProse } from "../ui/prose.tsx";
import { shareImageOf } from "../ui/share-image.ts";
import { fill, plural, stringsFor } from "../ui/strings/strings.ts";
import { describePage, describePost, type StructuredData } from "../ui/structured-data.ts";
import { Title } from "../ui/title.tsx";
import { alternatesOf } from "./alternates.ts";
import { Neighbours, Related, SeriesLine, SeriesParts } from "./related-posts.tsx";

/** Renders a post or a static page; the comments, if any, are its children. */
export const EntryPage = (props: {
	archive: Archive;
	entry: Post | Page;
	now: number;
	noindex: boolean;
	/** Query of the current page of the thread; empty on the first. */
	query: string;
	/** Whether this is a preview of an unpublished post, which has no canonical URL yet. */
	preview?: boolean;
	/** Whether the thread has several pages, of which this may be a later one. */
	paged?: { isFirst: boolean } | null;
	/** Number of comments; null without a thread, or while it cannot be read. */
	comments?: number | null;
	children?: Child;
}) => {
	const { archive, entry, now, noindex, query, preview = false, comments = null, paged = null } = props;
	const isPost = "published" in entry;
	const meta: PageMeta = {
		title:
			paged === null || paged.isFirst
				? entry.title
				: `${entry.title} — ${stringsFor(entry.lang).threadContinued}`,
		lang: entry.lang,
		description: entry.summary,
		...(preview ? {} : { path: entry.path, canonical: entry.canonical }),
		noindex: noindex || entry.unlisted,
		rich: entry.rich,
		query,
		...(preview || entry.comments === "off"
			? {}
			: {
					feed: {
						title: fill(stringsFor(entry.lang).commentsOnPost, { title: entry.title }),
						path: commentFeedPathOf(entry.path),
					},
				}),
		alternates: alternatesOf(archive, entry, now),
		entry,
		microformat: "h-entry",
		...(preview ? {} : { structuredData: describe(archive, entry, comments) }),
		...(preview
			? {}
			: {
					formats: [
						{ type: "text/markdown", href: href(markdownPathOf(entry.path)) },
						{ type: "application/json+oembed", href: embedPathOf(archive.site.url + href(entry.path)) },
					],
				}),
	};
	return (
		<Layout archive={archive} meta={meta}>
			<article class="entry">
				<header>
					{preview && isPost && <PreviewNotice post={entry} site={archive.site} />}
					<h1 class="p-name">
						<Title entry={entry} />
					</h1>
					{!preview && <data class="u-url u-uid" value={href(entry.path)} />}
					{isPost && entry.image && <data class="u-featured" value={entry.image.src} />}
					{isPost && (
						<Byline post={entry} site={archive.site} lang={entry.lang}>
							{comments !== null && comments > 0 && (
								<>
									{emSpace}
									<a href="#comments">{plural(stringsFor(entry.lang).commentCount, comments, entry.lang)}</a>
								</>
							)}
						</Byline>
					)}
					{isPost && <SeriesLine archive={archive} post={entry} now={now} />}
					<Translations archive={archive} entry={entry} now={now} />
				</header>
				<EntryProse archive={archive} entry={entry} />
				{isPost && (
					<footer>
						<Tags post={entry} lang={entry.lang} />
						<SeriesParts archive={archive} post={entry} now={now} />
					</footer>
				)}
			</article>
			{props.children}
			{isPost && <Related archive={archive} post={entry} now={now} />}
			{isPost && <Neighbours archive={archive} post={entry} now={now} rel={paged === null} />}
		</Layout>
	);
};

function describe(archive: Archive, entry: Post | Page, comments: number | null): StructuredData {
	if (!("published" in entry)) return describePage(entry, archive.site);
	return describePost(entry, archive.site, { comments, image: shareImageOf(archive, entry) });
}
