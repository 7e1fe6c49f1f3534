import fc from "fast-check";

const surrogates = { first: 0xd800, count: 0x800 };

/**
 * Any code point that can stand alone: fast-check's unit "binary", the same for each seed, without the table of them all,
 * which takes a second and some hundred megabytes in every process.
 */
export const codePoint: fc.Arbitrary<string> = fc.nat({ max: 0x10ffff - surrogates.count }).map(
	(number) => String.fromCodePoint(number < surrogates.first ? number : number + surrogates.count),
	(text) => {
		const number = (typeof text === "string" && text.codePointAt(0)) || 0;
		if (text !== String.fromCodePoint(number) || /^\p{Surrogate}$/u.test(text))
			throw new Error("This is no code point that can stand alone.");
		return number < surrogates.first ? number : number - surrogates.count;
	},
);

/** Arbitrary text with a higher share of characters that are difficult for parsers. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
	fc.string({ unit: codePoint, maxLength: 400 }),
	fc
		.array(
			fc.constantFrom(
				...[
					"\0",
					"\r",
					"\n",
					"\u202e",
					"\ufeff",
					"\ud800",
					"あ",
					"ｱ",
					"e\u0301",
					"<",
					"&",
					"://",
					"@",
					" ",
					"x",
				],
			),
			{ maxLength: 60 },
		)
		.map((parts) => parts.join("")),
);

/** Values that resemble valid numbers, dates and keywords, and mostly are not. */
export const almostValid: fc.Arbitrary<string> = fc.constantFrom(
	...[
		"",
		"0",
		"-1",
		"1",
		"01",
		"1e3",
		"1.5",
		"0x10",
		"999999999999999",
		"9007199254740993",
		"NaN",
		"Infinity",
		"１",
	],
	...["null", "undefined", "true", "[]", "{}", "__proto__", "constructor", "toString", "hasOwnProperty"],
	...[
		"2024-05-01",
		"2024-02-30",
		"0000-00-00",
		"9999-12-31",
		"-271821-04-20",
		"275760-09-13",
		"２０２４-05-01",
	],
	...[
		"oldest",
		"newest",
		"top",
		"published",
		"held",
		"any",
		"like",
		"visitor",
		"network",
		"owner",
		"member:1",
	],
	...[
		"2024-05-01-hello",
		"/admin",
		"//evil.example",
		"javascript:alert(1)",
		"\\\\evil.example",
		"https://evil.example/",
	],
	...[
		"%",
		"%00",
		"%ff",
		"..",
		"../..",
		"a.b.c",
		"....",
		"e30.e30.e30",
		"'",
		"' OR 1=1 --",
		"%_",
		"x".repeat(3000),
	],
);
