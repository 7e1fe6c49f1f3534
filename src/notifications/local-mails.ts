import type { Mail, Mailer } from "./mail.ts";

/** A mail stored in development. */
export type LocalMail = Mail & { id: number };

/** The mails of a blog in development, which are stored for viewing and never sent. */
export type LocalMails = {
	mailer: Mailer;
	/** Returns the latest mails, newest first. */
	latest(limit: number): Promise<readonly LocalMail[]>;
	find(id: number): Promise<LocalMail | null>;
};
