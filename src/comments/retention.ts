import type { Site } from "../posts/site.ts";

/** What the domain asks of the store about what people gave that is nobody's to keep. */
export type Retention = {
	/** Forgets the networks of at most `limit` comments made before the instant (epoch milliseconds). */
	forgetNetworks(before: number, limit: number): Promise<void>;
	/** The same for e-mail addresses. */
	forgetEmails(before: number, limit: number): Promise<void>;
	/** Destroys the keys that were new before the instant: what was digested with them can no longer be told. */
	destroyNetworkKeys(before: number): Promise<void>;
};

/** Comments gone through in one run of the cron trigger. */
const atOnce = 200;

const day = 86_400_000;

/** Forgets what is older than the site keeps it. */
export async function forgetExpired(
	retention: Retention,
	{ networkDays, emailDays }: Site["privacy"],
	now: number,
): Promise<void> {
	await retention.destroyNetworkKeys(now - networkDays * day);
	await retention.forgetNetworks(now - networkDays * day, atOnce);
	await retention.forgetEmails(now - emailDays * day, atOnce);
}
