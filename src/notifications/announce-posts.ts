import type { Budget } from "../budget.ts";
import type { Archive } from "../posts/archive.ts";
import { feedExtensions, feedPathOf, homePath, languagePath, listingPath } from "../posts/locations.ts";
import { encodePath } from "../posts/paths.ts";
import type { Post } from "../posts/post.ts";

/** Tells a WebSub hub the addresses of feeds that have changed; rejects if it does not accept them. */
export type HubPing = (hub: string, feeds: readonly string[]) => Promise<void>;

/** Which posts the hub was told of. */
type AnnouncementLog = {
	isUsed(id: string): Promise<boolean>;
	use(id: string, expiresAt: number, now: number): Promise<boolean>;
};

/** Milliseconds after its publication in which a post is announced. */
const period = 86_400_000;

/** Most posts announced in a run. */
const maxPosts = 3;

/** Tells the site's hub of the posts that appeared lately, once each; what the hub does not accept is sent again. */
export async function announcePosts(
	means: { archive: Pick<Archive, "site" | "published">; announced: AnnouncementLog; ping: HubPing },
	budget: Budget,
	now: number,
): Promise<void> {
	const { archive, announced, ping } = means;
	const { hub, url } = archive.site;
	if (!hub) return;
	const recent = archive.published(now).filter((post) => post.published > now - period);
	const fresh: Post[] = [];
	for (const post of recent.slice(0, maxRecent)) {
		if (fresh.length === maxPosts || !budget.take({ statements: 1, rows: 1 })) break;
		if (!(await announced.isUsed(tokenOf(post)))) fresh.push(post);
	}
	if (
		fresh.length === 0 ||
		!budget.take({ statements: 2 * fresh.length, subrequests: 1, rows: fresh.length })
	)
		return;
	const paths = new Set(fresh.flatMap(listsOf));
	const feeds = [...paths].flatMap((path) => feedExtensions.map((format) => feedPathOf(path, format)));
	await ping(
		hub,
		feeds.map((path) => url + encodePath(path)),
	);
	for (const post of fresh) await announced.use(tokenOf(post), post.published + 2 * period, now);
}

/** Most posts of a day that are looked up in each run. */
const maxRecent = 8;

const tokenOf = ({ id }: Post) => `announced:${id}`;

/** Returns the paths of the lists that a post is in, each of which has a feed. */
function listsOf({ lang, categories, tags, authors, series }: Post): string[] {
	return [
		homePath(),
		languagePath(lang),
		...categories.map(({ slug }) => listingPath("category", slug)),
		...tags.map(({ slug }) => listingPath("tag", slug)),
		...authors.map(({ slug }) => listingPath("author", slug)),
		...(series === null ? [] : [listingPath("series", series.slug)]),
	];
}
