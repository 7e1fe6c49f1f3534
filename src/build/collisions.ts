import { pathKey } from "../posts/paths.ts";
import type { Page, Post } from "../posts/post.ts";
import type { BuiltEntry } from "./entries.ts";
import { explainReservedPath } from "./permalinks.ts";
import type { Problem } from "./problems.ts";
import { findDuplicateTranslations } from "./translations.ts";
import { lineOf } from "./yaml.ts";

/**
 * Reports every id, address and alias that is used twice or reserved. The problem is reported for the later file.
 * `isPatternFree` is false if the permalink pattern itself was already reported as reserved.
 */
export function findCollisions(
	entries: readonly BuiltEntry<Post | Page, unknown>[],
	languages: ReadonlySet<string>,
	isPatternFree: boolean,
): Problem[] {
	const problems: Problem[] = [];
	const ids = new Map<string, string>();
	const numbers = new Map<number, string>();
	const feedIds = new Map<string, string>();
	const paths = new Map<string, string>();
	for (const { source, entry } of entries) {
		const report = (key: string, message: string) =>
			problems.push({ file: source.file, line: lineOf(source.lines, [key]), message: `${key}: ${message}` });

		const sameId = ids.get(entry.id);
		if (sameId === undefined) ids.set(entry.id, source.file);
		else report("id", `"${entry.id}" is already the id of ${sameId}; choose another.`);

		if (entry.wordpressId !== null) {
			const sameNumber = numbers.get(entry.wordpressId);
			if (sameNumber === undefined) numbers.set(entry.wordpressId, source.file);
			else
				report(
					"wordpress_id",
					`${entry.wordpressId} is already the wordpress_id of ${sameNumber}; remove one of them.`,
				);
		}

		const isPost = "published" in entry;
		if (isPost && entry.feedId !== null) {
			const sameFeedId = feedIds.get(entry.feedId);
			if (sameFeedId === undefined) feedIds.set(entry.feedId, source.file);
			else report("feed_id", `is already the feed_id of ${sameFeedId}; remove one of them.`);
		}

		const isCategory = "categories" in entry && entry.path.startsWith(`/${entry.categories[0]?.slug}/`);
		const other = isCategory ? " or give its category a slug under terms in site.yaml" : "";
		const fix = isPost ? `choose another slug${other}` : "choose another slug or move the file";
		const key = pathKey(entry.path);
		const samePath = paths.get(key);
		const reserved = isPost && !isPatternFree ? null : explainReservedPath(key, languages);
		if (reserved !== null) report("slug", `the address ${entry.path} ${reserved}; ${fix}.`);
		else if (samePath === undefined) paths.set(key, source.file);
		else report("slug", `the address ${entry.path} is already used by ${samePath}; ${fix}.`);
	}

	problems.push(...findDuplicateTranslations(entries));

	const aliases = new Map<string, string>();
	for (const { source, entry } of entries) {
		for (const alias of entry.aliases) {
			const reason = explainTakenAlias(alias);
			if (reason === null) aliases.set(alias, source.file);
			else {
				const message = `aliases: "${alias}" ${reason}; remove it.`;
				problems.push({ file: source.file, line: lineOf(source.lines, ["aliases"]), message });
			}
		}
	}
	return problems;

	function explainTakenAlias(alias: string): string | null {
		const current = paths.get(alias);
		if (current !== undefined) return `is the address of ${current}`;
		const old = aliases.get(alias);
		if (old !== undefined) return `is already an alias of ${old}`;
		return explainReservedPath(alias, languages);
	}
}
