import type { SendEmail } from "@cloudflare/workers-types";
import type { FailureKind } from "../notifications/channel.ts";
import type { Mailer } from "../notifications/mail.ts";

/** The From address of mails. */
export type Sender = { name: string; email: string };

/**
 * Sends mail through Cloudflare's Email Service, which writes the MIME and encodes every header, or through a binding of its
 * interface. The free plan sends only to verified addresses.
 */
export function bindingMailer(binding: SendEmail, from: Sender): Mailer {
	return {
		isIdempotent: false,
		async send({ to, subject, text, html, headers }) {
			try {
				await binding.send({ from, to, subject, text, html, headers: { ...headers } });
				return { sent: true };
			} catch (error) {
				// The error's message may contain the recipient's address; its code never does.
				const code = error instanceof Error && "code" in error ? String(error.code) : "no code";
				return { sent: false, failure: `The mail service failed (${code})`, kind: kindOf(code) };
			}
		},
	};
}

/**
 * Error codes that the owner can do something about: by verifying an address, changing the plan, or the password of an SMTP
 * server (RFC 4954).
 */
const setupFailure = /RECIPIENT_NOT_ALLOWED|SENDER_NOT_VERIFIED|LIMIT_EXCEEDED|^SMTP 53\d$/;

/** Error codes for which a retry is pointless. An SMTP server's have five hundreds. */
const permanentFailure = /VALIDATION|RECIPIENT_SUPPRESSED|CONTENT_TOO_LARGE|^SMTP 5/;

function kindOf(code: string): FailureKind {
	if (setupFailure.test(code)) return "setup";
	return permanentFailure.test(code) ? "permanent" : "temporary";
}
