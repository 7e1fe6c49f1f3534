import type { Site } from "../posts/site.ts";
import type { Mail } from "./mail.ts";
import type { Notice } from "./notice.ts";
import { ownerMail, warningMail } from "./owner-mail.ts";
import { approvalMail, confirmationMail, repliesMail } from "./reader-mail.ts";
import { receiptMail } from "./receipt-mail.ts";
import { verificationMail } from "./verification-mail.ts";

export type MailContext = {
	site: Site;
	/** The owner's e-mail address; null if the owner receives no mail. */
	owner: string | null;
	/** Signs the links. Null until the deployment has a signing secret; readers receive no mail until then. */
	secret: string | null;
};

/** Composes the mail of a notice; null if its recipient receives no mail. */
export async function composeMail(
	notice: Notice,
	{ site, owner, secret }: MailContext,
): Promise<Mail | null> {
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
