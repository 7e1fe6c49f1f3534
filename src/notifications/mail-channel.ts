import type { Site } from "../posts/site.ts";
import type { Channel } from "./channel.ts";
import type { LinkSigner } from "./links.ts";
import type { Mail, Mailer } from "./mail.ts";
import type { Notice } from "./notice.ts";
import { ownerMail } from "./owner-mail.ts";
import { confirmationMail, repliesMail } from "./reader-mail.ts";
import { type EditPathSigner, receiptMail } from "./receipt-mail.ts";
import { verificationMail } from "./verification-mail.ts";

type MailContext = {
	site: Site;
	/** The owner's e-mail address; null if the owner receives no mail. */
	owner: string | null;
	/** Null until the deployment has a signing secret; readers receive no mail until then. */
	links: LinkSigner | null;
	editPath: EditPathSigner | null;
};

/** Returns the mail channel to the owner and readers. Each mail is composed when it is sent. */
export function mailChannel(mailer: Mailer, context: MailContext): Channel {
	return {
		name: "mail",
		async send(notice) {
			const mail = await compose(notice, context);
			return mail === null
				? { sent: false, failure: "mail is not set up for this", retry: true }
				: mailer(mail);
		},
	};
}

async function compose(notice: Notice, { site, owner, links, editPath }: MailContext): Promise<Mail | null> {
	const { reader } = notice;
	if (reader === null) return owner === null ? null : ownerMail(notice, owner, site);
	if (links === null || editPath === null) return null;
	if (reader.verificationLink !== null) {
		return verificationMail(notice, reader, reader.verificationLink, site, links);
	}
	const [first] = notice.items;
	if (first?.event === "receipt") return receiptMail(notice, reader, first, site, { links, editPath });
	return reader.confirmation === null
		? repliesMail(notice, reader, site, links)
		: confirmationMail(notice, reader, reader.confirmation, site, links);
}
