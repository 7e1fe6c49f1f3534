import { isMap, isNode, type YAMLError } from "yaml";

/** Returns the offset of a YAML syntax error and a plain explanation with a fix. */
export function explainSyntaxError(
	{ code, message, pos }: YAMLError,
	source: string,
	contents: unknown,
): { start: number; message: string } {
	const start = pos[0];
	const line = lineAround(source, start);
	const keyWithoutSpace = /^\s*([\w-]+):(?=[^\s/])/.exec(line)?.[1];
	if (code === "DUPLICATE_KEY") {
		return { start, message: `${keyOf(line)}: appears twice; keep only one.` };
	}
	if (keyWithoutSpace !== undefined) {
		return { start, message: `${keyWithoutSpace}: add a space after the colon.` };
	}
	if (code === "TAB_AS_INDENT") {
		return { start, message: "is indented with a tab; use spaces." };
	}
	if (code === "BLOCK_AS_IMPLICIT_KEY" && message.startsWith("Nested")) {
		return {
			start,
			message: `${keyOf(line)}: a value with ": " in it needs quotes; write ${quoteValue(line)}.`,
		};
	}
	if (code === "BAD_SCALAR_START") {
		return { start, message: needsQuotes(source, start) };
	}
	if (code === "MISSING_CHAR" && message.endsWith("quote")) {
		// The parser reports the end of the text; the unclosed quotation mark belongs to the last key before it.
		const opened = lastKeyBefore(contents, start);
		return {
			start: opened,
			message: `${keyOf(lineAround(source, opened))}: a quotation mark is not closed; add one at the end of the value.`,
		};
	}
	if (code === "BAD_INDENT" && message.startsWith("Flow")) {
		const opened = lastKeyBefore(contents, start - 1);
		const [open, close] = message.startsWith("Flow map") ? "{}" : "[]";
		return {
			start: opened,
			message: `${keyOf(lineAround(source, opened))}: ${open} is not closed; add ${close} at the end.`,
		};
	}
	if (code === "UNEXPECTED_TOKEN") {
		const indicator = /:\s+([*&!{[])/.exec(line)?.[1];
		if (indicator !== undefined) {
			return {
				start,
				message: needsQuotes(source, source.indexOf(indicator, source.lastIndexOf("\n", start - 1))),
			};
		}
		return {
			start,
			message: `${keyOf(line)}: has text after its closing quotation mark; use the other kind of quotes around the whole value.`,
		};
	}
	return {
		start,
		message: `is not valid YAML (${message}); check the quotes, colons and indentation here and on the line before.`,
	};
}

/** Explains that the value at an offset needs quotes, because it starts with a YAML indicator. */
export function needsQuotes(source: string, start: number): string {
	const line = lineAround(source, start);
	return `${keyOf(line)}: a value starting with "${source[start] ?? ""}" needs quotes; write ${quoteValue(line)}.`;
}

function lineAround(source: string, offset: number): string {
	const end = source.indexOf("\n", offset);
	return source.slice(source.lastIndexOf("\n", offset - 1) + 1, end < 0 ? source.length : end);
}

function keyOf(line: string): string {
	return /^[\s-]*([^:]+?)\s*(?::|$)/.exec(line)?.[1] ?? "value";
}

function quoteValue(line: string): string {
	const [, key = "", value = ""] = /^[\s-]*(?:([^:\s]+):\s+)?(.*?)\s*$/.exec(line) ?? [];
	const quoted = value.includes('"') ? `'${value.replaceAll("'", "''")}'` : `"${value}"`;
	return key === "" ? quoted : `${key}: ${quoted}`;
}

function lastKeyBefore(contents: unknown, offset: number): number {
	let last = 0;
	if (isMap(contents)) {
		for (const { key } of contents.items) {
			if (isNode(key) && key.range && key.range[0] <= offset) last = key.range[0];
		}
	}
	return last;
}
