import type { Child } from "hono/jsx";
import type { Archive, PostList } from "../../posts/archive.ts";
import type { Post } from "../../posts/post.ts";
import { Byline, Tags } from "../ui/byline.tsx";
import { inLanguage } from "../ui/in-language.ts";
import { LanguageChoice, LanguageMark } from "../ui/languages.tsx";
import { Layout, pageSuffix } from "../ui/layout.tsx";
import { feedPathOf, href } from "../ui/links.ts";
import { OpeningProse } from "../ui/prose.tsx";
import { plural, stringsFor } from "../ui/strings/strings.ts";
import { describeHome, describeList } from "../ui/structured-data.ts";
import { Title } from "../ui/title.tsx";
import { languageAlternates } from "./alternates.ts";

/** Renders one page of a post list: the home page, a language, a category, a tag or an author. */
export const ListPage = (props: {
	archive: Archive;
	/** Heading of the list; null on the home page. */
	heading: string | null;
	list: PostList;
	/** Path of page `n` of this list. */
	pathOf: (page: number) => string;
	counts: ReadonlyMap<string, number>;
	full: boolean;
	/** Language of the interface. */
	lang: string;
	/** Whether it offers a choice of languages: the home page and the lists by language do. */
	byLanguage: boolean;
	/** Description for search engines. */
	description?: string | undefined;
	/** Content between the heading and the first post. */
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
		description: props.description ?? heading ?? tagline,
		path: pathOf(list.number),
		rich: list.posts.some((post) => post.rich && (full || post.more)),
		previous: newer,
		next: older,
		siteLang: lang,
		microformat: "h-feed" as const,
		structuredData:
			heading === null
				? describeHome(archive.site)
				: describeList({ name: heading, path: pathOf(1) }, archive.site),
		...(heading === null ? {} : { feed: { title: heading, path: feedPathOf(pathOf(1)) }, feedOffered: true }),
		...(byLanguage && list.number === 1 ? { alternates: languageAlternates(archive, now) } : {}),
	};
	return (
		<Layout archive={archive} meta={meta}>
			<h1 class={heading === null ? "visually-hidden p-name" : "list-heading p-name"}>{heading ?? title}</h1>
			{props.intro}
			{byLanguage && <LanguageChoice languages={archive.languages(now)} lang={lang} all={heading === null} />}
			{list.posts.length === 0 && <p>{strings.noPosts}</p>}
			{list.posts.map((post) => (
				<PostInList
					archive={archive}
					post={post}
					count={counts.get(post.id) ?? 0}
					full={full}
					lang={lang}
					pinned={byLanguage && post.pinned}
				/>
			))}
			{(newer ?? older) !== null && (
				<nav class="paging" aria-label={strings.pagination}>
					{newer !== null && (
						// The head names these pages as the previous and the next.
						<a href={newer}>{strings.newerPosts}</a>
					)}{" "}
					{older !== null && <a href={older}>{strings.olderPosts}</a>}
				</nav>
			)}
		</Layout>
	);
};

const PostInList = (props: {
	archive: Archive;
	post: Post;
	count: number;
	full: boolean;
	lang: string;
	/** Whether it is here because it is pinned. */
	pinned: boolean;
}) => {
	const { archive, post, count, full, lang, pinned } = props;
	const strings = stringsFor(post.lang);
	const address = href(post.path);
	const whole = full && !post.more;
	return (
		<article class="entry in-list h-entry" {...inLanguage(post.lang, lang)}>
			<header>
				{pinned && <p class="pinned-mark">{strings.pinnedPost}</p>}
				<h2 class="p-name">
					<a href={address} class="u-url">
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
				<p class="summary p-summary">{post.summary}</p>
			)}
			<footer>
				{full && <Tags post={post} lang={post.lang} />}
				<p class="more">
					{!whole && (
						<a href={address}>
							{strings.continueReading}
							<span class="visually-hidden">: {post.title}</span>
						</a>
					)}{" "}
					{post.comments !== "off" && count > 0 && (
						<a href={`${address}#comments`}>{plural(strings.commentCount, count, post.lang)}</a>
					)}
				</p>
			</footer>
		</article>
	);
};
