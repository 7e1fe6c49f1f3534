import type { Mail, Mailer } from "./mail.ts";

export type LocalMail = Mail & { id: number };

/** The outbox of a blog in development: mails are kept to be looked at, and reach nobody. */
export type LocalMails = {
	keep: Mailer;
	/** The latest mails, newest first. */
	latest(limit: number): Promise<readonly LocalMail[]>;
	find(id: number): Promise<LocalMail | null>;
};
