import { purgePending } from "./caching/invalidation.ts";
import { applyRetention } from "./comments/retention.ts";
import { runRecheck } from "./moderation/recheck.ts";
import { trainOnDecisions } from "./moderation/training.ts";
import { pruneOutbox, sendNotifications } from "./notifications/send-notifications.ts";
import type { Services } from "./services.ts";

/** Milliseconds an unconfirmed subscription is kept; the mail that asks for confirmation says so. */
const unconfirmedRetention = 7 * 86_400_000;

/** Milliseconds after which no count of writes limits anything any more: the longest period is a day. */
const countRetention = 86_400_000;

/** Runs the jobs of the cron trigger, each minute, whether or not a request comes. */
export async function runCron(services: Services): Promise<void> {
	const { archive, caching, mail, moderation, conversation, clock } = services;
	const done = await Promise.allSettled([
		// Pages no request has purged yet, and once more those purged while they were being rendered.
		purgePending(caching, clock.now()),
		// Notices no request has sent yet, and once more those that failed.
		sendNotifications(mail.notifications, clock.now),
		pruneOutbox(mail.notifications, clock.now()),
		trainOnDecisions(moderation.training),
		runRecheck(moderation, clock.now()),
		applyRetention(conversation.retention, archive.site.privacy, clock.now()),
		conversation.writeCounts.prune(clock.now() - countRetention),
		mail.readerNotifications?.subscriptions.prune(clock.now() - unconfirmedRetention),
		mail.readerNotifications?.verifications.prune(clock.now()),
	]);
	const failed = done.find(({ status }) => status === "rejected");
	if (failed?.status === "rejected") throw failed.reason;
}
