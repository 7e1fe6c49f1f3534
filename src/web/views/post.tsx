import type { Child } from "hono/jsx";
import type { Archive } from "../../posts/archive.ts";
import { commentFeedPathOf } from "../../posts/locations.ts";
import type { Page, Post } from "../../posts/post.ts";
import { alternatesOf } from "../alternates.ts";
import { fill, stringsFor } from "../strings/strings.ts";
import { Byline, Tags } from "./byline.tsx";
import { Translations } from "./languages.tsx";
import { Layout, type PageMeta } from "./layout.tsx";
import { href } from "./links.ts";
import { EntryProse } from "./prose.tsx";

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
			? { alternates: alternatesOf(archive, entry, now), published: entry.published, image: entry.image?.src }
			: {}),
	};
	return (
		<Layout archive={archive} meta={meta}>
			<article class="entry">
				<header>
					<h1>{entry.title}</h1>
					{isPost && <Byline post={entry} site={archive.site} lang={entry.lang} />}
					{isPost && <Translations archive={archive} post={entry} now={now} />}
				</header>
				<EntryProse archive={archive} entry={entry} />
				{isPost && (
					<footer>
						<Tags post={entry} lang={entry.lang} />
					</footer>
				)}
			</article>
			{props.children}
			{isPost && <Neighbours archive={archive} post={entry} now={now} />}
		</Layout>
	);
};

const Neighbours = ({ archive, post, now }: { archive: Archive; post: Post; now: number }) => {
	const strings = stringsFor(post.lang);
	const { earlier, later } = archive.neighbours(post, now);
	if (earlier === null && later === null) return null;
	const link = (neighbour: Post, rel: "prev" | "next", label: string) => (
		<a href={href(neighbour.path)} rel={rel} class={rel}>
			<small>{label}</small>
			<span lang={neighbour.lang}>{neighbour.title}</span>
		</a>
	);
	return (
		<nav class="neighbours" aria-label={strings.neighbours}>
			{earlier !== null && link(earlier, "prev", strings.earlierPost)}
			{later !== null && link(later, "next", strings.laterPost)}
		</nav>
	);
};
