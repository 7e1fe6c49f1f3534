import type { Budget } from "../budget.ts";
import { runEach } from "../errors.ts";
import type { Site } from "../posts/site.ts";

/** The personal data that is deleted after its retention period. */
export type RetentionRepository = {
	/** Clears the networks of at most `limit` comments and as many reactions made before the instant (epoch milliseconds). */
	clearNetworks(before: number, limit: number): Promise<void>;
	/** Clears e-mail addresses in the same way. */
	clearEmails(before: number, limit: number): Promise<void>;
	/** Empties at most `limit` spam and deleted comments that were written, and last decided about, before the instant. */
	purgeRejected(before: number, limit: number, at: number): Promise<void>;
	/** Deletes the keys created before the instant, after which their digests cannot be reversed. */
	deleteNetworkKeys(before: number): Promise<void>;
};

/** Comments cleared in one run of the cron trigger. */
const batchSize = 200;

const day = 86_400_000;

/** Deletes personal data older than the site's retention periods. */
export async function applyRetention(
	retention: RetentionRepository,
	{ networkDays, emailDays }: Site["privacy"],
	budget: Budget,
	now: number,
): Promise<void> {
	if (!budget.take({ statements: 5, rows: 10 * batchSize })) return;
	await runEach([
		() => retention.deleteNetworkKeys(now - networkDays * day),
		() => retention.clearNetworks(now - networkDays * day, batchSize),
		() => retention.clearEmails(now - emailDays * day, batchSize),
	]);
}

/** Most statements of a purge, and the rows that emptying one comment reads and writes with its indexes and tombstone. */
const purgeCost = { statements: 10, rowsEach: 40 } as const;

/** Empties what was rejected longer ago than the site keeps it, which moderators could restore until then. */
export async function purgeRejected(
	retention: RetentionRepository,
	{ rejectedDays }: Site["privacy"],
	budget: Budget,
	now: number,
): Promise<void> {
	const { statements, rowsEach } = purgeCost;
	if (!budget.take({ statements, rows: rowsEach * batchSize })) return;
	await retention.purgeRejected(now - rejectedDays * day, batchSize, now);
}
