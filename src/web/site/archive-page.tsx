import type { Archive } from "../../posts/archive.ts";
import { formatMonth, formatYear } from "../../posts/dates.ts";
import type { Post } from "../../posts/post.ts";
import { Day } from "../ui/byline.tsx";
import { inLanguage } from "../ui/in-language.ts";
import { LanguageMark } from "../ui/languages.tsx";
import { Layout } from "../ui/layout.tsx";
import { href, monthPath, yearPath } from "../ui/links.ts";
import { SearchForm } from "../ui/search-form.tsx";
import { plural, stringsFor } from "../ui/strings/strings.ts";
import { describeList } from "../ui/structured-data.ts";

/** Most titles on one page: nobody reads more, and rendering them exceeds the CPU time of a request. */
const maxTitles = 400;

/** Lists posts by month: the whole archive, a year, or a month. A long archive lists months instead of titles. */
export const ArchivePage = (props: {
	archive: Archive;
	heading: string;
	path: string;
	posts: readonly Post[];
}) => {
	const { archive, heading, path, posts } = props;
	const lang = archive.site.language;
	const months = byMonth(posts);
	const structuredData = describeList({ name: heading, path }, archive.site);
	const showsTitles = months.length === 1 || posts.length <= maxTitles;
	const meta = {
		title: heading,
		lang,
		path,
		description: heading,
		structuredData,
		searches: true,
		...(showsTitles ? { microformat: "h-feed" as const } : {}),
	};
	return (
		<Layout archive={archive} meta={meta}>
			<h1 class="list-heading p-name">{heading}</h1>
			<p class="byline">{plural(stringsFor(lang).postCount, posts.length, lang)}</p>
			<SearchForm lang={lang} />
			{showsTitles
				? months.map((month) => <MonthOfTitles archive={archive} {...month} />)
				: byYear(months).map((year) => <Year {...year} lang={lang} />)}
		</Layout>
	);
};

type Month = { year: number; month: number; posts: Post[] };

const MonthOfTitles = ({ archive, year, month, posts }: Month & { archive: Archive }) => {
	const lang = archive.site.language;
	return (
		<section class="month">
			<h2>
				<a href={monthPath(year, month)}>{formatMonth(year, month, lang)}</a>
			</h2>
			<ul>
				{posts.map((post) => (
					<li class="h-entry" {...inLanguage(post.lang, lang)}>
						<span>
							<a href={href(post.path)} class="u-url p-name">
								{post.title}
							</a>
							<LanguageMark post={post} lang={lang} />
						</span>{" "}
						<Day instant={post.published} lang={post.lang} site={archive.site} class="dt-published" />
					</li>
				))}
			</ul>
		</section>
	);
};

const Year = ({ year, months, lang }: { year: number; months: Month[]; lang: string }) => (
	<section class="month">
		<h2>
			<a href={yearPath(year)}>{formatYear(year, lang)}</a>
		</h2>
		<ul>
			{months.map(({ month, posts }) => (
				<li>
					<a href={monthPath(year, month)}>{formatMonth(year, month, lang)}</a>{" "}
					<small>{plural(stringsFor(lang).postCount, posts.length, lang)}</small>
				</li>
			))}
		</ul>
	</section>
);

function byMonth(posts: readonly Post[]): Month[] {
	const months: Month[] = [];
	for (const post of posts) {
		const { year, month } = post.day;
		const current = months.at(-1);
		if (current?.year === year && current.month === month) current.posts.push(post);
		else months.push({ year, month, posts: [post] });
	}
	return months;
}

function byYear(months: readonly Month[]): { year: number; months: Month[] }[] {
	return Array.from(
		Map.groupBy(months, ({ year }) => year),
		([year, months]) => ({ year, months }),
	);
}
