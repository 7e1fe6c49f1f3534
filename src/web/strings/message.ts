import type { en } from "./en.ts";

/** A message in the plural forms its language has (Unicode CLDR); `other` is always there. */
export type Plural = { readonly other: string } & { readonly [form in Intl.LDMLPluralRule]?: string };

/** What every language says: an English catalogue's keys, plain or plural as there. */
export type Catalogue<English> = {
	readonly [Key in keyof English]: English[Key] extends string ? string : Plural;
};

/** The reader's side in one language. */
export type Strings = Catalogue<typeof en>;

/** Puts values into a message's `{places}`. */
export function fill(message: string, values: Readonly<Record<string, string | number>>): string {
	return message.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

const rules = new Map<string, Intl.PluralRules>();

/** The form of a plural message that a count asks for in a language, with the count and other values put in. */
export function plural(
	message: Plural,
	count: number,
	lang: string,
	values: Readonly<Record<string, string | number>> = {},
): string {
	const rule = rules.get(lang) ?? new Intl.PluralRules(lang);
	rules.set(lang, rule);
	const form = message[rule.select(count)] ?? message.other;
	return fill(form, { count: count.toLocaleString(lang), ...values });
}
