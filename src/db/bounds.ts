import type { OutboxEvent } from "../notifications/outbox.ts";

/** Mails nobody has confirmed they want, of each kind: to one address in a day, and from the whole site in ten minutes. */
const bounds = { address: 3, site: 30 };

const day = 86_400_000;

/** Milliseconds within which the same wish is the same mail, and the whole site is bounded. */
export const repeatWindow = 10 * 60_000;

/** Makes the keyed digest an address is counted by. */
export type MailboxOf = (email: string) => Promise<string>;

/**
 * An SQL condition: another mail of a kind may go to the address of a digest. `mailbox` and `now` are the statement's
 * parameters for the digest and for the time in epoch milliseconds.
 */
export function mayMail(event: OutboxEvent, mailbox: `?${number}`, now: `?${number}`): string {
	return `(
		SELECT count(*) FROM outbox WHERE mailbox = ${mailbox} AND event = '${event}' AND created_at > ${now} - ${day}
	) < ${bounds.address} AND (
		SELECT count(*) FROM outbox WHERE mailbox IS NOT NULL AND event = '${event}' AND created_at > ${now} - ${repeatWindow}
	) < ${bounds.site}`;
}
