/** The scripts that are told apart: ISO 15924 code and letters; kana mark Japanese. */
const scripts = {
	Latin: ["Latn", /\p{sc=Latn}/u],
	Japanese: ["Jpan", /[\p{sc=Hira}\p{sc=Kana}ー]/u],
	Han: ["Hani", /[\p{sc=Han}\p{sc=Bopo}]/u],
	Hangul: ["Kore", /\p{sc=Hang}/u],
	Cyrillic: ["Cyrl", /\p{sc=Cyrl}/u],
	Arabic: ["Arab", /\p{sc=Arab}/u],
	Hebrew: ["Hebr", /\p{sc=Hebr}/u],
	Greek: ["Grek", /\p{sc=Grek}/u],
	Devanagari: ["Deva", /\p{sc=Deva}/u],
	Thai: ["Thai", /\p{sc=Thai}/u],
	Armenian: ["Armn", /\p{sc=Armn}/u],
	Bengali: ["Beng", /\p{sc=Beng}/u],
	Ethiopic: ["Ethi", /\p{sc=Ethi}/u],
	Georgian: ["Geor", /\p{sc=Geor}/u],
	Gujarati: ["Gujr", /\p{sc=Gujr}/u],
	Gurmukhi: ["Guru", /\p{sc=Guru}/u],
	Kannada: ["Knda", /\p{sc=Knda}/u],
	Khmer: ["Khmr", /\p{sc=Khmr}/u],
	Lao: ["Laoo", /\p{sc=Laoo}/u],
	Malayalam: ["Mlym", /\p{sc=Mlym}/u],
	Myanmar: ["Mymr", /\p{sc=Mymr}/u],
	Sinhala: ["Sinh", /\p{sc=Sinh}/u],
	Syriac: ["Syrc", /\p{sc=Syrc}/u],
	Tamil: ["Taml", /\p{sc=Taml}/u],
	Telugu: ["Telu", /\p{sc=Telu}/u],
	Thaana: ["Thaa", /\p{sc=Thaa}/u],
	Tibetan: ["Tibt", /\p{sc=Tibt}/u],
} as const satisfies Record<string, readonly [string, RegExp]>;

export type Script = keyof typeof scripts;

/** Part of a text in one script: its letters, and their share of all letters from 0 to 1. */
export type ScriptShare = { script: Script; letters: number; share: number };

/** A kanji, kana or hangul is as wide as two Latin letters, and says as much. */
const wide: ReadonlySet<Script> = new Set(["Japanese", "Han", "Hangul"]);

/** The share of kana among kana and kanji from which a text is Japanese: の alone is also written in Chinese. */
const kanaShare = 0.2;

/** Returns the scripts of a text, by falling share. Addresses, e-mail addresses and code say nothing about its language. */
export function scriptShares(text: string): readonly ScriptShare[] {
	const prose = withoutAddresses(withoutCode(text));
	// Most letters of most texts: counted apart, because a pattern of a script takes longer.
	const others = prose.replace(/[A-Za-z]+/g, "");
	const letters = countScripts(others);
	const ascii = prose.length - others.length;
	if (ascii > 0) letters.set("Latin", (letters.get("Latin") ?? 0) + ascii);
	const [kana = 0, han = 0] = [letters.get("Japanese"), letters.get("Han")];
	if (kana > 0 && han > 0) {
		letters.delete(kana >= kanaShare * (kana + han) ? "Han" : "Japanese");
		letters.set(letters.has("Han") ? "Han" : "Japanese", kana + han);
	}
	const weightOf = (script: Script, count: number) => count * (wide.has(script) ? 2 : 1);
	const all = [...letters].reduce((sum, [script, count]) => sum + weightOf(script, count), 0);
	return [...letters]
		.map(([script, count]) => ({ script, letters: count, share: weightOf(script, count) / all }))
		.sort((a, b) => b.share - a.share);
}

function withoutCode(text: string): string {
	if (!/`|~~~/.test(text)) return text;
	return text.replace(/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^\1|$(?![\s\S]))|`[^`\n]+`/gm, " ");
}

function withoutAddresses(text: string): string {
	const web = text.includes("://") ? text.replace(/[a-z][a-z\d+.-]*:\/\/[\x21-\x7E]+/gi, " ") : text;
	return web.includes("@") ? web.replace(/[\w.+-]+@[\w.-]+/g, " ") : web;
}

/** Counts the letters of each script. Of the characters, which a text repeats, each is looked at once. */
function countScripts(text: string): Map<Script, number> {
	const counts = new Map<string, number>();
	for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
	const letters = new Map<Script, number>();
	for (const [character, count] of counts) {
		const script = scriptOfCharacter(character);
		if (script !== null) letters.set(script, (letters.get(script) ?? 0) + count);
	}
	return letters;
}

/** Returns the script of a letter or of a mark, as vowel signs of Indic scripts are; null of other characters. */
function scriptOfCharacter(character: string): Script | null {
	const known = scriptsOfCharacters.get(character);
	if (known !== undefined) return known;
	const found = /[\p{L}\p{M}]/u.test(character)
		? ((Object.keys(scripts) as Script[]).find((script) => scripts[script][1].test(character)) ?? null)
		: null;
	if (scriptsOfCharacters.size >= maxCharacters) scriptsOfCharacters.clear();
	scriptsOfCharacters.set(character, found);
	return found;
}

/** Scripts of characters that were looked at; limited, since it lives as long as the isolate. */
const scriptsOfCharacters = new Map<string, Script | null>();
const maxCharacters = 4096;

/** Returns the main script of a text; null when there is too little text to tell. */
export function scriptOf(text: string): Script | null {
	const [main] = scriptShares(text.slice(0, 2000));
	return main === undefined || main.letters < (fewest[main.script] ?? 4) ? null : main.script;
}

/** Fewest letters that tell a script. A short text in kanji alone is as likely Japanese as Chinese. */
const fewest: Partial<Record<Script, number>> = { Japanese: 2, Han: 12 };

/** Returns the usual script of a language (BCP 47); null when it is not told apart. */
export function scriptOfLanguage(tag: string): Script | null {
	const code = new Intl.Locale(tag).maximize().script ?? "";
	if (code === "Hans" || code === "Hant") return "Han";
	return (Object.keys(scripts) as Script[]).find((script) => scripts[script][0] === code) ?? null;
}

/** Returns the language tag for a text of which only the script is known, such as `und-Latn`. */
export function tagOfScript(script: Script): string {
	return `und-${scripts[script][0]}`;
}
