import type { Post } from "../../posts/post.ts";
import { href, listingPath } from "./links.ts";
import type { SharedImage } from "./share-image.ts";

/** Renders what other sites show beside a link to a page (ogp.me, X's cards). */
export const OpenGraph = (props: {
	siteName: string;
	title: string;
	description: string;
	/** Canonical address; null on pages without one. */
	address: string | null;
	/** BCP 47 tags of the page and of its other language versions. */
	lang: string;
	otherLangs: readonly string[];
	image: SharedImage | null;
	/** Set on the page of a post. */
	post: Post | null;
	/** Origin of the blog. */
	url: string;
}) => {
	const { siteName, title, description, address, lang, otherLangs, image, post, url } = props;
	const locale = localeOf(lang);
	return (
		<>
			<meta property="og:site_name" content={siteName} />
			<meta property="og:title" content={title} />
			{description !== "" && <meta property="og:description" content={description} />}
			<meta property="og:type" content={post === null ? "website" : "article"} />
			{address !== null && <meta property="og:url" content={address} />}
			{locale !== null && <meta property="og:locale" content={locale} />}
			{otherLangs.map((other) => {
				const alternate = localeOf(other);
				return alternate !== null && <meta property="og:locale:alternate" content={alternate} />;
			})}
			{image !== null && <Image {...image} />}
			<meta name="twitter:card" content={image === null ? "summary" : "summary_large_image"} />
			{post !== null && <Article post={post} url={url} />}
		</>
	);
};

const Image = ({ address, alt, width, height }: SharedImage) => (
	<>
		<meta property="og:image" content={address} />
		{width !== null && <meta property="og:image:width" content={String(width)} />}
		{height !== null && <meta property="og:image:height" content={String(height)} />}
		{alt !== "" && <meta property="og:image:alt" content={alt} />}
		{alt !== "" && <meta name="twitter:image:alt" content={alt} />}
	</>
);

const Article = ({ post, url }: { post: Post; url: string }) => (
	<>
		<meta property="article:published_time" content={new Date(post.published).toISOString()} />
		{post.updated !== null && (
			<meta property="article:modified_time" content={new Date(post.updated).toISOString()} />
		)}
		{post.authors.map(({ slug }) => (
			<meta property="article:author" content={url + href(listingPath("author", slug))} />
		))}
		{post.categories[0] !== undefined && (
			<meta property="article:section" content={post.categories[0].name} />
		)}
		{post.tags.map(({ name }) => (
			<meta property="article:tag" content={name} />
		))}
	</>
);

/**
 * Returns a language as Open Graph writes it, such as `ja_JP`: with a country, that of most of its speakers if the tag has
 * none. Null for a language that belongs to no country.
 */
export function localeOf(lang: string): string | null {
	const { language, region } = new Intl.Locale(lang).maximize();
	return region !== undefined && /^[A-Z]{2}$/.test(region) ? `${language}_${region}` : null;
}
