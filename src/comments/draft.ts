import * as v from "valibot";
import { isOneAlphabet } from "./letter-shapes.ts";

/** What a person typed into the comment form, untouched, so that a refusal can give all of it back. */
export type TypedComment = { name: string; email: string; website: string; text: string };

/** A comment fit to be submitted: trimmed, bounded, empty options made null. */
export type Draft = { name: string; email: string | null; website: string | null; text: string };

export type DraftField = keyof TypedComment;
export type DraftError = "required" | "too_long" | "invalid" | "mixed";
/** What can be wrong with a name besides: it is somebody else's, or that of one who writes the blog. */
export type NameError = DraftError | "taken" | "reserved";
/** What is wrong, by field. */
export type DraftErrors = Partial<Record<DraftField, DraftError>>;
/** The same of a draft that was to be kept. */
export type FormErrors = Partial<Record<DraftField, NameError>>;

/** Most characters (code points) a field may hold. */
export const limits = { name: 80, email: 254, website: 300, text: 10_000 } as const;

const longest = (field: DraftField) =>
	v.check<string, DraftError>((value) => [...value].length <= limits[field], "too_long");

const optional = (field: DraftField, valid: (value: string) => boolean) =>
	v.pipe(
		v.string(),
		v.trim(),
		longest(field),
		v.check<string, DraftError>((value) => value === "" || valid(value), "invalid"),
		v.transform((value) => (value === "" ? null : value)),
	);

const nameSchema = v.pipe(
	v.string(),
	v.transform(cleanName),
	v.check<string, DraftError>((name) => name !== "", "required"),
	longest("name"),
	v.check<string, DraftError>(isOneAlphabet, "mixed"),
);

const draftSchema = v.object({
	name: nameSchema,
	email: optional("email", isEmail),
	website: optional("website", isWebsite),
	text: v.pipe(
		v.string(),
		v.transform(cleanText),
		v.check<string, DraftError>((text) => text.trim() !== "", "required"),
		longest("text"),
	),
});

/** Checks a typed comment and gives either a draft or every field's error at once. */
export function parseDraft(typed: TypedComment): { draft: Draft } | { errors: DraftErrors } {
	const result = v.safeParse(draftSchema, typed);
	if (result.success) return { draft: result.output };
	const errors: DraftErrors = {};
	for (const issue of result.issues) {
		const field = issue.path?.[0]?.key as DraftField;
		errors[field] ??= issue.message as DraftError;
	}
	return { errors };
}

/** Reads a typed name as a comment's is read, or says what is wrong with it. */
export function parseName(typed: string): { name: string } | { error: DraftError } {
	const result = v.safeParse(nameSchema, typed);
	return result.success ? { name: result.output } : { error: result.issues[0].message as DraftError };
}

/** A name on one line, without control characters and bidirectional overrides that would disturb the page around it. */
function cleanName(name: string): string {
	return name
		.normalize("NFC")
		.replace(/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u2028\u2029\uFEFF]+/gu, " ")
		.replace(/\s+/g, " ")
		.trim();
}

/** Text as typed, with line ends made one kind and NUL, which no store keeps faithfully, made visible. */
function cleanText(text: string): string {
	return text.replace(/\r\n?/g, "\n").replaceAll("\0", "\uFFFD").replace(/^\n+/, "").trimEnd();
}

function isEmail(value: string): boolean {
	return v.is(v.pipe(v.string(), v.rfcEmail()), value);
}

function isWebsite(value: string): boolean {
	const url = URL.parse(value);
	return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
}
