import type { D1Database } from "@cloudflare/workers-types";
import {
	doubleSubmitWindow,
	type VerificationRepository,
	verificationLifetime,
} from "../identities/identity.ts";
import { isMailAllowed, type MailboxDigest } from "./mail-limits.ts";

/** Milliseconds within which a second request of one visitor for one address sends no mail. */
const repeatWindow = 60_000;

/** Verification links in D1, until they are used or expire. */
export function verificationRepository(d1: D1Database, mailboxDigest: MailboxDigest): VerificationRepository {
	return {
		async request({ email, visitor, name, lang }, now) {
			const mailbox = await mailboxDigest(email);
			// The same condition in each statement: an address stored without a row that needs it would stay for ever.
			const allowed = `${isMailAllowed("verification", "?2", "?3")} AND NOT EXISTS (
				SELECT 1 FROM verifications AS v JOIN addresses AS a ON a.id = v.address_id
				WHERE a.email = ?1 AND v.visitor = ?4 AND v.created_at > ?3 - ${repeatWindow}
			)`;
			await d1.batch([
				d1
					.prepare(`INSERT INTO addresses (email) SELECT ?1 WHERE ${allowed} ON CONFLICT (email) DO NOTHING`)
					.bind(email, mailbox, now, visitor),
				d1
					.prepare(
						`INSERT INTO verifications (address_id, visitor, name, lang, created_at)
						SELECT id, ?4, ?5, ?6, ?3 FROM addresses WHERE email = ?1 AND ${allowed}`,
					)
					.bind(email, mailbox, now, visitor, name, lang),
				d1
					.prepare(
						`INSERT INTO outbox (key, channel, event, recipient, verification_id, mailbox, due_at, created_at)
						SELECT 'verification:' || v.id, 'mail', 'verification', v.address_id, v.id, ?2, ?3, ?3
						FROM verifications AS v JOIN addresses AS a ON a.id = v.address_id
						WHERE a.email = ?1 AND v.visitor = ?4 AND v.created_at = ?3
						ON CONFLICT (key) DO NOTHING`,
					)
					.bind(email, mailbox, now, visitor),
			]);
		},

		async prune(now) {
			await d1
				.prepare("DELETE FROM verifications WHERE created_at < ? OR used_at < ?")
				.bind(now - verificationLifetime, now - doubleSubmitWindow)
				.run();
		},
	};
}
