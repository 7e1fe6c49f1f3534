/**
 * Replaces the parameters of a statement, `?` or `?1`, with literals, for a database client that takes only text. Question
 * marks in strings, quoted names and comments are left alone. Throws if the numbers of parameters and values differ.
 */
export function inlineValues(
	statement: string,
	values: readonly unknown[],
	write: (value: unknown) => string = literal,
): string {
	let last = 0;
	let highest = 0;
	const written = statement.replace(quotedOrParameter, (found) => {
		if (!found.startsWith("?")) return found;
		last = found === "?" ? last + 1 : Number(found.slice(1));
		highest = Math.max(highest, last);
		if (last > values.length) throw new TypeError("The statement has more parameters than values.");
		return write(values[last - 1]);
	});
	if (highest < values.length) throw new TypeError("The statement has fewer parameters than values.");
	return written;
}

/** Matches whole strings, names and comments, so that any other `?` is a parameter. */
const quotedOrParameter = /'[^']*'|"[^"]*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\/|\?\d*/g;

/**
 * Returns a value as an SQL literal. Text is written as hexadecimal UTF-8, so that no quote, semicolon, comment, newline or
 * NUL in it is special to the shell, to wrangler (which splits statements) or to SQLite.
 */
export function literal(value: unknown): string {
	if (value === null || value === undefined) return "NULL";
	if (typeof value === "boolean") return value ? "1" : "0";
	if (typeof value === "number" && Number.isFinite(value)) return String(value);
	if (typeof value === "string") return `CAST(X'${Buffer.from(value).toString("hex")}' AS TEXT)`;
	throw new TypeError(`A value of type ${typeof value} cannot be written in SQL.`);
}

/** Returns a value as an SQL literal for a file, which no shell reads: text takes half the space there. */
export function fileLiteral(value: unknown): string {
	return typeof value === "string" && !value.includes("\0")
		? `'${value.replaceAll("'", "''")}'`
		: literal(value);
}
