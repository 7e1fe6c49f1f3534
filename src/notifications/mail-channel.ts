import type { Site } from "../posts/site.ts";
import type { Channel } from "./channel.ts";
import type { Mail, Mailer } from "./mail.ts";
import type { Notice } from "./notice.ts";
import { ownerMail, warningMail } from "./owner-mail.ts";
import { approvalMail, confirmationMail, repliesMail } from "./reader-mail.ts";
import { receiptMail } from "./receipt-mail.ts";
import { verificationMail } from "./verification-mail.ts";

type MailContext = {
	site: Site;
	/** The owner's e-mail address; null if the owner receives no mail. */
	owner: string | null;
	/** Signs the links. Null until the deployment has a signing secret; readers receive no mail until then. */
	secret: string | null;
};

/** Returns the mail channel to the owner and readers. Each mail is composed when it is sent. */
export function mailChannel({ send, isIdempotent }: Mailer, context: MailContext): Channel {
	return {
		name: "mail",
		isIdempotent,
		subrequests: 1,
		async send(notice) {
			const mail = await compose(notice, context);
			return mail === null
				? { sent: false, failure: "mail is not set up for this", kind: "setup" }
				: send(mail);
		},
	};
}

async function compose(notice: Notice, { site, owner, secret }: MailContext): Promise<Mail | null> {
	const { reader } = notice;
	if (reader === null) {
		if (owner === null) return null;
		return notice.warning === undefined
			? ownerMail(notice, owner, site)
			: warningMail(notice, notice.warning, owner, site);
	}
	if (secret === null) return null;
	if (reader.verificationLink !== null) {
		return verificationMail(notice, reader, reader.verificationLink, site, secret);
	}
	const [first] = notice.items;
	if (first?.event === "receipt") return receiptMail(notice, reader, first, site, secret);
	if (first?.event === "approved") return approvalMail(notice, reader, first, site, secret);
	return reader.confirmation === null
		? repliesMail(notice, reader, site, secret)
		: confirmationMail(notice, reader, reader.confirmation, site, secret);
}
