import type { Child } from "hono/jsx";
import { formatDay, formatMinute } from "../../posts/dates.ts";
import { readingMinutes } from "../../posts/length.ts";
import type { Post } from "../../posts/post.ts";
import type { Site } from "../../posts/site.ts";
import { inLanguage } from "./in-language.ts";
import { href, listingPath } from "./links.ts";
import { emSpace, JoinedMessage, Message } from "./message.tsx";
import { fill, formatCount, plural, stringsFor } from "./strings/strings.ts";

/** Renders an instant as a day, with the ISO form in `datetime`. */
export const Day = (props: { instant: number; lang: string; site: Site; class?: string }) => (
	<time class={props.class} datetime={new Date(props.instant).toISOString()}>
		{formatDay(props.instant, props.lang, props.site.timezone)}
	</time>
);

/** Renders an instant to the minute, with the ISO form in `datetime`. */
export const DateTime = (props: { instant: number; lang: string; site: Site; class?: string }) => (
	<time class={props.class} datetime={new Date(props.instant).toISOString()}>
		{formatMinute(props.instant, props.lang, props.site.timezone)}
	</time>
);

/** Renders "Posted in CATEGORY, CATEGORY by AUTHOR on DATE". */
export const Byline = (props: { post: Post; site: Site; lang: string; children?: Child }) => {
	const { post, site, lang, children } = props;
	const strings = stringsFor(lang);
	const { timezone } = site;
	const categories = post.categories.map((term) => (
		<a href={href(listingPath("category", term.slug))} rel="category" class="p-category">
			{term.name}
		</a>
	));
	const values = {
		author: <Authors post={post} lang={lang} />,
		date: <Day instant={post.published} lang={lang} site={site} class="dt-published" />,
		categories: <JoinedMessage items={categories} separator={strings.listSeparator} />,
	};
	const text = categories.length > 0 ? strings.byline : strings.bylineUncategorized;
	return (
		<p class="byline" {...inLanguage(lang)}>
			<Message text={text} values={values} />
			{emSpace}
			<span class="length">{lengthOf(post, lang)}</span>
			{children}
			{post.updated !== null &&
				formatDay(post.updated, lang, timezone) !== formatDay(post.published, lang, timezone) && (
					<>
						<br />
						<Message
							text={strings.updated}
							values={{ date: <Day instant={post.updated} lang={lang} site={site} class="dt-updated" /> }}
						/>
					</>
				)}
		</p>
	);
};

/** Renders links to a post's authors: "Mika, Tom and Ana". */
const Authors = ({ post, lang }: { post: Post; lang: string }) => {
	const links = post.authors.map(({ name, slug }) => (
		<a href={href(listingPath("author", slug))} rel="author" class="p-author h-card">
			{name}
		</a>
	));
	// Most posts have one author, and the first list of an isolate takes a millisecond.
	if (links.length === 1) return <>{links}</>;
	const parts = new Intl.ListFormat(lang).formatToParts(post.authors.map(({ name }) => name));
	return <>{parts.map(({ type, value }) => (type === "element" ? links.shift() : value))}</>;
};

/** Returns "4 min read, 820 words", or characters for a post in Japanese or Chinese. */
function lengthOf({ length }: Post, lang: string): string {
	const strings = stringsFor(lang);
	const { words, characters } = length;
	const minutes = fill(strings.readingTime, { minutes: formatCount(readingMinutes(length), lang) });
	const count =
		characters > words
			? plural(strings.characterCount, characters, lang)
			: plural(strings.wordCount, words, lang);
	return [minutes, count].join(strings.listSeparator);
}

/** Renders the links to a post's tags. */
export const Tags = ({ post, lang }: { post: Post; lang: string }) => {
	if (post.tags.length === 0) return null;
	const strings = stringsFor(lang);
	const tags = post.tags.map((term) => (
		<a href={href(listingPath("tag", term.slug))} rel="tag" class="p-category">
			{term.name}
		</a>
	));
	return (
		<p class="tags">
			<Message
				text={strings.tagged}
				values={{ tags: <JoinedMessage items={tags} separator={strings.listSeparator} /> }}
			/>
		</p>
	);
};

/** Renders the note on a preview: a draft, or the time of publication. */
export const PreviewNotice = ({ post, site }: { post: Post; site: Site }) => {
	const strings = stringsFor(post.lang);
	const date = formatMinute(post.published, post.lang, site.timezone);
	return (
		<p class="notice" role="status">
			{post.draft ? strings.previewDraft : fill(strings.previewScheduled, { date })}
		</p>
	);
};
