/** The scripts that are distinguished; kana mark Japanese. */
const scripts = {
	Japanese: /[\p{sc=Hira}\p{sc=Kana}]/gu,
	Han: /\p{sc=Han}/gu,
	Hangul: /\p{sc=Hang}/gu,
	Latin: /\p{sc=Latn}/gu,
	Cyrillic: /\p{sc=Cyrl}/gu,
	Greek: /\p{sc=Grek}/gu,
	Arabic: /\p{sc=Arab}/gu,
	Hebrew: /\p{sc=Hebr}/gu,
	Devanagari: /\p{sc=Deva}/gu,
	Thai: /\p{sc=Thai}/gu,
} as const;

export type Script = keyof typeof scripts;

/** Detects the main script of a text without its URLs; null when there is too little text. */
export function scriptOf(text: string): Script | null {
	const prose = text.replace(/https?:\/\/\S+/gi, "").slice(0, 2000);
	const counts = Object.entries(scripts).map(([script, letters]) => ({
		script: script as Script,
		count: prose.match(letters)?.length ?? 0,
	}));
	// Two kana make a text Japanese, whatever the number of kanji and Latin words.
	const kana = counts[0]?.count ?? 0;
	if (kana >= 2) return "Japanese";
	const [most] = counts.sort((a, b) => b.count - a.count);
	if (most === undefined) return null;
	// A short text in kanji alone is as likely Japanese as Chinese.
	return most.count < (most.script === "Han" ? 12 : 4) ? null : most.script;
}

/** Returns the usual script of a language (BCP 47); null when it is not distinguished. */
export function scriptOfLanguage(tag: string): Script | null {
	const script = new Intl.Locale(tag).maximize().script ?? "";
	const named: Record<string, Script> = {
		Jpan: "Japanese",
		Hans: "Han",
		Hant: "Han",
		Kore: "Hangul",
		Latn: "Latin",
		Cyrl: "Cyrillic",
		Grek: "Greek",
		Arab: "Arabic",
		Hebr: "Hebrew",
		Deva: "Devanagari",
		Thai: "Thai",
	};
	return named[script] ?? null;
}
