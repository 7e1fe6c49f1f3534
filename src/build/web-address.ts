import type { ParseResult } from "./fields.ts";

/** Validates an absolute http or https address. */
export function parseWebAddress(input: string): ParseResult<string> {
	const url = webAddress(input);
	if (url === null)
		return { error: `"${input}" is not a web address; write one such as https://example.com/.` };
	return { value: url.href };
}

/** Parses an absolute http or https address, or returns null. */
export function webAddress(input: string): URL | null {
	return /^https?:\/\//i.test(input) ? URL.parse(input) : null;
}
