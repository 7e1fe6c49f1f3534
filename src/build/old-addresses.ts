import { pathKey } from "../posts/paths.ts";
import type { Page, Post } from "../posts/post.ts";
import type { Site } from "../posts/site.ts";
import type { BuiltEntry } from "./entries.ts";
import { explainReservedPath, explainReservedPattern, formatPermalink } from "./permalinks.ts";

/**
 * Adds the addresses of the previous permalink patterns to the aliases of every post. Explicit `aliases` take precedence,
 * so that posts with the same old address can be told apart by hand.
 */
export function addOldAddresses<Fields>(
	posts: readonly BuiltEntry<Post, Fields>[],
	pages: readonly BuiltEntry<Page, unknown>[],
	{ previousPermalinks }: Pick<Site, "previousPermalinks">,
	languages: ReadonlySet<string>,
): { posts: BuiltEntry<Post, Fields>[]; errors: string[] } {
	const current = new Map(
		[...pages, ...posts].map(({ source, entry }) => [pathKey(entry.path), source.file]),
	);
	const explicit = new Set([...pages, ...posts].flatMap(({ entry }) => entry.aliases));
	const old = new Map<string, string>();
	const errors: string[] = [];
	const patterns = previousPermalinks.filter((pattern) => {
		const reserved = explainReservedPattern(pattern, languages);
		if (reserved !== null) errors.push(`"${pattern}" ${reserved}; choose another.`);
		return reserved === null;
	});
	const updated = posts.map(({ source, entry, body }) => {
		const aliases = new Set(entry.aliases);
		for (const pattern of patterns) {
			const path = formatPermalink(pattern, entry);
			const key = pathKey(path);
			if (key === pathKey(entry.path) || explicit.has(key) || aliases.has(key)) continue;
			const other = current.get(key) ?? old.get(key);
			const reserved = explainReservedPath(key, languages);
			if (reserved !== null) {
				errors.push(
					`"${pattern}" gives ${source.file} the address ${path}, which ${reserved}; choose another.`,
				);
			} else if (other !== undefined) {
				const fix = current.has(key) ? "change its slug." : "list it under aliases in the post that had it.";
				errors.push(
					`"${pattern}" gives ${source.file} the address ${path}, which belongs to ${other}; ${fix}`,
				);
			} else {
				old.set(key, source.file);
				aliases.add(key);
			}
		}
		return { source, body, entry: { ...entry, aliases: [...aliases] } };
	});
	return { posts: updated, errors };
}
