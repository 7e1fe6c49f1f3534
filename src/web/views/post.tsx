import type { Child } from "hono/jsx";
import type { Archive } from "../../posts/archive.ts";
import { commentFeedPathOf } from "../../posts/locations.ts";
import type { Page, Post } from "../../posts/post.ts";
import { alternatesOf } from "../alternates.ts";
import { fill, stringsFor } from "../strings/strings.ts";
import { Neighbours, Related, SeriesLine, SeriesParts } from "./around.tsx";
import { Byline, PreviewNotice, Tags } from "./byline.tsx";
import { Translations } from "./languages.tsx";
import { Layout, type PageMeta } from "./layout.tsx";
import { EntryProse } from "./prose.tsx";
import { Title } from "./title.tsx";

/** A post on its own page, or a standing page; the conversation, if any, comes as children. */
export const EntryPage = (props: {
	archive: Archive;
	entry: Post | Page;
	now: number;
	unindexed: boolean;
	/** Which page of a long thread this is, as in the address; empty on the first. */
	query: string;
	/** Shown before its time to whoever was sent a link: nothing on the page says it is public. */
	preview?: boolean;
	children?: Child;
}) => {
	const { archive, entry, now, unindexed, query, preview = false } = props;
	const isPost = "published" in entry;
	const meta: PageMeta = {
		title: entry.title,
		lang: entry.lang,
		description: entry.summary,
		...(preview ? {} : { path: entry.path }),
		unindexed,
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
		...(isPost
			? {
					alternates: alternatesOf(archive, entry, now),
					published: entry.published,
					updated: entry.updated,
					image: entry.image?.src,
				}
			: {}),
	};
	return (
		<Layout archive={archive} meta={meta}>
			<article class="entry">
				<header>
					{preview && isPost && <PreviewNotice post={entry} site={archive.site} />}
					<h1>
						<Title entry={entry} />
					</h1>
					{isPost && <Byline post={entry} site={archive.site} lang={entry.lang} />}
					{isPost && <SeriesLine archive={archive} post={entry} now={now} />}
					{isPost && <Translations archive={archive} post={entry} now={now} />}
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
			{isPost && <Neighbours archive={archive} post={entry} now={now} />}
		</Layout>
	);
};
