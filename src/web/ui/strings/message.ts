import type { en } from "./en.ts";

/** A message in the plural forms of its language (Unicode CLDR); `other` is always present. */
export type Plural = { readonly other: string } & { readonly [form in Intl.LDMLPluralRule]?: string };

/** A catalogue with the keys of the English one, each plain or plural as in English. */
export type Catalogue<English> = {
	readonly [Key in keyof English]: English[Key] extends string ? string : Plural;
};

/** Strings of the public pages in one language. */
export type Strings = Catalogue<typeof en>;

/** Replaces the `{placeholders}` of a message with values. */
export function fill(message: string, values: Readonly<Record<string, string | number>>): string {
	return message.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}

const rules = new Map<string, Intl.PluralRules>();

/** Returns the plural form for a count in a language, with the count and other values filled in. */
export function plural(
	message: Plural,
	count: number,
	lang: string,
	values: Readonly<Record<string, string | number>> = {},
): string {
	const rule = rules.get(lang) ?? new Intl.PluralRules(lang);
	rules.set(lang, rule);
	const form = message[rule.select(count)] ?? message.other;
	return fill(form, { count: formatCount(count, lang), ...values });
}

const formats = new Map<string, Intl.NumberFormat>();

/** Formats a number in a language; the format is made once, which takes as long as using it fifty times. */
export function formatCount(count: number, lang: string): string {
	const format = formats.get(lang) ?? new Intl.NumberFormat(lang);
	formats.set(lang, format);
	return format.format(count);
}
