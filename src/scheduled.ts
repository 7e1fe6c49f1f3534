import { type Budget, createBudget } from "./budget.ts";
import { cachedPageRetention } from "./caching/cached-pages.ts";
import { purgePending } from "./caching/invalidation.ts";
import { reportDays } from "./comments/reports.ts";
import { applyRetention, purgeRejected } from "./comments/retention.ts";
import { runEach } from "./errors.ts";
import { describeError } from "./log.ts";
import { runRecheck } from "./moderation/recheck.ts";
import { trainOnDecisions } from "./moderation/training.ts";
import { planUseOf, readRecentFigures } from "./monitoring/figures.ts";
import { cronRecordInterval } from "./monitoring/health.ts";
import { rollUp } from "./monitoring/roll-up.ts";
import { announcePosts } from "./notifications/announce-posts.ts";
import { failingNotices } from "./notifications/outbox.ts";
import { pruneOutbox, recoverNotifications, sendNotifications } from "./notifications/send-notifications.ts";
import { ownerChannels, warnOwner } from "./notifications/warn-owner.ts";
import type { Services } from "./services.ts";

/** Milliseconds an unconfirmed subscription is kept; the mail that asks for confirmation says so. */
const unconfirmedRetention = 7 * 86_400_000;

/** Milliseconds after which no count of writes limits anything any more: the longest period is a day. */
const countRetention = 86_400_000;

/** Milliseconds by which the hourly purge of rejected comments precedes the other hourly job. */
const purgeOffset = 30 * 60_000;

/** The statements that delete expired counts and requests of readers, and the rows of a run. */
const pruneCost = { statements: 4, rows: 2000 } as const;

/** Milliseconds after the other hourly jobs at which old pages, and those of other deployments, are deleted. */
const pagesOffset = 15 * 60_000;

/** The statements that delete old pages, and the rows of a week's pages that they look at, all of which they may delete. */
const cachedPagesCost = { statements: 2, rows: 6000 } as const;

/** The statement that stores the isolate's counts. */
const figuresCost = { statements: 1, rows: 2 } as const;

/** Minutes between two looks for hours that are over, and the minute of the first: isolates store the last counts of an hour in the next one. */
const rollUpInterval = 30;
const rollUpMinute = 5;

/** The statement that records the run. */
const recordCost = { statements: 1, rows: 2 } as const;

/**
 * Runs the jobs of the cron trigger, each minute, whether or not a request comes. They share one budget and take from it in
 * this order; what does not fit waits for the next minute. Notices come last since they can use up any budget: the jobs
 * before them are bounded, and together leave them two fifths of the statements.
 */
export async function runCron(services: Services): Promise<void> {
	const { archive, caching, mail, moderation, conversation, identity, pingHub, clock, log } = services;
	const budget = createBudget();
	const now = clock.now();
	const jobs: Record<string, () => Promise<unknown>> = {
		"recording of the run": async () => budget.take(recordCost) && (await recordRun(services, budget, now)),
		figures: () => storeFigures(services, budget, now),
		// Pages no request has purged yet, and once more those purged while they were being rendered.
		purging: () => purgePending(caching, budget, now),
		// Once an hour the purge of rejected comments takes the place of a minute's retention: with both, none could be notified.
		retention: () =>
			(isFullHour(now + purgeOffset) ? purgeRejected : applyRetention)(
				conversation.retention,
				archive.site.privacy,
				budget,
				now,
			),
		pruning: () => pruneExpired(services, budget, now),
		"pruning of the outbox": () =>
			isFullHour(now) ? pruneOutbox(mail.notifications, budget, now) : Promise.resolve(),
		"pruning of cached pages": async () =>
			isFullHour(now - pagesOffset) &&
			budget.take(cachedPagesCost) &&
			(await caching.cachedPages.prune(now - cachedPageRetention, caching.deployment)),
		training: () => trainOnDecisions(moderation.training, budget),
		recheck: () => runRecheck(moderation, budget, now),
		"announcing of posts": () =>
			announcePosts({ archive, announced: identity.usedTokens, ping: pingHub }, budget, now),
		recovery: () => recoverNotifications(mail.notifications, budget, now),
		// Notices no request has sent yet, and once more those that failed.
		notices: () => sendNotifications({ ...mail.notifications, log }, budget, clock.now),
	};
	const errors: Error[] = [];
	for (const [job, run] of Object.entries(jobs)) {
		await run().catch((error) => {
			log("a job of the cron trigger failed", { job, error });
			// The platform logs what is thrown as it is: not the error itself, which may quote the values of a query.
			errors.push(new Error(`${job}: ${describeError(error)}`));
		});
	}
	if (errors.length > 0) throw new AggregateError(errors, "Jobs of the cron trigger failed.");
}

/** Records the run, and checks every few minutes what the owner should know. */
async function recordRun(services: Services, budget: Budget, now: number): Promise<void> {
	const { archive, mail, monitoring, log } = services;
	const isRecorded = await monitoring.cronRuns.record(now, cronRecordInterval);
	if (!isRecorded || !budget.take(warningCost)) return;
	const figures = await readRecentFigures(monitoring.metrics, now);
	const totals = await monitoring.platformUse(now);
	const failed = await mail.notifications.outbox.failed(failedLimit);
	await warnOwner(
		{ warnings: monitoring.warnings, channels: ownerChannels(mail.notifications), site: archive.site, log },
		{
			failingNotices: failingNotices(failed, now),
			isCronLate: false,
			plan: planUseOf(figures, monitoring.databaseSize(), totals, now),
			recent: figures.lastMinutes,
		},
		budget,
		now,
	);
}

/** The statements that read the figures, and the failed notices that are looked at. */
const warningCost = { statements: 2, rows: 600, subrequests: 1 } as const;
const failedLimit = 50;

async function storeFigures({ monitoring }: Services, budget: Budget, now: number): Promise<void> {
	if (!budget.take(figuresCost)) return;
	await monitoring.writer.write(now);
	if (Math.floor(now / 60_000) % rollUpInterval === rollUpMinute)
		await rollUp(monitoring.metrics, budget, now);
}

async function pruneExpired({ conversation, mail }: Services, budget: Budget, now: number): Promise<void> {
	if (!budget.take(pruneCost)) return;
	await runEach([
		() => conversation.writeCounts.prune(now - countRetention),
		() => conversation.reports.prune(now - reportDays * 86_400_000),
		async () => mail.readerNotifications?.subscriptions.prune(now - unconfirmedRetention),
		async () => mail.readerNotifications?.verifications.prune(now),
	]);
}

const isFullHour = (now: number) => Math.floor(now / 60_000) % 60 === 0;
