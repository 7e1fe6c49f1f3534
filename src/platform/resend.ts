import type { Mailer } from "../notifications/mail.ts";
import type { Resolve } from "./dns.ts";
import type { Sender } from "./email-binding.ts";
import { postOut } from "./outgoing.ts";

/** Resend's HTTP API. Its idempotency key, kept for a day, makes a repeated attempt the same mail. */
export function resendMailer(apiKey: string, from: Sender, resolve: Resolve): Mailer {
	return ({ key, to, subject, text, html, headers }) =>
		postOut(
			{
				url: "https://api.resend.com/emails",
				headers: {
					Authorization: `Bearer ${apiKey}`,
					"Content-Type": "application/json",
					"Idempotency-Key": key,
				},
				body: JSON.stringify({ from: mailbox(from), to: [to], subject, text, html, headers }),
				who: "Resend",
			},
			resolve,
		);
}

/** `"Name" <address>`, the name as a quoted string (RFC 5322). */
function mailbox({ name, email }: Sender): string {
	return `"${name.replace(/["\\\p{Cc}]/gu, " ").trim()}" <${email}>`;
}
