import { join } from "node:path";
import { lazy } from "../posts/lazy.ts";
import type { Manifest } from "../posts/manifest.ts";
import type { Page, Post } from "../posts/post.ts";
import { avatarImages, findMissingAvatars, findUnknownAuthors, resolveAvatars } from "./authors.ts";
import { findMediaFiles } from "./beside-posts.ts";
import { bundle, type Chunk } from "./bundle.ts";
import { findCollisions } from "./collisions.ts";
import { resolveCover } from "./cover-image.ts";
import { type BuiltEntry, type EntryResult, findMissingFiles } from "./entries.ts";
import type { FileCache } from "./file-cache.ts";
import type { FoundFile } from "./folder.ts";
import { makeIcons } from "./icons.ts";
import { checkFileCount, type Media, readMedia } from "./media.ts";
import { findMissingNavigation, resolveNavigation } from "./navigation.ts";
import { addOldAddresses } from "./old-addresses.ts";
import { type PageFields, pageFields, toPage } from "./pages.ts";
import { explainReservedPattern } from "./permalinks.ts";
import { loadPictures, savePictures } from "./pictures/cache.ts";
import type { Picture } from "./pictures/inspect.ts";
import { publishPictures } from "./pictures/publish.ts";
import { findUnshownPictures } from "./pictures/unshown.ts";
import { type PostFields, postFields, toPost } from "./posts.ts";
import type { FieldError, Problem } from "./problems.ts";
import type { BuildProgress } from "./progress.ts";
import { findPublicFiles } from "./public-files.ts";
import { reactionIcons } from "./reaction-icons.ts";
import { resolveLinks } from "./relative-links.ts";
import { addResponsiveVariants, removeUnused } from "./responsive-images.ts";
import { buildScripts } from "./scripts.ts";
import { type BuiltSearch, buildSearch, createSearchCache, type SearchCache } from "./search-index.ts";
import { toBody } from "./shared-fields.ts";
import { readSite } from "./site.ts";
import { readSources, type Source } from "./sources.ts";
import { adminStyle, buildStyleSheet, feedStyle, proseStyle } from "./style-sheets.ts";
import { findUnknownTerms, toTerm, unifyTermNames } from "./terms.ts";
import { findLostTranslations } from "./translations.ts";
import { findThemeColor, writeWebManifest } from "./web-manifest.ts";
import { lineOf } from "./yaml.ts";

/** Results per file, and the search index, reused between builds. */
export type ContentCache = {
	posts: FileCache<Source<PostFields>>;
	pages: FileCache<Source<PageFields>>;
	pictures: FileCache<Picture>;
	search: SearchCache;
};

/** The content folder in the form the Worker uses; valid only if there are no problems. */
export type Content = {
	manifest: Manifest;
	/** In index order. */
	posts: readonly Post[];
	/** Chunks with the bodies of posts and pages, and whether they are external assets. */
	chunks: readonly Chunk[];
	external: boolean;
	/** Builds the search index. */
	search: () => BuiltSearch;
	/** The line to add to `site.yaml` if it has no `blog_id`. */
	missingBlogId: string | null;
	/** Number of posts whose titles are drawn at a deployment. */
	cardLimit: number;
	/** Text of the web app manifest. */
	webManifest: string;
	/** Files to serve without the Worker, by their paths on the site. */
	assets: ReadonlyMap<string, FoundFile>;
	/** Ids of posts and pages by file, as displayed in messages. */
	ids: ReadonlyMap<string, string>;
	problems: Problem[];
	warnings: Problem[];
};

/** Creates an empty cache. */
export function createContentCache(): ContentCache {
	return { posts: new Map(), pages: new Map(), pictures: new Map(), search: createSearchCache() };
}

