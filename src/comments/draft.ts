import * as v from "valibot";
import { toAsciiEmail } from "../text/hosts.ts";
import { cleanLine } from "../text/line.ts";
import { isVisible } from "../text/visible.ts";
import { toXmlText } from "../text/xml.ts";
import { isSingleScript } from "./confusables.ts";
import { limits } from "./limits.ts";

/** The raw input of the comment form, so that the form can be shown again unchanged. */
export type TypedComment = { name: string; email: string; website: string; text: string };

/** A validated comment: trimmed, within limits, empty optional fields null. */
export type Draft = { name: string; email: string | null; website: string | null; text: string };

export type DraftField = keyof TypedComment;
export type DraftError =
	| "required"
	| "invisible"
	| "too_long"
	| "too_much_markup"
	| "invalid"
	| "mixed_scripts";
/** Adds the errors of a name that another commenter verified, or that belongs to an author of the blog. */
export type NameError = DraftError | "taken" | "reserved";
/** Errors of a draft by field. */
export type DraftErrors = Partial<Record<DraftField, DraftError>>;
/** Errors of a submitted comment by field. */
export type FormErrors = Partial<Record<DraftField, NameError>>;

/**
 * Refuses what cannot be within its limit, before anything else reads it: a character has at most two code units, and
 * cleaning shortens it by at most half (line ends, composed letters, spaces at the ends).
 */
const typed = (field: DraftField) =>
	v.pipe(
		v.string(),
		v.check<string, DraftError>((value) => value.length <= 4 * limits[field], "too_long"),
	);

const maxLength = (field: DraftField) =>
	v.check<string, DraftError>((value) => [...value].length <= limits[field], "too_long");

const optional = (field: DraftField, valid: (value: string) => boolean) =>
	v.pipe(
		typed(field),
		v.trim(),
		maxLength(field),
		v.check<string, DraftError>((value) => value === "" || valid(value), "invalid"),
		v.transform((value) => (value === "" ? null : value)),
	);

const nameSchema = v.pipe(
	typed("name"),
	v.transform(cleanLine),
	v.check<string, DraftError>((name) => name !== "", "required"),
	v.check<string, DraftError>(isVisible, "invisible"),
	maxLength("name"),
	v.check<string, DraftError>(isSingleScript, "mixed_scripts"),
);

const draftSchema = v.object({
	name: nameSchema,
	email: v.pipe(
		typed("email"),
		v.transform((email) => toAsciiEmail(email.trim())),
		optional("email", isEmail),
	),
	website: v.pipe(
		optional("website", (value) => parseWebsite(value) !== null),
		v.transform((value) => (value === null ? null : parseWebsite(value))),
	),
	text: v.pipe(
		typed("text"),
		v.transform(cleanText),
		v.check<string, DraftError>((text) => text.trim() !== "", "required"),
		v.check<string, DraftError>(isVisible, "invisible"),
		maxLength("text"),
	),
});

/** Validates a typed comment; returns a draft, or the first error of every field. */
export function parseDraft(typed: TypedComment): { draft: Draft } | { errors: DraftErrors } {
	const result = v.safeParse(draftSchema, typed, { abortPipeEarly: true });
	if (result.success) return { draft: result.output };
	const errors: DraftErrors = {};
	for (const issue of result.issues) {
		const field = issue.path?.[0]?.key as DraftField;
		errors[field] ??= issue.message as DraftError;
	}
	return { errors };
}

/** Validates a name by the rules for comments; returns the cleaned name or its error. */
export function parseName(typed: string): { name: string } | { error: DraftError } {
	const result = v.safeParse(nameSchema, typed, { abortPipeEarly: true });
	return result.success ? { name: result.output } : { error: result.issues[0].message as DraftError };
}

/** Normalizes line ends and replaces what XML cannot represent, such as NUL, which databases do not store faithfully. */
function cleanText(text: string): string {
	return toXmlText(text.replace(/\r\n?/g, "\n")).replace(/^\n+/, "").trimEnd();
}

function isEmail(value: string): boolean {
	return v.is(v.pipe(v.string(), v.rfcEmail()), value);
}

/**
 * Returns the address of a website as browsers would follow it (WHATWG URL), or null if it is none. `ann.example` is taken
 * for `https://ann.example/`. Both slashes must be there: browsers resolve `https:ann.example` against the page it is on.
 */
function parseWebsite(value: string): string | null {
	if (toXmlText(value) !== value) return null;
	const typed = /^[a-z][a-z\d+.-]*:(?!\d)/i.test(value) ? value : `https://${value}`;
	if (!/^https?:\/\//i.test(typed)) return null;
	const url = URL.parse(typed);
	if (url === null || url.username !== "" || url.password !== "") return null;
	if (typed !== value && !url.hostname.includes(".")) return null;
	return url.href.length > limits.website ? null : url.href;
}
