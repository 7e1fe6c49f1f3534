/**
 * Replaces look-alike letters that Unicode's confusables table omits, in NFKD text: small capitals, letters in squares and
 * circles, regional indicators, and the Cyrillic к, м and т.
 */
export function replaceLookalikes(text: string): string {
	return text.replace(lookalikeLetter, (letter) => replacements.get(letter) ?? letter);
}

/**
 * Removes combining marks that spell nothing from NFKD text. Accents of letters that Unicode has precomposed, kana voicing
 * marks and vowel signs stay. Strokes, rings and stacked marks go: they disguise one name as another.
 */
export function stripStrayMarks(text: string): string {
	return text
		.replace(/(?<=\p{sc=Hira}|\p{sc=Kana})\u030a/gu, "\u309a")
		.normalize("NFC")
		.replace(/(?<=[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}]\p{M}*)\p{M}|\p{Me}|(?=\p{M})\p{sc=Zinh}/gu, "")
		.normalize("NFKD");
}

/** Whether no word mixes letters of alphabets that look alike (UTS #39); no legitimate name does. */
export function isSingleScript(name: string): boolean {
	const visible = name.normalize("NFKC").replace(/[\p{Default_Ignorable_Code_Point}\p{C}]/gu, "");
	return visible
		.split(/[\s\p{P}\p{S}]+/u)
		.every((word) => alphabets.filter((alphabet) => alphabet.test(word)).length < 2);
}

const alphabets = [
	/\p{sc=Latn}/u,
	/\p{sc=Cyrl}/u,
	/\p{sc=Grek}/u,
	/\p{sc=Copt}/u,
	/\p{sc=Armn}/u,
	/\p{sc=Cher}/u,
	/\p{sc=Lisu}/u,
	/\p{sc=Dsrt}/u,
];

/** Look-alike letters and, in the same order, the letters they look like. */
const lookalikes = {
	ᴀʙᴄᴅᴇꜰɢʜᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ: "ABCDEFGHJKLMNOPQRSTUVWYZ",
	// The palochka looks like I in both its cases, and is read as l.
	кĸмʍтӏӀ: "kkmmtll",
};

/** Code points of A in alphabets of 26: negative circled, negative squared, and regional indicators. */
const capitalAlphabets = [0x1f150, 0x1f170, 0x1f1e6];

const replacements = new Map<string, string>([
	...Object.entries(lookalikes).flatMap(([from, to]) =>
		[...from].map((letter, at) => [letter, to[at] ?? ""] as const),
	),
	...capitalAlphabets.flatMap((first) =>
		Array.from(
			{ length: 26 },
			(_, at) => [String.fromCodePoint(first + at), String.fromCharCode(65 + at)] as const,
		),
	),
]);

const lookalikeLetter = new RegExp(`[${[...replacements.keys()].join("")}]`, "gu");
