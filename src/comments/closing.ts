import type { Page, Post } from "../posts/post.ts";
import type { Site } from "../posts/site.ts";
import { activePause } from "./pause.ts";
import type { Closing } from "./repository.ts";

/** The reason a thread is closed: the post's front matter, its age, a moderator, or a pause of the whole blog. */
export type ClosedReason = "by_author" | "by_age" | "by_moderator" | "by_pause";

/** Returns why comments are closed at `now`, or null when open. */
export function closedReason(
	entry: Post | Page,
	policy: Site["comments"],
	now: number,
	{ closedAt, pause }: Closing,
): ClosedReason | null {
	if (entry.comments !== "open") return "by_author";
	if (closedAt !== null) return "by_moderator";
	const closing = closingTime(entry, policy);
	if (closing !== null && now >= closing) return "by_age";
	return activePause(pause, now)?.mode === "close" ? "by_pause" : null;
}

/** Returns when an open thread will close by age (epoch milliseconds); null when it never will or already has. */
export function closesAt(entry: Post | Page, policy: Site["comments"], now: number): number | null {
	const closing = closingTime(entry, policy);
	return closing !== null && entry.comments === "open" && now < closing ? closing : null;
}

/** Returns the time at which a thread closes by age (epoch milliseconds), past or not; null if never. */
export function closingTime(entry: Post | Page, { closeAfterDays }: Site["comments"]): number | null {
	return closeAfterDays === null || !("published" in entry)
		? null
		: entry.published + closeAfterDays * 86_400_000;
}
