import type { FieldError } from "./problems.ts";

/** A line that people write and YAML reads otherwise: its pattern, with the key and the value, and an explanation. */
type LineKind = readonly [pattern: RegExp, explain: (key: string, value: string) => string];

/** Lines that make a text invalid. */
const mistakes: readonly LineKind[] = [
	[/^\u3000+([\w-]*)(.*)/, (key) => `${key}: begins with a full-width space; remove it.`],
	[
		/^\s*([\w-]+)[ \t]*：\s*(.*)/,
		(key, value) => `${key}: needs the colon of ASCII and a space after it; write ${key}: ${value}.`,
	],
	[
		/^\s*([\w-]+):\u3000+(.*)/,
		(key, value) => `${key}: needs a space of ASCII after the colon; write ${key}: ${value}.`,
	],
	[
		/^\s*([\w-]+):(?=[^\s/\d])(.*)/,
		(key, value) => `${key}: add a space after the colon; write ${key}: ${value}.`,
	],
	[/^([\w-]+)[ \t]*=[ \t]*(.*)/, (key, value) => `${key}: needs a colon, not =; write ${key}: ${value}.`],
	[
		/^\s*([\w-]+):\s+(\[(?=[^"']*#).*\])\s*$/,
		(key, value) =>
			`${key}: a # begins a comment; put quotes around what has one, as in ${key}: ${quoteItems(value)}.`,
	],
	[
		/^\s*([\w-]+):\s+((?:[>|](?![-+\d]*\s*(?:#.*)?$)|[-?*&](?=\s)).*)/,
		(key, value) =>
			`${key}: a value starting with "${value[0] ?? ""}" needs quotes; write ${key}: ${quote(value)}.`,
	],
];

/** Lines that are valid and mean something else. */
const lookAlikes: readonly LineKind[] = [
	[
		/^\s*([\w-]+):\s+([“”„«「『‘].*)/,
		(key, value) =>
			`${key}: has the quotation marks ${value[0] ?? ""} as part of its text; write " for quotes of YAML, or keep them if they are meant.`,
	],
	[
		/^\s*([\w-]+):\s+(\[.*[“”‘’].*\])/,
		(key) => `${key}: has curly quotation marks as part of its names; remove them.`,
	],
	[
		/^\s*([\w-]+):\s+(#\S.*)/,
		(key, value) => `${key}: is empty, because a # begins a comment; write ${key}: ${quote(value)}.`,
	],
	[/^\s*(-)\s+(#\S.*)/, (_, value) => `${value} is a comment; write - ${quote(value)}.`],
	[
		/^\s*(title|summary|author|series|tags|categories):\s+(?!["'[{])(.*\s#[^\s#].*)/,
		(key, value) => `${key}: ends before its #, which begins a comment; write ${key}: ${quote(value)}.`,
	],
];

/** Explains the lines of a text that is no valid YAML, as far as they are known mistakes. */
export function explainLines(source: string, firstLine: number): FieldError[] {
	return findLines(source, firstLine, mistakes);
}

/** Warns about the lines of valid YAML that mean something other than they look. */
export function findLookAlikes(source: string, firstLine: number): FieldError[] {
	return findLines(source, firstLine, lookAlikes);
}

function findLines(source: string, firstLine: number, kinds: readonly LineKind[]): FieldError[] {
	return source.split("\n").flatMap((line, index) => {
		for (const [pattern, explain] of kinds) {
			const [, key = "", value = ""] = pattern.exec(line) ?? [];
			if (key !== "" || value !== "")
				return [{ line: firstLine + index, message: explain(key, value.trim()) }];
		}
		return [];
	});
}

function quote(value: string): string {
	return value.includes('"') ? `'${value.replaceAll("'", "''")}'` : `"${value}"`;
}

function quoteItems(list: string): string {
	const items = list.slice(1, -1).split(",");
	return `[${items.map((item) => (item.includes("#") ? quote(item.trim()) : item.trim())).join(", ")}]`;
}
