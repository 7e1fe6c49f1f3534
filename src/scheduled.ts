import { forgetExpired } from "./comments/retention.ts";
import { flushStale } from "./freshness/flush.ts";
import { learnLessons } from "./moderation/learning.ts";
import { rejudge } from "./moderation/rejudging.ts";
import { announce, forgetSettled } from "./notifications/announce.ts";
import type { Services } from "./services.ts";

/** How long an address is kept whose owner has not answered, as the mail that asks says. */
const unconfirmedFor = 7 * 86_400_000;

/** What is done each minute, whether or not anybody comes by. */
export async function runScheduled(services: Services): Promise<void> {
	const { archive, stale, purge, announcing, hearing, lessons, retention, now } = services;
	const done = await Promise.allSettled([
		// What no request has purged yet, and once more what was purged while it was being rendered.
		flushStale(stale, purge, now()),
		// What no request has sent yet, and once more what failed.
		announce(announcing, now),
		forgetSettled(announcing, now()),
		learnLessons(lessons),
		rejudge(services, now()),
		forgetExpired(retention, archive.site.privacy, now()),
		hearing?.subscriptions.prune(now() - unconfirmedFor),
		hearing?.verifications.prune(now()),
	]);
	const failed = done.find(({ status }) => status === "rejected");
	if (failed?.status === "rejected") throw failed.reason;
}
