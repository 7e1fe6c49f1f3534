import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import type { Archive } from "../../posts/archive.ts";
import { apiPath } from "../../posts/locations.ts";
import type { Post } from "../../posts/post.ts";
import type { AppEnv } from "../http/context.ts";
import { stringsFor } from "../ui/strings/strings.ts";
import { findEntry } from "./find-entry.ts";
import { entryPath, pageResource, postResource } from "./resources.ts";
import { queryOf, readParameters, redirectToOwnAddress, respondWithData } from "./respond.ts";

/** Routes of posts and pages: lists without texts, and one with its text. */
export const entries = new Hono<AppEnv>();

/** Posts in one answer. */
const postsPerAnswer = 50;

const groupings = ["category", "tag", "author", "series"] as const;

entries.get(`${apiPath}/posts`, (c) => {
	const given = readParameters(c, [...groupings, "language", "after"]);
	const { archive, clock } = c.var.services;
	const { posts, known } = selectPosts(archive, given, clock.now());
	const redirect = redirectToOwnAddress(c, `${apiPath}/posts`, [...known, ["after", given.after]]);
	if (redirect !== null) return redirect;
	const start = given.after === undefined ? 0 : posts.findIndex(({ id }) => id === given.after) + 1;
	if (start === 0 && given.after !== undefined) throw new BlogError("not_found", lostCursor(given.after));
	const shown = posts.slice(start, start + postsPerAnswer);
	const last = start + shown.length < posts.length ? shown.at(-1) : undefined;
	const { url } = archive.site;
	return respondWithData(c, {
		posts: shown.map((post) => postResource(post, url)),
		count: posts.length,
		next: last === undefined ? null : `${url}${apiPath}/posts${queryOf([...known, ["after", last.id]])}`,
	});
});

entries.get(`${apiPath}/pages`, (c) => {
	readParameters(c, []);
	const redirect = redirectToOwnAddress(c, `${apiPath}/pages`);
	if (redirect !== null) return redirect;
	const { pages, site } = c.var.services.archive;
	return respondWithData(c, {
		pages: pages.filter(({ unlisted }) => !unlisted).map((page) => pageResource(page, site.url)),
	});
});

entries.get(`${apiPath}/:kind{posts|pages}/:id`, async (c) => {
	readParameters(c, []);
	const { kind, entry } = findEntry(c);
	const redirect = redirectToOwnAddress(c, entryPath(kind, entry.id));
	if (redirect !== null) return redirect;
	const { archive } = c.var.services;
	const { url } = archive.site;
	const labels = stringsFor(entry.lang);
	const html = await archive.embeddedHtml(entry, labels, "feed");
	const markdown = await archive.markdown(entry, labels);
	const resource = "published" in entry ? postResource(entry, url) : pageResource(entry, url);
	return respondWithData(c, { ...resource, html, markdown });
});

type Selection = Partial<Record<(typeof groupings)[number] | "language", string>>;

/** Selects published posts by their terms; `known` are the parameters as the blog spells their values. */
function selectPosts(archive: Archive, given: Selection, now: number) {
	const [by, another] = groupings.filter((name) => given[name] !== undefined);
	if (by !== undefined && another !== undefined)
		throw new BlogError("invalid", `"${by}" and "${another}" are both given; give one of them.`);
	const group = by === undefined ? null : archive.listing(by, given[by] ?? "", now);
	if (by !== undefined && group === null)
		throw new BlogError("not_found", `No post has the ${by} "${given[by]}"; values are slugs.`);
	const language = given.language === undefined ? null : archive.inLanguage(given.language, now);
	if (given.language !== undefined && language === null)
		throw new BlogError("not_found", `No post is in the language "${given.language}".`);
	const all = group?.posts ?? language?.posts ?? archive.published(now);
	const posts: readonly Post[] =
		language === null || group === null ? all : all.filter(({ lang }) => lang === language.lang);
	const known = [
		...(by === undefined ? [] : [[by, group?.slug] as const]),
		["language", language?.lang] as const,
	];
	return { posts, known };
}

function lostCursor(after: string): string {
	return `No post of this list has the id "${after}"; begin again without "after".`;
}
