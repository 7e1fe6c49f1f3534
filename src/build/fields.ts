import * as v from "valibot";
import { isVisible } from "../text/visible.ts";
import { toXmlText } from "../text/xml.ts";
import { didYouMean } from "./did-you-mean.ts";

/** A parsed value, or an error message that continues after the key's name. */
export type ParseResult<T> = { value: T } | { error: string };

/**
 * Schema of a line of text with something to see: NFC, trimmed, with line ends and other control characters replaced by
 * spaces, and with nothing XML cannot represent.
 */
export const text = v.pipe(
	v.string((issue) => `must be text, not ${describeType(issue.input)}; write it on one line.`),
	v.transform((value) => toXmlText(value.normalize("NFC").replace(/[\p{Cc} ]+/gu, " ")).trim()),
	v.nonEmpty("is empty; add a value or remove it."),
	v.check(isVisible, "has only characters that nobody can see; add a value or remove it."),
);

/** Creates a schema of text in a special format, such as a date. */
export function parsedText<T>(parse: (text: string) => ParseResult<T>) {
	return v.pipe(
		text,
		v.rawTransform<string, T>(({ dataset, addIssue, NEVER }) => {
			const result = parse(dataset.value);
			if ("value" in result) return result.value;
			addIssue({ message: result.error });
			return NEVER;
		}),
	);
}

/** Creates a schema of a list; a single text is a list of one item. */
export function list<const S extends v.GenericSchema>(item: S) {
	return v.pipe(
		v.unknown(),
		v.transform((value) => (typeof value === "string" ? [value] : value)),
		v.array(
			item,
			(issue) => `must be a list, not ${describeType(issue.input)}; write for example [first, second].`,
		),
	);
}

/** Creates a schema of a map with known keys; `required` has an example line for each required key. */
export function record<const E extends v.ObjectEntries>(
	entries: E,
	required: Readonly<Record<string, string>>,
) {
	const keys = Object.keys(entries);
	return v.strictObject(entries, ({ expected, input }: v.StrictObjectIssue) => {
		if (expected === "never") return `unknown key; ${didYouMean(String(input), keys)}`;
		if (expected !== "Object") {
			const example = required[expected?.slice(1, -1) ?? ""] ?? "";
			return `is missing; add a line such as ${example}.`;
		}
		const example = Object.values(required)[0] ?? `${keys[0]}: …`;
		return `must be a map, not ${describeType(input)}; add an indented line below it such as ${example}.`;
	});
}

/** Creates a schema of an enumeration. */
export function oneOf<const T extends string>(values: readonly T[]) {
	return parsedText<T>((input) => {
		const match = values.find((candidate) => candidate === input);
		return match === undefined
			? { error: `"${input}" is not a valid value; ${didYouMean(input, values)}` }
			: { value: match };
	});
}

/** Schema of `true` or `false`. */
export const bool = parsedText((input): ParseResult<boolean> => {
	const word = input.toLowerCase();
	if (word === "true" || word === "false") return { value: word === "true" };
	return { error: `"${input}" is not a valid value; write true or false.` };
});

/** Creates a schema of an integer in a range, both ends included. */
export function wholeNumber(min: number, max: number) {
	return parsedText((input): ParseResult<number> => {
		const value = /^[+-]?\d+$/.test(input) ? Number(input) : Number.NaN;
		if (value >= min && value <= max) return { value };
		return { error: `must be a whole number from ${min} to ${max}, not "${input}".` };
	});
}

/** Schema of a share of a whole: a number from 0 to 1. */
export const share = parsedText((input): ParseResult<number> => {
	const value = /^\d+(\.\d+)?$/.test(input) ? Number(input) : Number.NaN;
	return value <= 1 ? { value } : { error: `must be a number from 0 to 1, not "${input}".` };
});

/** Schema of a BCP 47 language tag, converted to its canonical form. */
export const language = parsedText((input): ParseResult<string> => {
	const known = languages.get(input) ?? parseLanguage(input);
	languages.set(input, known);
	return known;
});

/** Parsed tags: posts repeat a few, and each takes the platform a tenth of a millisecond. */
const languages = new Map<string, ParseResult<string>>();

function parseLanguage(input: string): ParseResult<string> {
	try {
		const [tag = ""] = Intl.getCanonicalLocales(input);
		// Two-letter codes are a closed list; country codes are often mistaken for language codes (jp for ja).
		const code = new Intl.Locale(tag).language;
		if (tag !== "" && (code.length > 2 || languageNames.of(code) !== undefined)) return { value: tag };
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
	}
	return { error: `"${input}" is not a language tag; write one such as en, ja or pt-BR.` };
}

const languageNames = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

/** Describes the type of a YAML value for a message. */
export function describeType(value: unknown): string {
	if (Array.isArray(value)) return "a list";
	return typeof value === "object" ? "a map" : "text";
}
