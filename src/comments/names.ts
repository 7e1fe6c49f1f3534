import type { Archive } from "../posts/archive.ts";
import { once } from "../posts/once.ts";
import { plainLetters, withoutStrayMarks } from "./letter-shapes.ts";

/**
 * What a name is told from others by, twice: letters that look like others are made one before capitals are made small,
 * and after. Two names are one when any key of the one is a key of the other; a single key would miss either `BОB` with
 * a Cyrillic О or `вова` for `Вова`.
 */
export type NameKeys = readonly [string, string];

/**
 * The keys of a name: full and half width, katakana and hiragana, capitals and small letters alike, look-alikes of other
 * scripts as the letters they look like (Unicode UTS #39), and without spaces, marks of punctuation and what nobody sees.
 */
export async function nameKeys(name: string): Promise<NameKeys> {
	const { lookalikes, kana } = await alphabet();
	const bare = withoutStrayMarks(asSeen(name, lookalikes).normalize("NFKD").replace(unseen, ""));
	const plain = plainLetters(bare).replace(
		/[\p{sc=Kana}\p{sc=Han}]/gu,
		(character) => kana.get(character) ?? character,
	);
	const looks = (text: string) => {
		const looked = [...plainLetters(text)].map((character) => seen(character, lookalikes)).join("");
		// The table draws letters by others too: a barred ł is an l with a bar, which is then stray.
		return withoutStrayMarks(plainLetters(looked)).toLowerCase().replaceAll("m", "rn");
	};
	const keys = [looks(plain), looks(plain.toLowerCase())] as const;
	// A name of nothing but ornaments is known by them.
	return [keys[0] || plain, keys[1] || plain];
}

/** Whether two names are one. */
export function sameName(one: NameKeys, other: NameKeys): boolean {
	return one.some((key) => other.includes(key));
}

/** Tells the names of those who write the blog, which nobody takes who does not write from the desk. */
export function authorsNames({
	writers,
}: Pick<Archive, "writers">): (keys: NameKeys, now: number) => Promise<boolean> {
	let known = { names: "", keys: new Set<string>() };
	return async (keys, now) => {
		const writing = writers(now);
		const names = writing.join("\n");
		// The same until somebody's first post comes out.
		if (known.names !== names) {
			known = { names, keys: new Set((await Promise.all(writing.map(nameKeys))).flat()) };
		}
		return keys.some((key) => known.keys.has(key));
	};
}

/** What nobody sees: spaces, characters of control and format, the Arabic stroke that only widens, the Khitan filler. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Co}\s\u0640\u{16fe4}]/gu;

/** A name with the letters it looks to have where Unicode's compatible ones are others: a long ſ is an s, and seen as f. */
function asSeen(name: string, lookalikes: Lookalikes): string {
	return name.normalize("NFD").replace(/\P{ASCII}/gu, (character) => {
		const compatible = character.normalize("NFKD");
		const look = lookalikes[character] ?? "";
		const differs = compatible !== character && look !== (lookalikes[compatible] ?? compatible);
		return differs && /^\p{L}$/u.test(look) ? look : character;
	});
}

/** The letters a character looks like. An ornament is passed over unless it looks like one: `|` is an l to the eye. */
function seen(character: string, lookalikes: Lookalikes): string {
	const look = character === "\u309a" ? character : (lookalikes[character] ?? character);
	return /[\p{P}\p{S}\p{Lm}]/u.test(character) && !/[\p{L}\p{N}]/u.test(look) ? "" : look;
}

/** By each character the one it looks like. */
type Lookalikes = Readonly<Record<string, string>>;

/** The look-alikes, 28 kB that only those who write need, and katakana as hiragana with the kanji that look like them. */
const alphabet = once(async () => {
	// The table alone: the package's own function compiles it into one expression, which costs a request more than it has.
	const { default: lookalikes }: { default: Lookalikes } = await import("unhomoglyph/data.json", {
		with: { type: "json" },
	});
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
