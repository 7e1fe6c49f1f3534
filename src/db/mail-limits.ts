import type { OutboxEvent } from "../notifications/outbox.ts";

/** Limits for unconfirmed mails of each kind: to one address in a day, and of the whole site in ten minutes. */
const limits = { address: 3, site: 30 };

const day = 86_400_000;

/** Milliseconds within which the same request is the same mail, and for which the site's limit counts. */
export const repeatWindow = 10 * 60_000;

/** The condition for rows of the milliseconds before `:now`. Those after it are from before the clock was set back. */
export const since = (window: number) => `created_at > :now - ${window} AND created_at <= :now`;

/** Computes the keyed digest of an address's mailbox (`mailboxOf`), by which mails to it are counted. */
export type MailboxDigest = (email: string) => Promise<string>;

/**
 * Returns the SQL condition that the limits allow another mail of this event. The statement binds `:mailbox`, the mailbox's
 * digest, and `:now`, the time in epoch milliseconds.
 */
export function isMailAllowed(event: OutboxEvent): string {
	return `(
		SELECT count(*) FROM outbox WHERE mailbox = :mailbox AND event = '${event}' AND ${since(day)}
	) < ${limits.address} AND (
		SELECT count(*) FROM outbox WHERE mailbox IS NOT NULL AND event = '${event}' AND ${since(repeatWindow)}
	) < ${limits.site}`;
}
