import type { SendEmail } from "@cloudflare/workers-types";
import type { Mailer } from "../notifications/mail.ts";

/** The From address of mails. */
export type Sender = { name: string; email: string };

/**
 * Sends mail through Cloudflare's Email Service, which writes the MIME and encodes every header. The free plan sends only
 * to verified addresses.
 */
export function bindingMailer(binding: SendEmail, from: Sender): Mailer {
	return async ({ to, subject, text, html, headers }) => {
		try {
			await binding.send({ from, to, subject, text, html, headers: { ...headers } });
			return { sent: true };
		} catch (error) {
			// The error's message may contain the recipient's address; its code never does.
			const code = error instanceof Error && "code" in error ? String(error.code) : "no code";
			return {
				sent: false,
				failure: `Cloudflare's mail failed (${code})`,
				retry: !permanentFailure.test(code),
			};
		}
	};
}

/** Error codes for which a retry is pointless. */
const permanentFailure =
	/VALIDATION|RECIPIENT_(NOT_ALLOWED|SUPPRESSED)|SENDER_NOT_VERIFIED|CONTENT_TOO_LARGE/;
