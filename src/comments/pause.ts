/** Modes of a pause: every comment waits for a moderator, or none is taken. */
export const pauseModes = ["hold", "close"] as const;
export type PauseMode = (typeof pauseModes)[number];

/** A pause of commenting on the whole blog, until an instant (epoch milliseconds); null lasts until a moderator ends it. */
export type Pause = { mode: PauseMode; until: number | null };

/** Returns a stored pause while it lasts. */
export function activePause(pause: Pause | null, now: number): Pause | null {
	return pause === null || (pause.until !== null && now >= pause.until) ? null : pause;
}
