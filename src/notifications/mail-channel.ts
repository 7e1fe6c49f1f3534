import type { Channel } from "./channel.ts";
import type { MailContext } from "./compose-mail.ts";
import type { Mailer } from "./mail.ts";

/** Returns the mail channel to the owner and readers. Each mail is composed when it is sent. */
export function mailChannel({ send, isIdempotent }: Mailer, context: MailContext): Channel {
	return {
		name: "mail",
		isIdempotent,
		subrequests: 1,
		async send(notice) {
			const { composeMail } = await import("./compose-mail.ts");
			const mail = await composeMail(notice, context);
			return mail === null
				? { sent: false, failure: "mail is not set up for this", kind: "setup" }
				: send(mail);
		},
	};
}
