import { isWide } from "../../comments/language.ts";
import type { ThreadPage } from "../../comments/repository.ts";

/**
 * Rem to leave for a thread and its form until a browser lays them out, which it does once somebody is near: what they
 * take on a telephone, and rather more. Were it less, whoever reloads or comes back to the last comments would find
 * themselves at the end of a page still too short for where they were.
 */
export function threadRoom({ comments, pinned }: ThreadPage, lang: string, open: boolean): number {
	const shown = pinned === null ? comments : [...comments, pinned];
	const rows = shown.reduce(
		(all, { html, lang: own }) => all + rowsOf(html, charactersInRow(own ?? lang)),
		0,
	);
	return Math.ceil((open ? 70 : 25) + 10 * shown.length + 1.85 * rows);
}

/** Each line of the source takes a row or leaves a gap, however short it is, and is longer with its tags than its words. */
function rowsOf(html: string, charactersInRow: number): number {
	return html.split(/\n|<br>/).length + html.length / charactersInRow;
}

/** Half as many wide letters fill a row of 360 pixels. */
function charactersInRow(lang: string): number {
	return isWide(lang) ? 15 : 30;
}
