import * as v from "valibot";
import { suggest } from "./nearest.ts";

/** What a written value means, or why it means nothing, as the end of a sentence that begins with its key. */
export type Reading<T> = { value: T } | { wrong: string };

/** One line of text: NFC, line ends and other control characters as spaces, no space around it. */
export const text = v.pipe(
	v.string((issue) => `must be text, not ${kindOf(issue.input)}; write it on one line.`),
	v.transform((value) =>
		value
			.normalize("NFC")
			.replace(/[\p{Cc} ]+/gu, " ")
			.trim(),
	),
	v.nonEmpty("is empty; write something or remove it."),
);

/** Text that has a meaning of its own, such as a date. */
export function read<T>(parse: (text: string) => Reading<T>) {
	return v.pipe(
		text,
		v.rawTransform<string, T>(({ dataset, addIssue, NEVER }) => {
			const reading = parse(dataset.value);
			if ("value" in reading) return reading.value;
			addIssue({ message: reading.wrong });
			return NEVER;
		}),
	);
}

/** A list, or a single text standing for a list of one. */
export function list<const S extends v.GenericSchema>(item: S) {
	return v.pipe(
		v.unknown(),
		v.transform((value) => (typeof value === "string" ? [value] : value)),
		v.array(item, (issue) => `must be a list, not ${kindOf(issue.input)}; write it such as [first, second].`),
	);
}

/** A map of known keys; `required` gives, for each key that must be there, a line that would do. */
export function record<const E extends v.ObjectEntries>(
	entries: E,
	required: Readonly<Record<string, string>>,
) {
	const keys = Object.keys(entries);
	return v.strictObject(entries, ({ expected, input }: v.StrictObjectIssue) => {
		if (expected === "never") return `unknown key; ${suggest(String(input), keys)}`;
		if (expected !== "Object") {
			const example = required[expected?.slice(1, -1) ?? ""] ?? "";
			return `is missing; add a line such as ${example}.`;
		}
		const example = Object.values(required)[0] ?? `${keys[0]}: …`;
		return `must have keys of its own, not ${kindOf(input)}; write below it a line such as ${example}.`;
	});
}

/** One of a few words. */
export function oneOf<const T extends string>(words: readonly T[]) {
	return read<T>((written) => {
		const word = words.find((candidate) => candidate === written);
		return word === undefined
			? { wrong: `"${written}" is not known; ${suggest(written, words)}` }
			: { value: word };
	});
}

/** `true` or `false`. */
export const flag = read((written): Reading<boolean> => {
	const word = written.toLowerCase();
	if (word === "true" || word === "false") return { value: word === "true" };
	return { wrong: `"${written}" is not known; write true or false.` };
});

/** A whole number in a range, both ends included. */
export function wholeNumber(least: number, most: number) {
	return read((written): Reading<number> => {
		const value = /^[+-]?\d+$/.test(written) ? Number(written) : Number.NaN;
		if (value >= least && value <= most) return { value };
		return { wrong: `must be a whole number from ${least} to ${most}, not "${written}".` };
	});
}

/** A BCP 47 language tag in its canonical form. */
export const language = read((written): Reading<string> => {
	try {
		const [tag = ""] = Intl.getCanonicalLocales(written);
		// Two-letter codes are a closed list, and a country's code is often taken for its language's (jp for ja).
		const code = new Intl.Locale(tag).language;
		if (tag !== "" && (code.length > 2 || languageNames.of(code) !== undefined)) return { value: tag };
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
	}
	return { wrong: `"${written}" is not a language tag; write one such as en, ja or pt-BR.` };
});

const languageNames = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

/** What a value read from YAML is, in a word. */
export function kindOf(value: unknown): string {
	if (Array.isArray(value)) return "a list";
	return typeof value === "object" ? "a map" : "text";
}
