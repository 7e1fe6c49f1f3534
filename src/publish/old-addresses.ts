import { pathKey } from "../posts/paths.ts";
import type { Page, Post } from "../posts/post.ts";
import type { Site } from "../posts/site.ts";
import type { Made } from "./entries.ts";
import { permalinkOf, whyPatternTaken, whyTaken } from "./permalinks.ts";

/**
 * Adds to every post the addresses it had under the site's previous patterns. What a post names under `aliases` stays
 * its own, so that two posts an old pattern cannot tell apart can be told apart by hand.
 */
export function addOldAddresses<Fields>(
	posts: readonly Made<Post, Fields>[],
	pages: readonly Made<Page, unknown>[],
	{ previousPermalinks }: Pick<Site, "previousPermalinks">,
	languages: ReadonlySet<string>,
): { posts: Made<Post, Fields>[]; mistakes: string[] } {
	const current = new Map(
		[...pages, ...posts].map(({ source, entry }) => [pathKey(entry.path), source.file]),
	);
	const written = new Set([...pages, ...posts].flatMap(({ entry }) => entry.aliases));
	const old = new Map<string, string>();
	const mistakes: string[] = [];
	const patterns = previousPermalinks.filter((pattern) => {
		const taken = whyPatternTaken(pattern, languages);
		if (taken !== null) mistakes.push(`"${pattern}" ${taken}; write another.`);
		return taken === null;
	});
	const added = posts.map(({ source, entry, body }) => {
		const aliases = new Set(entry.aliases);
		for (const pattern of patterns) {
			const path = permalinkOf(pattern, entry);
			const key = pathKey(path);
			if (key === pathKey(entry.path) || written.has(key) || aliases.has(key)) continue;
			const other = current.get(key) ?? old.get(key);
			const taken = whyTaken(key, languages);
			if (taken !== null) {
				mistakes.push(
					`"${pattern}" gives ${source.file} the address ${path}, which ${taken}; write another.`,
				);
			} else if (other !== undefined) {
				const fix = current.has(key)
					? "give that one another slug."
					: "write it under aliases in the one that had it.";
				mistakes.push(`"${pattern}" gives ${source.file} the address ${path} of ${other}; ${fix}`);
			} else {
				old.set(key, source.file);
				aliases.add(key);
			}
		}
		return { source, body, entry: { ...entry, aliases: [...aliases] } };
	});
	return { posts: added, mistakes };
}
