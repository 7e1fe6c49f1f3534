import type { Site } from "../posts/site.ts";
import { signToken } from "../tokens/token.ts";
import { linkPaths, verificationToken } from "./links.ts";
import { composeMail, type Mail, type MailBlock } from "./mail.ts";
import type { Notice, Reader, VerificationLink } from "./notice.ts";
import { mailStringsFor } from "./strings/strings.ts";

/** Composes the mail with the link that verifies an e-mail address; it contains no text typed by a visitor. */
export async function verificationMail(
	{ key, at }: Notice,
	reader: Reader,
	{ verification, lang, expiresAt }: VerificationLink,
	site: Site,
	secret: string,
): Promise<Mail> {
	const strings = mailStringsFor(lang);
	const token = await signToken(verificationToken, { verification }, secret, { expiresAt });
	const blocks: MailBlock[] = [
		{ type: "paragraph", text: strings.verifyLead(site.title) },
		{ type: "link", text: strings.verify, url: site.url + linkPaths.verify(token) },
		{ type: "paragraph", text: strings.verifyIgnore },
		{ type: "footer", text: site.title },
	];
	return composeMail({ key, at, to: reader.email, subject: strings.verifySubject(site.title), blocks, lang });
}
