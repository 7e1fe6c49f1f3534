/** Writing systems told apart; Japanese is kana, and han where there is no kana nor hangul to say otherwise. */
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

/** The script most of a text is written in, addresses aside; null where too little says. */
export function scriptOf(text: string): Script | null {
	const prose = text.replace(/https?:\/\/\S+/gi, "").slice(0, 2000);
	const counts = Object.entries(scripts).map(([script, letters]) => ({
		script: script as Script,
		count: prose.match(letters)?.length ?? 0,
	}));
	// A few kana make a text Japanese, however many kanji and borrowed words stand among them.
	const kana = counts[0]?.count ?? 0;
	if (kana >= 2) return "Japanese";
	const [most] = counts.sort((a, b) => b.count - a.count);
	if (most === undefined) return null;
	// A short remark in kanji alone is as likely Japanese as Chinese.
	return most.count < (most.script === "Han" ? 12 : 4) ? null : most.script;
}

/** The script a language is usually written in; null where that is none of those told apart. */
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
