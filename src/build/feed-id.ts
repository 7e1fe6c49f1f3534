import type { ParseResult } from "./fields.ts";

/** Validates the id that an entry has in feeds: Atom requires an absolute IRI (RFC 4287, section 4.2.6). */
export function parseFeedId(input: string): ParseResult<string> {
	if (isFeedId(input)) return { value: input };
	return {
		error: `"${input}" is not an address that feeds accept as an id; write one such as https://example.com/?p=12, or remove it.`,
	};
}

/** Whether a text can be the id of an entry in feeds. It is compared character by character and never changed. */
export function isFeedId(text: string): boolean {
	return /^[a-z][a-z\d+.-]*:[^\s<>"{}|\\^`]+$/i.test(text) && URL.canParse(text);
}
