import type { Budget } from "../budget.ts";
import type { Site } from "../posts/site.ts";

/** The personal data that is deleted after its retention period. */
export type RetentionRepository = {
	/** Clears the networks of at most `limit` comments made before the instant (epoch milliseconds). */
	clearNetworks(before: number, limit: number): Promise<void>;
	/** Clears e-mail addresses in the same way. */
	clearEmails(before: number, limit: number): Promise<void>;
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
	if (!budget.take({ statements: 4, rows: 10 * batchSize })) return;
	await retention.deleteNetworkKeys(now - networkDays * day);
	await retention.clearNetworks(now - networkDays * day, batchSize);
	await retention.clearEmails(now - emailDays * day, batchSize);
}
