import type { Archive } from "../../posts/archive.ts";
import { ownValue } from "../../posts/own-value.ts";
import type { Post } from "../../posts/post.ts";
import { Day } from "../ui/byline.tsx";
import { inLanguage } from "../ui/in-language.ts";
import { LanguageMark } from "../ui/languages.tsx";
import { Layout } from "../ui/layout.tsx";
import { feedPathOf, href, listingPath } from "../ui/links.ts";
import { plural, stringsFor } from "../ui/strings/strings.ts";
import { describeList } from "../ui/structured-data.ts";

/** Renders a series from first part to last, in the language of its parts if they share one. */
export const SeriesPage = (props: {
	archive: Archive;
	series: { name: string; slug: string; posts: readonly Post[] };
}) => {
	const { archive, series } = props;
	const parts = series.posts.toReversed();
	const lang = parts.every((part) => part.lang === parts[0]?.lang) ? parts[0]?.lang : undefined;
	const spoken = lang ?? archive.site.language;
	const path = listingPath("series", series.slug);
	const about = ownValue(archive.site.terms, series.slug);
	const count = plural(stringsFor(spoken).seriesParts, parts.length, spoken);
	const meta = {
		title: series.name,
		lang: spoken,
		description: about ?? `${series.name} — ${count}`,
		path,
		feed: { title: series.name, path: feedPathOf(path) },
		feedOffered: true,
		microformat: "h-feed" as const,
		structuredData: describeList({ name: series.name, path }, archive.site),
	};
	return (
		<Layout archive={archive} meta={meta}>
			<h1 class="list-heading p-name">{series.name}</h1>
			<p class="byline">{count}</p>
			{about !== undefined && <p {...inLanguage(archive.site.language, spoken)}>{about}</p>}
			<ol class="parts">
				{parts.map((part) => (
					<li>
						<article class="in-list h-entry" {...inLanguage(part.lang, spoken)}>
							<h2 class="p-name">
								<a href={href(part.path)} class="u-url">
									{part.title}
								</a>
							</h2>
							<p class="byline">
								<Day instant={part.published} lang={part.lang} site={archive.site} class="dt-published" />
								<LanguageMark post={part} lang={spoken} />
							</p>
							<p class="summary p-summary">{part.summary}</p>
						</article>
					</li>
				))}
			</ol>
		</Layout>
	);
};
