import type { Archive } from "../posts/archive.ts";
import { lazy } from "../posts/lazy.ts";
import { stripIgnorable } from "../text/visible.ts";
import { replaceLookalikes, stripStrayMarks } from "./confusables.ts";

/**
 * Two skeletons of a name (UTS #39): look-alikes are replaced before lower-casing in the first, after it in the second.
 * Names are confusable when they share a skeleton. A single one would miss either `BОB` with a Cyrillic О or `вова` for
 * `Вова`.
 */
export type NameSkeletons = readonly [string, string];

/**
 * Computes the skeletons of a name. They ignore width, kana type, case, spaces, punctuation and invisible characters, and
 * replace look-alikes of other scripts by the letters they look like (Unicode UTS #39).
 */
export async function nameSkeletons(name: string): Promise<NameSkeletons> {
	const { lookalikes, kana } = await alphabet();
	const bare = stripStrayMarks(
		stripIgnorable(replaceMisleadingForms(name, lookalikes).normalize("NFKD")).replace(unseen, ""),
	);
	const plain = replaceLookalikes(bare).replace(
		/[\p{sc=Kana}\p{sc=Han}]/gu,
		(character) => kana.get(character) ?? character,
	);
	const skeletonOf = (text: string) => {
		const replaced = [...replaceLookalikes(text)].map((character) => lookOf(character, lookalikes)).join("");
		// The table also maps a letter to a letter with a mark: ł becomes l with a bar, and the bar is stripped.
		return stripStrayMarks(replaceLookalikes(replaced)).toLowerCase().replaceAll("m", "rn");
	};
	const skeletons = [skeletonOf(plain), skeletonOf(plain.toLowerCase())] as const;
	// A name of ornaments alone keeps them as its skeleton.
	return [skeletons[0] || plain, skeletons[1] || plain];
}

/** Whether two names look the same. */
export function isConfusable(one: NameSkeletons, other: NameSkeletons): boolean {
	return one.some((skeleton) => other.includes(skeleton));
}

/** Creates the check for names of the blog's authors, which only the admin may use. */
export function createAuthorNameCheck({
	authorNames,
}: Pick<Archive, "authorNames">): (skeletons: NameSkeletons, now: number) => Promise<boolean> {
	let cached = { names: "", skeletons: new Set<string>() };
	return async (skeletons, now) => {
		const authors = authorNames(now);
		const names = authors.join("\n");
		// Recomputed only when the list of authors changes.
		if (cached.names !== names) {
			cached = { names, skeletons: new Set((await Promise.all(authors.map(nameSkeletons))).flat()) };
		}
		return skeletons.some((skeleton) => cached.skeletons.has(skeleton));
	};
}

/** Matches what a name looks the same without: spaces, control and private characters, the Arabic number signs and tatweel. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\s\u0640]/gu;

/** Replaces letters that look unlike their compatibility form: a long ſ decomposes to s but looks like f. */
function replaceMisleadingForms(name: string, lookalikes: Lookalikes): string {
	return name.normalize("NFD").replace(/\P{ASCII}/gu, (character) => {
		const compatible = character.normalize("NFKD");
		const look = lookalikes[character] ?? "";
		const differs = compatible !== character && look !== (lookalikes[compatible] ?? compatible);
		return differs && /^\p{L}$/u.test(look) ? look : character;
	});
}

/** Returns the letters a character looks like. Ornaments have none unless they resemble a letter: `|` looks like l. */
function lookOf(character: string, lookalikes: Lookalikes): string {
	const look = character === "\u309a" ? character : (lookalikes[character] ?? character);
	return /[\p{P}\p{S}\p{Lm}]/u.test(character) && !/[\p{L}\p{N}]/u.test(look) ? "" : look;
}

/** Maps each character to the one it looks like. */
type Lookalikes = Readonly<Record<string, string>>;

/** Loads the confusables (28 kB, needed only for writing), and maps katakana and look-alike kanji to hiragana. */
const alphabet = lazy(async () => {
	// Imports the table alone: the package's function compiles it into one regex, beyond a request's CPU time.
	const { default: table }: { default: Lookalikes | string } = await import("unhomoglyph/data.json", {
		with: { type: "json" },
	});
	// The deployed Worker has it as a text (`rules` in wrangler.toml), which costs nothing before it is needed.
	const lookalikes: Lookalikes = typeof table === "string" ? JSON.parse(table) : table;
	const kana = new Map<string, string>();
	for (let code = 0x30a1; code <= 0x30f6; code++) {
		const katakana = String.fromCharCode(code);
		const hiragana = String.fromCharCode(code - 0x60);
		kana.set(katakana, hiragana);
		const look = lookalikes[katakana] ?? "";
		if (/^\p{sc=Han}$/u.test(look)) kana.set(look, hiragana);
	}
	return { lookalikes, kana };
});
