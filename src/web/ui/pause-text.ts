import { activePause, type Pause } from "../../comments/pause.ts";
import { formatMinute } from "../../posts/dates.ts";
import type { Site } from "../../posts/site.ts";
import { fill, stringsFor } from "./strings/strings.ts";

type Context = { lang: string; site: Site };

/** Returns the sentence that comments are closed on the whole blog, and until when. */
export function closedByPause({ until }: Pause, { lang, site }: Context): string {
	const { commentsPaused, commentsPausedForNow } = stringsFor(lang);
	return until === null ? commentsPausedForNow : fillUntil(commentsPaused, until, lang, site);
}

/** Returns the sentence that every comment waits, and until when; null unless such a pause lasts at `now`. */
export function heldByPause(pause: Pause | null, now: number, { lang, site }: Context): string | null {
	const active = activePause(pause, now);
	if (active?.mode !== "hold") return null;
	const { commentsHeld, commentsHeldForNow } = stringsFor(lang);
	return active.until === null ? commentsHeldForNow : fillUntil(commentsHeld, active.until, lang, site);
}

/** Returns the sentence that refuses a comment during a pause, and says until when. */
export function refusedByPause(pause: Pause | null, { lang, site }: Context): string {
	const { refusedPaused, refusedPausedForNow } = stringsFor(lang);
	const until = pause?.until ?? null;
	return until === null ? refusedPausedForNow : fillUntil(refusedPaused, until, lang, site);
}

function fillUntil(text: string, until: number, lang: string, { timezone }: Site): string {
	return fill(text, { date: formatMinute(until, lang, timezone) });
}
