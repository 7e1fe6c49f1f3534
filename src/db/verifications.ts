// SQL text: one batch of INSERT ... SELECT statements that share a condition, so that the limits hold for concurrent requests.
import type { D1Database } from "@cloudflare/workers-types";
import { lt, or } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import {
	doubleSubmitWindow,
	type VerificationRepository,
	verificationLifetime,
} from "../identities/identity.ts";
import { isMailAllowed, type MailboxDigest } from "./mail-limits.ts";
import { verifications } from "./schema.ts";
import { statement } from "./statement.ts";

/** Milliseconds within which a second request of one visitor for one address sends no mail. */
const repeatWindow = 60_000;

/** The same condition in each statement: an address stored without a row that needs it would stay for ever. */
const isAllowed = `${isMailAllowed("verification")} AND NOT EXISTS (
	SELECT 1 FROM verifications AS v JOIN addresses AS a ON a.id = v.address_id
	WHERE a.email = :email AND v.visitor = :visitor
		AND v.created_at > :now - ${repeatWindow} AND v.created_at <= :now
)`;

type Request = { email: string; mailbox: string; now: number; visitor: string };

const insertAddress = statement<Request>(
	`INSERT INTO addresses (email) SELECT :email WHERE ${isAllowed} ON CONFLICT (email) DO NOTHING`,
);

const insertVerification = statement<Request & { name: string; lang: string }>(
	`INSERT INTO verifications (address_id, visitor, name, lang, created_at)
	SELECT id, :visitor, :name, :lang, :now FROM addresses WHERE email = :email AND ${isAllowed}`,
);

const enqueueMail = statement<Request>(
	`INSERT INTO outbox (key, channel, event, recipient, verification_id, mailbox, due_at, created_at)
	SELECT 'verification:' || v.id, 'mail', 'verification', v.address_id, v.id, :mailbox, :now, :now
	FROM verifications AS v JOIN addresses AS a ON a.id = v.address_id
	WHERE a.email = :email AND v.visitor = :visitor AND v.created_at = :now
	ON CONFLICT (key) DO NOTHING`,
);

/** Verification links in D1, until they are used or expire. */
export function verificationRepository(d1: D1Database, mailboxDigest: MailboxDigest): VerificationRepository {
	const db = drizzle(d1);

	return {
		async request({ email, visitor, name, lang }, now) {
			const shared = { email, mailbox: await mailboxDigest(email), now, visitor };
			await d1.batch([
				insertAddress.bind(d1, shared),
				insertVerification.bind(d1, { ...shared, name, lang }),
				enqueueMail.bind(d1, shared),
			]);
		},

		async prune(now) {
			const { createdAt, usedAt } = verifications;
			await db
				.delete(verifications)
				.where(or(lt(createdAt, now - verificationLifetime), lt(usedAt, now - doubleSubmitWindow)));
		},
	};
}
