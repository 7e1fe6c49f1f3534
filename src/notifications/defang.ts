/** A zero-width space: invisible, and where a mail program stops recognizing a URL. */
const zeroWidthSpace = "\u200B";

/**
 * Returns a visitor's text in a form safe for mail and chat. It looks the same, but no program turns any of it into a
 * link (`https://…`, `www.…`, `name@host`, a bare domain) or a mention, and bidirectional control characters are removed.
 * Doing it again changes nothing.
 */
export function defang(text: string): string {
	return text
		.replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, "")
		.replace(/(?:(?<=\S)[.:/\uFF0E\u3002\uFF61]|@)(?=[^\s\u200B])/gu, `$&${zeroWidthSpace}`);
}

/** Returns a text on one line of at most `limit` characters, fit for a header (no CR or LF, RFC 5322). */
export function oneLine(text: string, limit: number): string {
	const characters = [...text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim()];
	return characters.length <= limit ? characters.join("") : `${characters.slice(0, limit - 1).join("")}…`;
}

/** Returns the first `limit` characters of a text, with an ellipsis if it is longer. */
export function excerpt(text: string, limit: number): string {
	const characters = [...text];
	return characters.length <= limit ? text : `${characters.slice(0, limit).join("").trimEnd()}…`;
}
