import type { Reading } from "./fields.ts";

/** Checks an absolute address on the web. */
export function parseWebAddress(written: string): Reading<string> {
	const url = webAddress(written);
	if (url === null)
		return { wrong: `"${written}" is not a web address; write one such as https://example.com/.` };
	return { value: url.href };
}

/** An absolute address on the web, or null. */
export function webAddress(written: string): URL | null {
	return /^https?:\/\//i.test(written) ? URL.parse(written) : null;
}
