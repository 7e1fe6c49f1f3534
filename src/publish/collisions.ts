import { pathKey } from "../posts/paths.ts";
import type { Page, Post } from "../posts/post.ts";
import type { Made } from "./entries.ts";
import { whyTaken } from "./permalinks.ts";
import type { Problem } from "./problems.ts";
import { lineOf } from "./yaml.ts";

/**
 * Every id, address and old address that is not free: two files want it, or the blog itself has it. Of two files the
 * later in the list is named. `postsFree` is false when the pattern of all posts was already found in the wrong place.
 */
export function findCollisions(
	made: readonly Made<Post | Page, unknown>[],
	languages: ReadonlySet<string>,
	postsFree: boolean,
): Problem[] {
	const problems: Problem[] = [];
	const ids = new Map<string, string>();
	const numbers = new Map<number, string>();
	const paths = new Map<string, string>();
	for (const { source, entry } of made) {
		const report = (key: string, message: string) =>
			problems.push({ file: source.file, line: lineOf(source.lines, [key]), message: `${key}: ${message}` });

		const sameId = ids.get(entry.id);
		if (sameId === undefined) ids.set(entry.id, source.file);
		else report("id", `"${entry.id}" is already the id of ${sameId}; write another.`);

		if (entry.wordpressId !== null) {
			const sameNumber = numbers.get(entry.wordpressId);
			if (sameNumber === undefined) numbers.set(entry.wordpressId, source.file);
			else report("wordpress_id", `${entry.wordpressId} is already the number of ${sameNumber}; remove one.`);
		}

		const isPost = "published" in entry;
		const fix = isPost ? "write another slug" : "write another slug or move the file";
		const key = pathKey(entry.path);
		const samePath = paths.get(key);
		const taken = isPost && !postsFree ? null : whyTaken(key, languages);
		if (taken !== null) report("slug", `the address ${entry.path} ${taken}; ${fix}.`);
		else if (samePath === undefined) paths.set(key, source.file);
		else report("slug", `the address ${entry.path} is already taken by ${samePath}; ${fix}.`);
	}

	problems.push(...sameTranslations(made));

	const aliases = new Map<string, string>();
	for (const { source, entry } of made) {
		for (const alias of entry.aliases) {
			const fault = whyNoAlias(alias);
			if (fault === null) aliases.set(alias, source.file);
			else {
				const message = `aliases: "${alias}" ${fault}; remove it.`;
				problems.push({ file: source.file, line: lineOf(source.lines, ["aliases"]), message });
			}
		}
	}
	return problems;

	function whyNoAlias(alias: string): string | null {
		const current = paths.get(alias);
		if (current !== undefined) return `is the address of ${current}`;
		const old = aliases.get(alias);
		if (old !== undefined) return `is already an alias of ${old}`;
		return whyTaken(alias, languages);
	}
}

function sameTranslations(made: readonly Made<Post | Page, unknown>[]): Problem[] {
	const files = new Map<string, string>();
	return made.flatMap(({ source, entry }) => {
		if (!("translation" in entry) || entry.translation === null) return [];
		const key = `${entry.lang} ${entry.translation}`;
		const other = files.get(key);
		if (other === undefined) files.set(key, source.file);
		if (other === undefined) return [];
		const message = `translation: "${entry.translation}" already has a post in ${entry.lang}, ${other}; write another lang or key.`;
		return [{ file: source.file, line: lineOf(source.lines, ["translation"]), message }];
	});
}
