import { type Pause, pauseModes } from "../comments/pause.ts";

/** The stored pause, ended or not, with the number of its version; 0 before the first. */
export type StoredPause = { pause: Pause | null; version: number };

/** Reads the pause of commenting on the whole blog. */
export type PauseRepository = { load(): Promise<StoredPause> };

/** The lengths of a pause that the admin offers, in hours; 0 lasts until a moderator ends it. */
export const pauseHours = [1, 6, 12, 24, 72, 0] as const;

/** Parses the form of a pause that begins at `now` (epoch milliseconds); null for an invalid one. */
export function parsePause(typed: { mode: string; hours: string }, now: number): Pause | null {
	const mode = pauseModes.find((each) => each === typed.mode);
	const hours = pauseHours.find((each) => String(each) === typed.hours);
	if (mode === undefined || hours === undefined) return null;
	return { mode, until: hours === 0 ? null : now + hours * 3_600_000 };
}

/** Parses a pause in the audit log; null for none. */
export function pauseIn(logged: string | null): Pause | null {
	return logged === null ? null : (JSON.parse(logged) as Pause);
}
