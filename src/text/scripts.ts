/** The scripts that are told apart: ISO 15924 code and letters; kana mark Japanese. */
const scripts = {
	Latin: ["Latn", /\p{sc=Latn}+/gu],
	Japanese: ["Jpan", /[\p{sc=Hira}\p{sc=Kana}ー]+/gu],
	Han: ["Hani", /[\p{sc=Han}\p{sc=Bopo}]+/gu],
	Hangul: ["Kore", /\p{sc=Hang}+/gu],
	Cyrillic: ["Cyrl", /\p{sc=Cyrl}+/gu],
	Arabic: ["Arab", /\p{sc=Arab}+/gu],
	Hebrew: ["Hebr", /\p{sc=Hebr}+/gu],
	Greek: ["Grek", /\p{sc=Grek}+/gu],
	Devanagari: ["Deva", /\p{sc=Deva}+/gu],
	Thai: ["Thai", /\p{sc=Thai}+/gu],
	Armenian: ["Armn", /\p{sc=Armn}+/gu],
	Bengali: ["Beng", /\p{sc=Beng}+/gu],
	Ethiopic: ["Ethi", /\p{sc=Ethi}+/gu],
	Georgian: ["Geor", /\p{sc=Geor}+/gu],
	Gujarati: ["Gujr", /\p{sc=Gujr}+/gu],
	Gurmukhi: ["Guru", /\p{sc=Guru}+/gu],
	Kannada: ["Knda", /\p{sc=Knda}+/gu],
	Khmer: ["Khmr", /\p{sc=Khmr}+/gu],
	Lao: ["Laoo", /\p{sc=Laoo}+/gu],
	Malayalam: ["Mlym", /\p{sc=Mlym}+/gu],
	Myanmar: ["Mymr", /\p{sc=Mymr}+/gu],
	Sinhala: ["Sinh", /\p{sc=Sinh}+/gu],
	Syriac: ["Syrc", /\p{sc=Syrc}+/gu],
	Tamil: ["Taml", /\p{sc=Taml}+/gu],
	Telugu: ["Telu", /\p{sc=Telu}+/gu],
	Thaana: ["Thaa", /\p{sc=Thaa}+/gu],
	Tibetan: ["Tibt", /\p{sc=Tibt}+/gu],
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
	const prose = text
		.replace(/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^\1|$(?![\s\S]))|`[^`\n]+`/gm, " ")
		.replace(/[a-z][a-z\d+.-]*:\/\/[\x21-\x7E]+|[\w.+-]+@[\w.-]+/gi, " ");
	// Most letters of most texts: counted apart, because a pattern of a script takes longer.
	const others = prose.replace(/[A-Za-z]+/g, "");
	const ascii = prose.length - others.length;
	const letters = new Map<Script, number>();
	// Accents belong to their letter, but vowel signs of Indic scripts are marks and count.
	let rest = ascii + countCharacters(others, /[\p{L}\p{Mc}]+/gu);
	for (const script of Object.keys(scripts) as Script[]) {
		if (rest <= 0) break;
		const count = countCharacters(others, scripts[script][1]) + (script === "Latin" ? ascii : 0);
		if (count > 0) letters.set(script, count);
		rest -= count;
	}
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

/** Counts the characters of the runs that a pattern matches. */
function countCharacters(text: string, runs: RegExp): number {
	let count = 0;
	for (const [run] of text.matchAll(runs)) count += astral.test(run) ? [...run].length : run.length;
	return count;
}

/** A character beyond the Basic Multilingual Plane, which is two code units long. */
const astral = /[\uD800-\uDBFF]/;

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
