import { countWrite, limitOf, type ReachedLimit, type WriteKind } from "../../comments/write-limits.ts";
import { BlogError } from "../../errors.ts";
import { plural, stringsFor } from "../ui/strings/strings.ts";
import type { AppContext } from "./context.ts";
import { networkOf } from "./network.ts";

/** Counts a write of the request's network; returns the limit that refuses it, or null. */
export async function reachedLimit(c: AppContext, kind: WriteKind): Promise<ReachedLimit | null> {
	const { archive, conversation, clock } = c.var.services;
	const network = await networkOf(c);
	const limit = limitOf(kind, archive.site.limits);
	return countWrite(conversation.writeCounts, { kind, network, limit, now: clock.now() });
}

/**
 * Counts a mail to an address nobody has confirmed; returns the limit that refuses it, or null. The platform's limiter goes
 * first, because it costs no query; its period is a minute.
 */
export async function reachedMailLimit(c: AppContext): Promise<ReachedLimit | null> {
	const network = await networkOf(c);
	if (network !== null && !(await c.var.services.mail.mailLimiter(network))) {
		return { of: "network's hour", retryAfter: 60 };
	}
	return reachedLimit(c, "mail");
}

/** Returns the sentence that says when to try again, and sets the `Retry-After` header (RFC 9110). */
export function explainLimit(c: AppContext, { of, retryAfter }: ReachedLimit, lang: string): string {
	c.header("Retry-After", String(retryAfter));
	const { limitNetwork, limitNetworkDay, limitSite } = stringsFor(lang);
	if (of === "network's hour") return plural(limitNetwork, Math.ceil(retryAfter / 60), lang);
	return plural(of === "site's day" ? limitSite : limitNetworkDay, Math.ceil(retryAfter / 3600), lang);
}

/** Counts a write like {@link reachedLimit}; throws `too_many` if a limit refuses it. */
export async function refuseBeyondLimit(c: AppContext, kind: WriteKind, lang: string): Promise<void> {
	const reached = await reachedLimit(c, kind);
	if (reached !== null) throw new BlogError("too_many", explainLimit(c, reached, lang), { lang });
}
