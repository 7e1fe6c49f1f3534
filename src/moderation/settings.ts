import * as v from "valibot";
import type { Moderation } from "../posts/site.ts";
import { fold, type Standards } from "./standards.ts";

/** What the owner set on the rules page. */
export type Settings = {
	/** Who waits; null keeps to `site.yaml`. */
	policy: Moderation | null;
	/** Blocked words beside those in `site.yaml`, as typed. */
	words: readonly string[];
	/** Most links a comment may have before it waits; null keeps to `site.yaml`. */
	linkLimit: number | null;
};

/** Somebody or somewhere that is not let through. */
export type Block = {
	id: number;
	kind: BlockKind;
	value: string;
	/** Whom that is, in words: a digest says nothing to anybody. */
	label: string;
	madeBy: string;
	reason: string;
	createdAt: number;
};

export type BlockKind = "visitor" | "email" | "network";

/** Whether a string from outside names a kind of block. */
export function isBlockKind(name: string): name is BlockKind {
	return name === "visitor" || name === "email" || name === "network";
}

/** What the rules go by when the owner's settings are laid over those of `site.yaml`. */
export function standardsWith(site: Standards, { policy, words, linkLimit }: Settings): Standards {
	return {
		...site,
		policy: policy ?? site.policy,
		words: [...site.words, ...words],
		linkLimit: linkLimit ?? site.linkLimit,
	};
}

/** Settings before anybody has changed them. */
export const initialSettings: Settings = { policy: null, words: [], linkLimit: null };

const settingsSchema = v.object({
	policy: v.nullable(v.picklist(["none", "first", "all"])),
	words: v.array(v.string()),
	linkLimit: v.nullable(v.number()),
});

/** Settings as they are stored; null when they are not settings. */
export function readSettings(stored: unknown): Settings | null {
	const read = v.safeParse(settingsSchema, stored);
	return read.success ? read.output : null;
}

/** Settings as they are stored, or the initial ones where there are none that can be read. */
export function settingsFrom(stored: unknown): Settings {
	return readSettings(stored) ?? initialSettings;
}

/** Most blocked words, and most characters (code points) of one. */
export const settingsLimits = { words: 500, word: 100, links: 100 } as const;

export type TypedSettings = { policy: string; words: string; linkLimit: string };
export type SettingsError = "words_too_many" | "word_too_long" | "word_too_short" | "links_not_a_number";

/** Reads the rules form: one word a line; or says everything that is wrong with it. */
export function parseSettings(
	typed: TypedSettings,
): { settings: Settings } | { errors: readonly SettingsError[] } {
	const words = [
		...new Set(
			typed.words
				.split("\n")
				.map((line) => line.trim())
				.filter((line) => line !== ""),
		),
	];
	const limit = typed.linkLimit.normalize("NFKC").trim();
	const errors: SettingsError[] = [];
	if (words.length > settingsLimits.words) errors.push("words_too_many");
	if (words.some((word) => [...word].length > settingsLimits.word)) errors.push("word_too_long");
	if (words.some((word) => fold(word).length < 2)) errors.push("word_too_short");
	if (!/^\d{0,3}$/.test(limit) || Number(limit) > settingsLimits.links) errors.push("links_not_a_number");
	if (errors.length > 0) return { errors };
	const policy =
		typed.policy === "none" || typed.policy === "first" || typed.policy === "all" ? typed.policy : null;
	return { settings: { policy, words, linkLimit: limit === "" ? null : Number(limit) } };
}
