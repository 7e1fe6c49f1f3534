/**
 * A text in NFKD with letters that are drawn as others as those others, which Unicode's table of look-alikes leaves out:
 * small capitals, letters in squares and circles, flags' letters, and the Cyrillic к, м and т.
 */
export function plainLetters(text: string): string {
	return text.replace(drawnOtherwise, (letter) => shapes.get(letter) ?? letter);
}

/**
 * A text in NFKD with the marks alone that spell something: an accent where Unicode has a letter with it, voicing marks of
 * kana, vowels of scripts that write them so. What is struck through, ringed or piled up beyond that is drawn over a name
 * to pass it off as another.
 */
export function withoutStrayMarks(text: string): string {
	return text
		.replace(/(?<=\p{sc=Hira}|\p{sc=Kana})\u030a/gu, "\u309a")
		.normalize("NFC")
		.replace(/(?<=[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}]\p{M}*)\p{M}|\p{Me}|(?=\p{M})\p{sc=Zinh}/gu, "")
		.normalize("NFKD");
}

/** Whether no word has letters of two alphabets that look like each other's (UTS #39): there is no honest such name. */
export function isOneAlphabet(name: string): boolean {
	const seen = name.normalize("NFKC").replace(/[\p{Default_Ignorable_Code_Point}\p{C}]/gu, "");
	return seen
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

/** Drawn letters and, in the same order, what they are. */
const drawn = {
	ᴀʙᴄᴅᴇꜰɢʜᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ: "ABCDEFGHJKLMNOPQRSTUVWYZ",
	// A palochka is I in its two cases alike, and l to the eye.
	кĸмʍтӏӀ: "kkmmtll",
};

/** Code points of the A in rows of twenty-six: negative circles, negative squares, and the letters flags are made of. */
const rowsOfCapitals = [0x1f150, 0x1f170, 0x1f1e6];

const shapes = new Map<string, string>([
	...Object.entries(drawn).flatMap(([from, to]) =>
		[...from].map((letter, at) => [letter, to[at] ?? ""] as const),
	),
	...rowsOfCapitals.flatMap((first) =>
		Array.from(
			{ length: 26 },
			(_, at) => [String.fromCodePoint(first + at), String.fromCharCode(65 + at)] as const,
		),
	),
]);

const drawnOtherwise = new RegExp(`[${[...shapes.keys()].join("")}]`, "gu");