/** Reads and validates all content; one error does not hide another. */
export async function readContent(
	contentDir: string,
	variantsDir: string,
	cache: ContentCache,
	progress: BuildProgress = () => {},
): Promise<Content> {
	const read = readSite(contentDir);
	const { file: siteFile, lines: siteLines, problems: siteProblems } = read;
	const postSources = readSources(contentDir, "posts", postFields, cache.posts, read.site, progress);
	const pageSources = readSources(contentDir, "pages", pageFields, cache.pages, read.site);
	const found = findMediaFiles(contentDir, postSources, pageSources);
	loadPictures(variantsDir, cache.pictures);
	const originals = readMedia(join(contentDir, "media"), found.files, cache.pictures);
	savePictures(variantsDir, cache.pictures, found.files);
	const published = await publishPictures(originals, variantsDir, read.keepMetadata);
	const responsive = await addResponsiveVariants(originals, variantsDir);
	const media = {
		...originals,
		files: new Map([...responsive.files, ...published.files]),
		images: responsive.images,
	};
	const icons = await makeIcons(read.icon, media, variantsDir, siteLines);
	removeUnused(variantsDir, new Set([...published.used, ...responsive.used, ...icons.used]));
	const cover = read.image === null ? null : resolveCover(read.image, "", media, siteLines);
	const site = {
		...read.site,
		image: cover?.image ?? null,
		authors: resolveAvatars(read.site.authors, media),
		navigation: resolveNavigation(read.site.navigation, media),
	};
	const [theme, prose, admin, feed, client] = await Promise.all([
		buildStyleSheet(read.theme, reactionIcons(site.reactions)),
		buildStyleSheet([proseStyle]),
		buildStyleSheet([adminStyle]),
		buildStyleSheet([feedStyle]),
		buildScripts(),
	]);
	const posts = buildEntries<Post, PostFields>(postSources.sources, media, (source, fields) =>
		toPost(source, fields, site, media, read.terms),
	);
	const pages = buildEntries<Page, PageFields>(pageSources.sources, media, (source, fields) =>
		toPage(source, fields, site, media),
	);

	const tags = new Set([site.language, ...posts.built.map(({ entry }) => entry.lang)]);
	const languages = new Set(Array.from(tags, (tag) => tag.toLowerCase()));
	const reservedPattern = explainReservedPattern(site.permalink, languages);
	if (reservedPattern !== null) {
		const message = `permalink: "${site.permalink}" ${reservedPattern}; choose another.`;
		siteProblems.push({ file: siteFile, line: lineOf(siteLines, ["permalink"]), message });
	}
	for (const error of [...(cover?.errors ?? []), ...icons.errors]) {
		siteProblems.push({ file: siteFile, ...error });
	}
	for (const error of findMissingAvatars(site.authors, media, siteLines)) {
		siteProblems.push({ file: siteFile, ...error });
	}
	for (const error of findMissingNavigation(read.site.navigation, media, siteLines)) {
		siteProblems.push({ file: siteFile, ...error });
	}
	const collisions = findCollisions([...posts.built, ...pages.built], languages, reservedPattern === null);
	const withAliases = addOldAddresses(posts.built, pages.built, site, languages);
	const links = resolveLinks(
		[
			...withAliases.posts.map((built) => ({ folder: "posts" as const, built })),
			...pages.built.map((built) => ({ folder: "pages" as const, built })),
		],
		new Set([...posts.names.map((name) => `posts/${name}`), ...pages.names.map((name) => `pages/${name}`)]),
		media,
	);
	const unified = unifyTermNames(withAliases.posts, read.terms);

	const {
		posts: sortedPosts,
		pages: sortedPages,
		chunks,
		external,
	} = bundle(unified.posts, pages.built, site.markdown, progress);
	const publicFiles = findPublicFiles(
		contentDir,
		[...withAliases.posts, ...pages.built],
		languages,
		site.securityContact !== null,
	);
	const files = new Map([...media.files, ...publicFiles.files, ...icons.files]);
	const themeColor = findThemeColor(theme.style.css);
	// The search index has a file for sixteen texts, and fewer for the rest.
	const searchFiles = Math.ceil((sortedPosts.length + sortedPages.length) / 10) + 2;
	const count = checkFileCount({ folder: media.folder, files }, searchFiles + (external ? chunks.length : 0));
	return {
		manifest: {
			site,
			pages: sortedPages,
			textScripts: [
				...new Set([...posts.built, ...pages.built].flatMap(({ source }) => source.scripts)),
			].sort(),
			images: avatarImages(site.authors, media),
			card: null,
			hasSvgIcon: icons.hasSvg,
			themeColor,
			theme: theme.style,
			prose: prose.style,
			admin: admin.style,
			feed: feed.style,
			scripts: client.scripts,
		},
		posts: sortedPosts,
		chunks,
		external,
		search: lazy(() =>
			buildSearch(sortedPages, sortedPosts, [...unified.posts, ...pages.built], cache.search),
		),
		missingBlogId: read.missingBlogId,
		assets: files,
		cardLimit: read.cardLimit,
		webManifest: writeWebManifest(site, themeColor),
		ids: new Map([...posts.built, ...pages.built].map(({ source, entry }) => [source.file, entry.id])),
		problems: [
			siteProblems,
			media.problems,
			theme.problems,
			prose.problems,
			admin.problems,
			feed.problems,
			client.problems,
			posts.problems,
			pages.problems,
			collisions,
			withAliases.errors.map((message) => ({
				file: siteFile,
				line: lineOf(siteLines, ["previous_permalinks"]),
				message: `previous_permalinks: ${message}`,
			})),
			links.problems,
			publicFiles.problems,
			count.problems,
		].flat(),
		warnings: [
			[
				...(cover?.warnings ?? []),
				...icons.warnings,
				...findUnknownAuthors(
					site.authors,
					[toTerm(site.author.name, read.terms), ...posts.built.flatMap(({ entry }) => entry.authors)],
					siteLines,
				),
				...findUnknownTerms(read.terms, posts.built, siteLines),
			].map((error) => ({ file: siteFile, ...error })),
			findLostTranslations(posts.built),
			findLostTranslations(pages.built),
			found.warnings,
			theme.warnings,
			published.warnings,
			responsive.warnings,
			findUnshownPictures(media, originals.files, [...postSources.sources, ...pageSources.sources]),
			count.warnings,
			posts.warnings,
			pages.warnings,
			links.warnings,
			unified.warnings,
		].flat(),
	};
}

function buildEntries<E extends Post | Page, Fields extends { toc?: boolean | undefined }>(
	sources: readonly Source<Fields>[],
	media: Media,
	make: (source: Source<Fields>, fields: Fields) => EntryResult<E>,
): { built: BuiltEntry<E, Fields>[]; names: string[]; problems: Problem[]; warnings: Problem[] } {
	const built: BuiltEntry<E, Fields>[] = [];
	const problems: Problem[] = [];
	const warnings: Problem[] = [];
	for (const source of sources) {
		const withFile = (error: FieldError) => ({ file: source.file, ...error });
		problems.push(...source.problems, ...findMissingFiles(source, media).map(withFile));
		warnings.push(...source.warnings);
		if (source.fields === null) continue;
		const result = make(source, source.fields);
		problems.push(...result.errors.map(withFile));
		warnings.push(...result.warnings.map(withFile));
		if (result.entry === null) continue;
		built.push({
			source,
			entry: result.entry,
			body: toBody(source, source.fields, result.entry.lang, media),
		});
	}
	return { built, names: sources.map(({ name }) => name), problems, warnings };
}
