import type { Mailer } from "../notifications/mail.ts";
import type { Sender } from "./email-binding.ts";
import { postJson } from "./post-json.ts";

/** Sends mail through Resend's HTTP API. Its idempotency key, kept for a day, makes a retry the same mail. */
export function resendMailer(apiKey: string, from: Sender): Mailer {
	return {
		isIdempotent: true,
		send: ({ key, to, subject, text, html, headers }) =>
			postJson(
				{
					url: "https://api.resend.com/emails",
					headers: {
						Authorization: `Bearer ${apiKey}`,
						"Content-Type": "application/json",
						"Idempotency-Key": key,
					},
					body: JSON.stringify({ from: mailbox(from), to: [to], subject, text, html, headers }),
					service: "Resend",
				},
				null,
			),
	};
}

/** Formats `"Name" <address>`, with the name as a quoted string (RFC 5322). */
function mailbox({ name, email }: Sender): string {
	return `"${name.replace(/["\\\p{Cc}]/gu, " ").trim()}" <${email}>`;
}
