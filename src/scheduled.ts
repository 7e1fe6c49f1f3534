import { purgePending } from "./caching/invalidation.ts";
import { applyRetention } from "./comments/retention.ts";
import { runRecheck } from "./moderation/recheck.ts";
import { trainOnDecisions } from "./moderation/training.ts";
import { pruneOutbox, sendNotifications } from "./notifications/send-notifications.ts";
import type { Services } from "./services.ts";

/** Milliseconds an unconfirmed subscription is kept; the mail that asks for confirmation says so. */
const unconfirmedRetention = 7 * 86_400_000;

/** Runs the jobs of the cron trigger, each minute, whether or not a request comes. */
export async function runCron(services: Services): Promise<void> {
	const { archive, pendingPurges, purge, notifications, readerNotifications, training, retention, now } =
		services;
	const done = await Promise.allSettled([
		// Pages no request has purged yet, and once more those purged while they were being rendered.
		purgePending(pendingPurges, purge, now()),
		// Notices no request has sent yet, and once more those that failed.
		sendNotifications(notifications, now),
		pruneOutbox(notifications, now()),
		trainOnDecisions(training),
		runRecheck(services, now()),
		applyRetention(retention, archive.site.privacy, now()),
		readerNotifications?.subscriptions.prune(now() - unconfirmedRetention),
		readerNotifications?.verifications.prune(now()),
	]);
	const failed = done.find(({ status }) => status === "rejected");
	if (failed?.status === "rejected") throw failed.reason;
}
