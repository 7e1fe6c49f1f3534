import type { Site } from "../posts/site.ts";
import type { Channel } from "./channel.ts";
import type { ClaimSigner } from "./links.ts";
import type { Mail, Mailer } from "./mail.ts";
import type { Notice } from "./notice.ts";
import { ownerMail } from "./owner-mail.ts";
import { confirmationMail, repliesMail } from "./reader-mail.ts";
import { type OwnAddress, receiptMail } from "./receipt-mail.ts";
import { verificationMail } from "./verification-mail.ts";

type Writing = {
	site: Site;
	/** The owner's address, or null when the owner does not hear by mail. */
	owner: string | null;
	/** Null until the deployment can sign, and then readers hear nothing. */
	claims: ClaimSigner | null;
	ownAddress: OwnAddress | null;
};

/** Tells the owner and readers by mail, each mail written when it is sent. */
export function mailChannel(mailer: Mailer, writing: Writing): Channel {
	return {
		name: "mail",
		async send(notice) {
			const mail = await write(notice, writing);
			return mail === null ? { sent: false, why: "mail is not set up for this", again: true } : mailer(mail);
		},
	};
}

async function write(notice: Notice, { site, owner, claims, ownAddress }: Writing): Promise<Mail | null> {
	const { reader } = notice;
	if (reader === null) return owner === null ? null : ownerMail(notice, owner, site);
	if (claims === null || ownAddress === null) return null;
	if (reader.link !== null) return verificationMail(notice, reader, reader.link, site, claims);
	const [first] = notice.items;
	if (first?.event === "receipt") return receiptMail(notice, reader, first, site, { claims, ownAddress });
	return reader.asked === null
		? repliesMail(notice, reader, site, claims)
		: confirmationMail(notice, reader, reader.asked, site, claims);
}
