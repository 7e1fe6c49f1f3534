import type { Archive } from "../../posts/archive.ts";
import type { Post } from "../../posts/post.ts";
import { stringsFor } from "../strings/strings.ts";
import { href, listingPath } from "./links.ts";
import { Message } from "./message.tsx";

type Props = { archive: Archive; post: Post; now: number };

/** Posts offered under one that has been read. */
const mostRelated = 3;

/** "Part 2 of 5 of SERIES", or nothing. */
export const SeriesLine = ({ archive, post, now }: Props) => {
	const place = archive.seriesPlace(post, now);
	if (place === null) return null;
	const { name, slug, number, count } = place;
	const series = <a href={href(listingPath("series", slug))}>{name}</a>;
	return (
		<p class="series-line">
			<Message text={stringsFor(post.lang).seriesPart} values={{ number, count, series }} />
		</p>
	);
};

/** The parts before and after in a series, where the text ends. */
export const SeriesParts = ({ archive, post, now }: Props) => {
	const place = archive.seriesPlace(post, now);
	if (place === null || place.count < 2) return null;
	const strings = stringsFor(post.lang);
	return (
		<nav class="neighbours series-parts" aria-label={strings.seriesLabel}>
			{place.earlier !== null && <Way to={place.earlier} label={strings.seriesEarlier} side="prev" />}
			{place.later !== null && <Way to={place.later} label={strings.seriesLater} side="next" />}
		</nav>
	);
};

/** What else there is on the subject, or nothing. */
export const Related = ({ archive, post, now }: Props) => {
	const posts = archive.related(post, now, mostRelated);
	if (posts.length === 0) return null;
	return (
		<nav class="related" aria-labelledby="related-heading">
			<h2 id="related-heading">{stringsFor(post.lang).relatedPosts}</h2>
			<ul>
				{posts.map(({ path, title, lang }) => (
					<li lang={lang}>
						<a href={href(path)}>{title}</a>
					</li>
				))}
			</ul>
		</nav>
	);
};

/** The posts before and after in time. */
export const Neighbours = ({ archive, post, now }: Props) => {
	const strings = stringsFor(post.lang);
	const { earlier, later } = archive.neighbours(post, now);
	if (earlier === null && later === null) return null;
	return (
		<nav class="neighbours" aria-label={strings.neighbours}>
			{earlier !== null && <Way to={earlier} label={strings.earlierPost} side="prev" rel />}
			{later !== null && <Way to={later} label={strings.laterPost} side="next" rel />}
		</nav>
	);
};

const Way = (props: { to: Post; label: string; side: "prev" | "next"; rel?: boolean }) => (
	<a href={href(props.to.path)} rel={props.rel ? props.side : undefined} class={props.side}>
		<small>{props.label}</small>
		<span lang={props.to.lang}>{props.to.title}</span>
	</a>
);
