import type { SendEmail } from "@cloudflare/workers-types";
import type { Mailer } from "../notifications/mail.ts";

export type Sender = { name: string; email: string };

/** Cloudflare's own mail. The platform writes the MIME and encodes every header; the free plan reaches verified addresses only. */
export function bindingMailer(binding: SendEmail, from: Sender): Mailer {
	return async ({ to, subject, text, html, headers }) => {
		try {
			await binding.send({ from, to, subject, text, html, headers: { ...headers } });
			return { sent: true };
		} catch (error) {
			// The message may repeat the recipient's address; the code never does.
			const code = error instanceof Error && "code" in error ? String(error.code) : "no code";
			return { sent: false, why: `Cloudflare's mail failed (${code})`, again: !final.test(code) };
		}
	};
}

/** Refusals that another attempt would only repeat. */
const final = /VALIDATION|RECIPIENT_(NOT_ALLOWED|SUPPRESSED)|SENDER_NOT_VERIFIED|CONTENT_TOO_LARGE/;
