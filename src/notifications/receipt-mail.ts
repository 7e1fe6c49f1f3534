import { signedEditPath } from "../comments/edit-link.ts";
import type { Site } from "../posts/site.ts";
import { signToken } from "../tokens/token.ts";
import { confirmToken, linkPaths } from "./links.ts";
import { composeMail, type Mail, type MailBlock } from "./mail.ts";
import type { Notice, NoticeItem, Reader } from "./notice.ts";
import { quotedText } from "./quotation.ts";
import { type MailStrings, mailStringsFor } from "./strings/strings.ts";

/** Characters quoted: enough to recognize the comment, too few to send a letter to somebody else's address. */
const maxQuoteLength = 500;

/**
 * Composes the mail to the address given with a comment: the edit link, and a subscription to confirm. A waiting comment
 * is not quoted, since nobody has approved its text yet.
 */
export async function receiptMail(
	{ key, at }: Notice,
	reader: Reader,
	{ comment, post }: NoticeItem,
	site: Site,
	secret: string,
): Promise<Mail> {
	const { lang, title } = post;
	const strings = mailStringsFor(lang);
	// Signed as of the comment's creation, so that every attempt to send the mail has the same link.
	const editPath = await signedEditPath(comment, secret, comment.createdAt);
	const blocks: MailBlock[] = [
		{ type: "paragraph", text: strings.receiptLead(title, site.title) },
		comment.waiting
			? { type: "paragraph", text: strings.receiptWaiting }
			: { type: "quote", text: quotedText(comment, maxQuoteLength), lang: comment.lang },
		{ type: "link", text: strings.editComment, url: site.url + editPath },
		{ type: "paragraph", text: strings.editCommentHint },
		...(await confirmationBlocks(reader, at, site, secret, strings)),
		{ type: "footer", text: strings.receiptFooter(site.title) },
	];
	return composeMail({ key, at, to: reader.email, subject: strings.receiptSubject(title), blocks, lang });
}

async function confirmationBlocks(
	{ confirmation }: Reader,
	at: number,
	site: Site,
	secret: string,
	strings: MailStrings,
): Promise<MailBlock[]> {
	if (confirmation === null) return [];
	const { subscription } = confirmation;
	const token = await signToken(confirmToken, { subscription }, secret, { now: at });
	return [
		{ type: "paragraph", text: strings.receiptRepliesRequested },
		{ type: "link", text: strings.confirm, url: site.url + linkPaths.confirm(token) },
	];
}
