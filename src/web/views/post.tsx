import type { Child } from "hono/jsx";
import type { Archive } from "../../posts/archive.ts";
import { commentFeedPathOf } from "../../posts/locations.ts";
import type { Page, Post } from "../../posts/post.ts";
import { alternatesOf } from "../alternates.ts";
import { fill, stringsFor } from "../strings/strings.ts";
import { Neighbours, Related, SeriesLine, SeriesParts } from "./around.tsx";
import { Byline, Tags } from "./byline.tsx";
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
	children?: Child;
}) => {
	const { archive, entry, now, unindexed, query } = props;
	const isPost = "published" in entry;
	const meta: PageMeta = {
		title: entry.title,
		lang: entry.lang,
		description: entry.summary,
		path: entry.path,
		unindexed,
		query,
		...(entry.comments === "off"
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
