import { join } from "node:path";
import type { Manifest } from "../posts/manifest.ts";
import type { Page, Post } from "../posts/post.ts";
import { avatarsOf, missingAvatars, unknownAuthors } from "./authors.ts";
import { bundle, type Text } from "./bundle.ts";
import type { Kept } from "./cache.ts";
import { findCollisions } from "./collisions.ts";
import { type Made, type Making, missingMedia } from "./entries.ts";
import type { Found } from "./folder.ts";
import { checkCount, type ImageSize, type Media, readMedia } from "./media.ts";
import { addNarrower } from "./narrower.ts";
import { addOldAddresses } from "./old-addresses.ts";
import { type PageFields, pageFields, toPage } from "./pages.ts";
import { whyPatternTaken } from "./permalinks.ts";
import { type PostFields, postFields, toPost } from "./posts.ts";
import type { Mistake, Problem } from "./problems.ts";
import { reactionSigns } from "./reaction-signs.ts";
import { resolveLinks } from "./relative-links.ts";
import { readScripts } from "./scripts.ts";
import { bodyOf } from "./shared-fields.ts";
import { readSite } from "./site.ts";
import { readSources, type Source } from "./sources.ts";
import { agreeOnTerms } from "./terms.ts";
import { deskStyle, proseStyle, readTheme } from "./theme.ts";
import { lineOf } from "./yaml.ts";

/** What was read of each file, to be kept between builds. */
export type ContentCache = {
	posts: Kept<Source<PostFields>>;
	pages: Kept<Source<PageFields>>;
	images: Kept<ImageSize | null>;
	digests: Kept<string>;
};

/** The content folder as the Worker will have it; good to use only when there are no problems. */
export type Content = {
	manifest: Manifest;
	/** In the order of the index. */
	posts: readonly Post[];
	/** The texts that the posts and pages have their bodies in, and whether those are assets or bundled. */
	texts: readonly Text[];
	moved: boolean;
	media: ReadonlyMap<string, Found>;
	/** The id of the post or page made of each file, by the file as shown in messages. */
	ids: ReadonlyMap<string, string>;
	problems: Problem[];
	warnings: Problem[];
};

/** An empty cache. */
export function createContentCache(): ContentCache {
	return { posts: new Map(), pages: new Map(), images: new Map(), digests: new Map() };
}

/** Reads and checks everything there is, one mistake hiding no other. */
export async function readContent(
	contentDir: string,
	themeFile: string,
	narrowDir: string,
	cache: ContentCache,
): Promise<Content> {
	const { site, file: siteFile, lines: siteLines, problems: siteProblems } = readSite(contentDir);
	const found = readMedia(join(contentDir, "media"), cache.images);
	const narrower = await addNarrower(found, narrowDir, cache.digests);
	const media = { ...found, ...narrower };
	const [style, prose, desk, client] = await Promise.all([
		readTheme(themeFile, reactionSigns(site.reactions)),
		readTheme(proseStyle),
		readTheme(deskStyle),
		readScripts(),
	]);
	const posts = makeAll<Post, PostFields>(
		readSources(join(contentDir, "posts"), postFields, cache.posts),
		media,
		(source, fields) => toPost(source, fields, site, media),
	);
	const pages = makeAll<Page, PageFields>(
		readSources(join(contentDir, "pages"), pageFields, cache.pages),
		media,
		(source, fields) => toPage(source, fields, site),
	);

	const tags = new Set([site.language, ...posts.made.map(({ entry }) => entry.lang)]);
	const languages = new Set(Array.from(tags, (tag) => tag.toLowerCase()));
	const patternTaken = whyPatternTaken(site.permalink, languages);
	if (patternTaken !== null) {
		const message = `permalink: "${site.permalink}" ${patternTaken}; write another.`;
		siteProblems.push({ file: siteFile, line: lineOf(siteLines, ["permalink"]), message });
	}
	for (const mistake of missingAvatars(site.authors, media, siteLines)) {
		siteProblems.push({ file: siteFile, ...mistake });
	}
	const collisions = findCollisions([...posts.made, ...pages.made], languages, patternTaken === null);
	const old = addOldAddresses(posts.made, pages.made, site, languages);
	const links = resolveLinks(
		[
			...old.posts.map((made) => ({ folder: "posts" as const, made })),
			...pages.made.map((made) => ({ folder: "pages" as const, made })),
		],
		new Set([...posts.names.map((name) => `posts/${name}`), ...pages.names.map((name) => `pages/${name}`)]),
	);
	const agreed = agreeOnTerms(old.posts);

	const { posts: index, pages: standing, texts, moved } = bundle(agreed.posts, pages.made);
	const count = checkCount(media, moved ? texts.length : 0);
	return {
		manifest: {
			site,
			pages: standing,
			images: avatarsOf(site.authors, media),
			theme: style.theme,
			prose: prose.theme,
			desk: desk.theme,
			scripts: client.scripts,
		},
		posts: index,
		texts,
		moved,
		media: media.files,
		ids: new Map([...posts.made, ...pages.made].map(({ source, entry }) => [source.file, entry.id])),
		problems: [
			siteProblems,
			media.problems,
			style.problems,
			prose.problems,
			desk.problems,
			client.problems,
			posts.problems,
			pages.problems,
			collisions,
			old.mistakes.map((message) => ({
				file: siteFile,
				line: lineOf(siteLines, ["previous_permalinks"]),
				message: `previous_permalinks: ${message}`,
			})),
			links.problems,
			count.problems,
		].flat(),
		warnings: [
			unknownAuthors(
				site,
				posts.made.map(({ entry }) => entry.author),
				siteLines,
			).map((mistake) => ({ file: siteFile, ...mistake })),
			style.warnings,
			narrower.warnings,
			count.warnings,
			posts.warnings,
			pages.warnings,
			links.warnings,
			agreed.warnings,
		].flat(),
	};
}

function makeAll<E extends Post | Page, Fields extends { toc?: boolean | undefined }>(
	{ sources, warnings }: { sources: Source<Fields>[]; warnings: Problem[] },
	media: Media,
	make: (source: Source<Fields>, fields: Fields) => Making<E>,
): { made: Made<E, Fields>[]; names: string[]; problems: Problem[]; warnings: Problem[] } {
	const made: Made<E, Fields>[] = [];
	const problems: Problem[] = [];
	for (const source of sources) {
		const inFile = (mistake: Mistake) => ({ file: source.file, ...mistake });
		problems.push(...source.problems, ...missingMedia(source, media).map(inFile));
		warnings.push(...source.warnings);
		if (source.fields === null) continue;
		const making = make(source, source.fields);
		problems.push(...making.mistakes.map(inFile));
		warnings.push(...making.remarks.map(inFile));
		if (making.entry === null) continue;
		made.push({
			source,
			entry: making.entry,
			body: bodyOf(source, source.fields, making.entry.lang, media),
		});
	}
	return { made, names: sources.map(({ name }) => name), problems, warnings };
}
