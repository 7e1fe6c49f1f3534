import type { Archive } from "../../posts/archive.ts";
import type { Post } from "../../posts/post.ts";
import { inLanguage } from "../ui/in-language.ts";
import { href, listingPath } from "../ui/links.ts";
import { Message } from "../ui/message.tsx";
import { stringsFor } from "../ui/strings/strings.ts";

type Props = { archive: Archive; post: Post; now: number };

/** Number of related posts below a post. */
const maxRelated = 3;

/** Renders "Part 2 of 5 of SERIES" for a post in a series. */
export const SeriesLine = ({ archive, post, now }: Props) => {
	const place = archive.seriesPosition(post, now);
	if (place === null) return null;
	const { name, slug, number, count } = place;
	const series = <a href={href(listingPath("series", slug))}>{name}</a>;
	return (
		<p class="series-line">
			<Message text={stringsFor(post.lang).seriesPart} values={{ number, count, series }} />
		</p>
	);
};

/** Renders links to the previous and next part of a series, below the text. */
export const SeriesParts = ({ archive, post, now }: Props) => {
	const place = archive.seriesPosition(post, now);
	if (place === null || place.count < 2) return null;
	const strings = stringsFor(post.lang);
	return (
		<nav class="post-navigation series-parts" aria-label={strings.seriesLabel}>
			{place.earlier !== null && (
				<PostLink lang={post.lang} to={place.earlier} label={strings.seriesPrevious} side="prev" />
			)}{" "}
			{place.later !== null && (
				<PostLink lang={post.lang} to={place.later} label={strings.seriesNext} side="next" />
			)}
		</nav>
	);
};

/** Renders links to related posts, if there are any. */
export const Related = ({ archive, post, now }: Props) => {
	const posts = archive.related(post, now, maxRelated);
	if (posts.length === 0) return null;
	return (
		<nav class="related" aria-labelledby="related-heading">
			<h2 id="related-heading">{stringsFor(post.lang).relatedPosts}</h2>
			<ul>
				{posts.map(({ path, title, lang }) => (
					<li {...inLanguage(lang, post.lang)}>
						<a href={href(path)}>{title}</a>
					</li>
				))}
			</ul>
		</nav>
	);
};

/** Renders links to the previous and next post in time; `rel` states that they are the pages before and after this one. */
export const Neighbours = ({ archive, post, now, rel }: Props & { rel: boolean }) => {
	const strings = stringsFor(post.lang);
	const { earlier, later } = archive.neighbours(post, now);
	if (earlier === null && later === null) return null;
	return (
		<nav class="post-navigation" aria-label={strings.adjacentPosts}>
			{earlier !== null && (
				<PostLink lang={post.lang} to={earlier} label={strings.previousPost} side="prev" rel={rel} />
			)}{" "}
			{later !== null && (
				<PostLink lang={post.lang} to={later} label={strings.nextPost} side="next" rel={rel} />
			)}
		</nav>
	);
};

const PostLink = (props: { to: Post; lang: string; label: string; side: "prev" | "next"; rel?: boolean }) => (
	<a href={href(props.to.path)} rel={props.rel ? props.side : undefined} class={props.side}>
		<small>{props.label}</small> <span {...inLanguage(props.to.lang, props.lang)}>{props.to.title}</span>
	</a>
);
