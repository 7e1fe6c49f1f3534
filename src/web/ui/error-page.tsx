import type { Archive } from "../../posts/archive.ts";
import type { Post } from "../../posts/post.ts";
import { inLanguage } from "./in-language.ts";
import { Layout } from "./layout.tsx";
import { href } from "./links.ts";
import { SearchForm } from "./search-form.tsx";
import { stringsFor } from "./strings/strings.ts";

/** Renders an error page with a title and one sentence, all of it in one language. */
export const ErrorPage = (props: { archive: Archive; lang: string; title: string; text: string }) => (
	<Layout
		archive={props.archive}
		meta={{ title: props.title, lang: props.lang, siteLang: props.lang, noindex: true }}
	>
		<h1>{props.title}</h1>
		<p>{props.text}</p>
		<p>
			<a href="/">{stringsFor(props.lang).home}</a>
		</p>
	</Layout>
);

/** Renders the 404 page with similar posts, the latest posts and a link to the archive. */
export const NotFoundPage = (props: {
	archive: Archive;
	nearest: readonly Post[];
	latest: readonly Post[];
}) => {
	const { archive, nearest, latest } = props;
	const lang = archive.site.language;
	const strings = stringsFor(lang);
	return (
		<Layout archive={archive} meta={{ title: strings.notFoundTitle, lang, noindex: true, searches: true }}>
			<h1>{strings.notFoundTitle}</h1>
			<p>{strings.notFoundLead}</p>
			<SearchForm lang={lang} />
			{nearest.length > 0 && (
				<>
					<h2>{strings.similarPosts}</h2>
					<Titles posts={nearest} lang={lang} />
				</>
			)}
			<h2>{strings.latestPosts}</h2>
			<Titles posts={latest} lang={lang} />
			<p>
				<a href="/archive/">{strings.archive}</a>
			</p>
		</Layout>
	);
};

const Titles = ({ posts, lang }: { posts: readonly Post[]; lang: string }) => (
	<ul>
		{posts.map((post) => (
			<li {...inLanguage(post.lang, lang)}>
				<a href={href(post.path)}>{post.title}</a>
			</li>
		))}
	</ul>
);
