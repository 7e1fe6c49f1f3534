import type { Child } from "hono/jsx";
import type { Archive, PostList } from "../../posts/archive.ts";
import { formatMonth } from "../../posts/dates.ts";
import type { Post } from "../../posts/post.ts";
import { languageAlternates } from "../alternates.ts";
import { plural, stringsFor } from "../strings/strings.ts";
import { Byline, Day, Tags } from "./byline.tsx";
import { LanguageChoice, LanguageMark } from "./languages.tsx";
import { Layout, pageSuffix } from "./layout.tsx";
import { feedPathOf, href, monthPath } from "./links.ts";
import { OpeningProse } from "./prose.tsx";
import { Title } from "./title.tsx";

/** A page of posts: the home page, a category, a tag, an author. */
export const ListPage = (props: {
	archive: Archive;
	/** What the list is of; null on the home page. */
	heading: string | null;
	list: PostList;
	/** Path of page `n` of this list. */
	pathOf: (page: number) => string;
	counts: ReadonlyMap<string, number>;
	full: boolean;
	/** The language the page itself speaks. */
	lang: string;
	/** Whether it can be told apart by language: the home page and the lists of each language. */
	byLanguage: boolean;
	/** What stands between the heading and the first post. */
	intro?: Child;
	now: number;
}) => {
	const { archive, heading, list, pathOf, counts, full, lang, byLanguage, now } = props;
	const { title, tagline } = archive.site;
	const strings = stringsFor(lang);
	const suffix = pageSuffix(list, lang);
	const newer = list.number > 1 ? href(pathOf(list.number - 1)) : null;
	const older = list.number < list.last ? href(pathOf(list.number + 1)) : null;
	const named = [heading, suffix].filter((part) => part !== null).join(" — ");
	const meta = {
		title: named === "" ? null : named,
		lang,
		description: heading ?? tagline,
		path: pathOf(list.number),
		previous: newer,
		next: older,
		frame: lang,
		...(heading === null ? {} : { feed: { title: heading, path: feedPathOf(pathOf(1)) } }),
		...(byLanguage && list.number === 1 ? { alternates: languageAlternates(archive, now) } : {}),
	};
	return (
		<Layout archive={archive} meta={meta}>
			<h1 class={heading === null ? "visually-hidden" : "list-heading"}>{heading ?? title}</h1>
			{props.intro}
			{byLanguage && <LanguageChoice languages={archive.languages(now)} lang={lang} all={heading === null} />}
			{list.posts.length === 0 && <p>{strings.nothingYet}</p>}
			{list.posts.map((post) => (
				<PostInList archive={archive} post={post} count={counts.get(post.id) ?? 0} full={full} lang={lang} />
			))}
			{(newer ?? older) !== null && (
				<nav class="paging" aria-label={strings.paging}>
					{newer !== null && (
						<a href={newer} rel="prev">
							{strings.newerPosts}
						</a>
					)}
					{older !== null && (
						<a href={older} rel="next">
							{strings.olderPosts}
						</a>
					)}
				</nav>
			)}
		</Layout>
	);
};

const PostInList = (props: { archive: Archive; post: Post; count: number; full: boolean; lang: string }) => {
	const { archive, post, count, full, lang } = props;
	const strings = stringsFor(post.lang);
	const address = href(post.path);
	const whole = full && !post.more;
	return (
		<article class="entry in-list" lang={post.lang}>
			<header>
				<h2>
					<a href={address}>
						<Title entry={post} />
					</a>
				</h2>
				<Byline post={post} site={archive.site} lang={post.lang}>
					<LanguageMark post={post} lang={lang} />
				</Byline>
			</header>
			{full || post.more ? (
				<OpeningProse archive={archive} post={post} />
			) : (
				<p class="summary">{post.summary}</p>
			)}
			<footer>
				{full && <Tags post={post} lang={post.lang} />}
				<p class="more">
					{!whole && (
						<a href={address} aria-label={`${strings.readMore}: ${post.title}`}>
							{strings.readMore}
						</a>
					)}
					{post.comments !== "off" && count > 0 && (
						<a href={`${address}#comments`}>{plural(strings.commentCount, count, post.lang)}</a>
					)}
				</p>
			</footer>
		</article>
	);
};

/** Posts by month, one line each: the whole archive, a year, or a month. */
export const ArchivePage = (props: {
	archive: Archive;
	heading: string;
	path: string;
	posts: readonly Post[];
}) => {
	const { archive, heading, path, posts } = props;
	const { site } = archive;
	const lang = site.language;
	return (
		<Layout archive={archive} meta={{ title: heading, lang, path, description: heading }}>
			<h1 class="list-heading">{heading}</h1>
			<p class="byline">{plural(stringsFor(lang).postCount, posts.length, lang)}</p>
			{byMonth(posts).map(({ year, month, posts }) => (
				<section class="month">
					<h2>
						<a href={monthPath(year, month)}>{formatMonth(year, month, lang)}</a>
					</h2>
					<ul>
						{posts.map((post) => (
							<li lang={post.lang}>
								<span>
									<a href={href(post.path)}>{post.title}</a>
									<LanguageMark post={post} lang={lang} />
								</span>
								<Day instant={post.published} lang={post.lang} site={site} />
							</li>
						))}
					</ul>
				</section>
			))}
		</Layout>
	);
};

function byMonth(posts: readonly Post[]): { year: number; month: number; posts: Post[] }[] {
	const months: { year: number; month: number; posts: Post[] }[] = [];
	for (const post of posts) {
		const { year, month } = post.day;
		const current = months.at(-1);
		if (current?.year === year && current.month === month) current.posts.push(post);
		else months.push({ year, month, posts: [post] });
	}
	return months;
}
