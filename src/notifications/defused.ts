/** A zero-width space: invisible, and the end of what a mail program takes for an address. */
const breaker = "\u200B";

/**
 * A stranger's text as it goes into a mail or a chat: the same to the eye, but with nothing in it that a program would
 * make into a link (`https://…`, `www.…`, `name@host`, a bare domain) and without characters that turn the direction of
 * writing.
 */
export function defused(text: string): string {
	return text
		.replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, "")
		.replace(/(?<=\S)[.:/@\uFF0E\u3002\uFF61](?=\S)/gu, `$&${breaker}`);
}

/** A stranger's text on one line of at most `most` characters, fit for a header (no CR or LF, RFC 5322). */
export function oneLine(text: string, most: number): string {
	const line = defused(text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")).trim();
	const characters = [...line];
	return characters.length <= most ? line : `${characters.slice(0, most - 1).join("")}…`;
}

/** The beginning of a long text, cut between characters. */
export function beginning(text: string, most: number): string {
	const characters = [...text];
	return characters.length <= most ? text : `${characters.slice(0, most).join("").trimEnd()}…`;
}
