import { createBudget, invocationLimits } from "../../budget.ts";
import { isCronLate } from "../../monitoring/health.ts";
import type { Services } from "./context.ts";

/** The budget after a request, which has used a part of its invocation's. */
const limits = { ...invocationLimits, statements: 10, subrequests: 20 };

/** Milliseconds between two looks of an isolate. */
const interval = 5 * 60_000;

let lookedAt: number | null = null;

/** Warns the owner if the cron trigger has stopped, which only a request can notice. Never rejects. */
export async function watchCron({
	archive,
	mail,
	monitoring,
	clock,
	deployedAt,
	log,
}: Services): Promise<void> {
	const now = clock.now();
	if (lookedAt !== null && now >= lookedAt && now - lookedAt < interval) return;
	lookedAt = now;
	try {
		const health = await monitoring.databaseHealth(now);
		if (health.migrations !== "ok" || !isCronLate(health, deployedAt(now), now)) return;
		const { ownerChannels, warnOfOne } = await import("../../notifications/warn-owner.ts");
		const channels = ownerChannels(mail.notifications);
		const sender = { warnings: monitoring.warnings, channels, site: archive.site, log };
		await warnOfOne(sender, "cron", createBudget(limits), now);
	} catch (error) {
		log("the cron trigger could not be watched", { error });
	}
}
