import * as v from "valibot";
import type { Moderation } from "../posts/site.ts";
import { fold, foldWords, type Policy } from "./policy.ts";

/** The moderation settings made in the admin. */
export type Settings = {
	/** The commenters whose comments are held; null uses `site.yaml`. */
	policy: Moderation | null;
	/** Blocked words in addition to those in `site.yaml`, as typed. */
	blockedWords: readonly string[];
	/** Most links a comment may have without being held; null uses `site.yaml`. */
	linkLimit: number | null;
};

/** The stored settings: one record. */
export type SettingsRepository = {
	/** Returns the settings with the number of their version; 0 before the first change. */
	load(): Promise<{ settings: Settings; version: number }>;
};

/** Returns the policy of `site.yaml` with the settings applied over it. */
export function policyWith(site: Policy, { policy, blockedWords, linkLimit }: Settings): Policy {
	return {
		...site,
		policy: policy ?? site.policy,
		blockedWords: [...site.blockedWords, ...foldWords(blockedWords)],
		linkLimit: linkLimit ?? site.linkLimit,
	};
}

/** Settings before the first change. */
export const initialSettings: Settings = { policy: null, blockedWords: [], linkLimit: null };

const settingsSchema = v.object({
	policy: v.nullable(v.picklist(["none", "first", "all"])),
	blockedWords: v.array(v.string()),
	linkLimit: v.nullable(v.number()),
});

/** Parses stored settings; null when they are invalid. */
export function readSettings(stored: unknown): Settings | null {
	const read = v.safeParse(settingsSchema, stored);
	return read.success ? read.output : null;
}

/** Parses stored settings; the initial ones when there are no valid ones. */
export function settingsFrom(stored: unknown): Settings {
	return readSettings(stored) ?? initialSettings;
}

/** Most blocked words, and most characters (code points) of one. */
export const settingsLimits = { words: 500, word: 100, links: 100 } as const;

export type TypedSettings = { policy: string; blockedWords: string; linkLimit: string };
export type SettingsError = "words_too_many" | "word_too_long" | "word_too_short" | "links_not_a_number";

/** Parses the settings form (one blocked word per line), or returns everything that is wrong with it. */
export function parseSettings(
	typed: TypedSettings,
): { settings: Settings } | { errors: readonly SettingsError[] } {
	const blockedWords = [
		...new Set(
			typed.blockedWords
				.split("\n")
				.map((line) => line.trim())
				.filter((line) => line !== ""),
		),
	];
	const limit = typed.linkLimit.normalize("NFKC").trim();
	const errors: SettingsError[] = [];
	if (blockedWords.length > settingsLimits.words) errors.push("words_too_many");
	if (blockedWords.some((word) => [...word].length > settingsLimits.word)) errors.push("word_too_long");
	if (blockedWords.some((word) => fold(word).length < 2)) errors.push("word_too_short");
	if (!/^\d{0,3}$/.test(limit) || Number(limit) > settingsLimits.links) errors.push("links_not_a_number");
	if (errors.length > 0) return { errors };
	const policy =
		typed.policy === "none" || typed.policy === "first" || typed.policy === "all" ? typed.policy : null;
	return { settings: { policy, blockedWords, linkLimit: limit === "" ? null : Number(limit) } };
}
