import type { Page, Post } from "../posts/post.ts";
import { closestMatch } from "./did-you-mean.ts";
import type { BuiltEntry } from "./entries.ts";
import type { Problem } from "./problems.ts";
import { lineOf } from "./yaml.ts";

type Entry = BuiltEntry<Post | Page, unknown>;

/** Reports translations of one post, or of one page, into the same language. */
export function findDuplicateTranslations(entries: readonly Entry[]): Problem[] {
	const files = new Map<string, string>();
	return entries.flatMap((built) => {
		const { source, entry } = built;
		if (entry.translation === null) return [];
		const key = JSON.stringify([kindOf(built), entry.lang, entry.translation]);
		const other = files.get(key);
		if (other === undefined) files.set(key, source.file);
		if (other === undefined) return [];
		return [
			problem(
				built,
				`already has a ${kindOf(built)} in ${entry.lang}, ${other}; change lang or translation.`,
			),
		];
	});
}

/** Warns about translations whose other half is missing, as after a typo or a removed file. All are posts, or all pages. */
export function findLostTranslations(entries: readonly Entry[]): Problem[] {
	const counts = new Map<string, number>();
	for (const { entry } of entries) {
		if (entry.translation !== null) counts.set(entry.translation, (counts.get(entry.translation) ?? 0) + 1);
	}
	return entries.flatMap((built) => {
		const key = built.entry.translation;
		if (key === null || counts.get(key) !== 1) return [];
		const others = Array.from(counts.keys()).filter((other) => other !== key);
		const match = closestMatch(key, others);
		const fix =
			match === null ? "give its translation the same key, or remove this one." : `did you mean "${match}"?`;
		return [problem(built, `is the key of no other ${kindOf(built)}; ${fix}`)];
	});
}

function problem({ source, entry }: Entry, message: string): Problem {
	const line = lineOf(source.lines, ["translation"]);
	return { file: source.file, line, message: `translation: "${entry.translation}" ${message}` };
}

function kindOf({ entry }: Entry): "post" | "page" {
	return "published" in entry ? "post" : "page";
}
