import type { Draft } from "../comments/draft.ts";
import { countPages, linkTargetsOf } from "../comments/links.ts";
import { scriptOf } from "../text/scripts.ts";

/** Most features of one comment; later ones add little. */
const maxFeatures = 400;

const unspacedRun = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー]+/gu;

/**
 * Extracts a comment's distinct features: words and word pairs, character bigrams and trigrams where no spaces divide words
 * (Japanese, Chinese), targets of its `links` (`linksOf`), words of the name, and traits of its form in angle brackets.
 */
export function featuresOf(
	draft: Pick<Draft, "name" | "website" | "text">,
	links: readonly string[],
): readonly string[] {
	const text = draft.text.normalize("NFKC").toLowerCase();
	const prose = text.replace(/(?:https?:\/\/|www\.)\S+/g, " ");
	return [
		...new Set([
			...traits(draft, text, links),
			...linkTargetsOf(links).map((target) => `//${target}`),
			...words(prose),
			...[...prose.matchAll(unspacedRun)].flatMap(([run]) => ngrams(run)),
			...words(draft.name.normalize("NFKC").toLowerCase()).map((word) => `name ${word}`),
		]),
	].slice(0, maxFeatures);
}

function words(text: string): string[] {
	const all = text.replace(unspacedRun, " ").match(/[\p{L}\p{N}][\p{L}\p{N}'’]+/gu) ?? [];
	return [...all, ...all.slice(1).map((word, at) => `${all[at]} ${word}`)];
}

function ngrams(run: string): string[] {
	const signs = [...run];
	return [2, 3].flatMap((length) =>
		signs.slice(length - 1).map((_, at) => signs.slice(at, at + length).join("")),
	);
}

function traits(draft: Pick<Draft, "website" | "text">, text: string, links: readonly string[]): string[] {
	const inText = countPages(links.slice(0, links.length - (draft.website === null ? 0 : 1)));
	const letters = draft.text.match(/\p{L}/gu)?.length ?? 0;
	const capitals = draft.text.match(/\p{Lu}/gu)?.length ?? 0;
	return [
		`<links ${Math.min(inText, 3)}>`,
		`<${scriptOf(draft.text) ?? "no"} script>`,
		...(draft.website === null ? [] : ["<website>"]),
		...(/[$€£¥]\s?\d|\d,*\s?(?:円|万|usd|dollars)/.test(text) ? ["<price>"] : []),
		...(/\d\s?%/.test(text) ? ["<percent>"] : []),
		...((text.match(/!/g)?.length ?? 0) >= 3 ? ["<exclamations>"] : []),
		...(letters > 20 && capitals > letters / 2 ? ["<capitals>"] : []),
		...(/@\w{3,}|\bline\s?(?:id|追加)|whats?app|telegram/.test(text) ? ["<messenger>"] : []),
	];
}
