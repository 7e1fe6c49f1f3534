import { isCjk } from "../../comments/language.ts";
import type { ThreadPage } from "../../comments/repository.ts";

/**
 * Estimates the height in rem of a thread and its form on a phone, for `contain-intrinsic-size`. Browsers use it until the
 * reader is near and they lay out the thread. The estimate is rather too high: if it were too low, a reload or the back
 * button could not restore a scroll position near the end.
 */
export function estimateThreadHeight({ comments, pinned }: ThreadPage, lang: string, open: boolean): number {
	const shown = pinned === null ? comments : [...comments, pinned];
	const rows = shown.reduce(
		(all, { html, lang: own }) => all + rowsOf(html, charactersInRow(own ?? lang)),
		0,
	);
	return Math.ceil((open ? 70 : 25) + 10 * shown.length + 1.85 * rows);
}

/** Estimates rows: each source line takes at least one row or gap. Tags count as text, so that the result is too high. */
function rowsOf(html: string, charactersInRow: number): number {
	return html.split(/\n|<br>/).length + html.length / charactersInRow;
}

/** Characters in a row of 360 pixels; half as many of wide scripts. */
function charactersInRow(lang: string): number {
	return isCjk(lang) ? 15 : 30;
}
