/**
 * Writes a statement with its values in place of its `?`s, for a way to the database that takes only text. Question
 * marks in strings, quoted names and comments stay. Throws when the values do not fit the marks.
 */
export function withValues(statement: string, values: readonly unknown[]): string {
	let next = 0;
	const written = statement.replace(quotedOrMark, (found) => {
		if (!found.startsWith("?")) return found;
		if (found !== "?") throw new TypeError(`Numbered parameters such as ${found} are not supported.`);
		if (next >= values.length) throw new TypeError("The statement has more parameters than values.");
		return literal(values[next++]);
	});
	if (next < values.length) throw new TypeError("The statement has fewer parameters than values.");
	return written;
}

/** Strings, names and comments are taken whole, so that what is left of `?` are parameters. */
const quotedOrMark = /'[^']*'|"[^"]*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\/|\?\d*/g;

/**
 * Writes a value as an SQL literal. Text goes as the hexadecimal of its UTF-8, so that no quote, semicolon, comment,
 * line end or NUL in it can mean anything to the shell, to wrangler, which splits statements, or to SQLite.
 */
export function literal(value: unknown): string {
	if (value === null || value === undefined) return "NULL";
	if (typeof value === "boolean") return value ? "1" : "0";
	if (typeof value === "number" && Number.isFinite(value)) return String(value);
	if (typeof value === "string") return `CAST(X'${Buffer.from(value).toString("hex")}' AS TEXT)`;
	throw new TypeError(`A value of type ${typeof value} cannot be written in SQL.`);
}
