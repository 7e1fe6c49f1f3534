import type { Site } from "../posts/site.ts";
import { defang, excerpt } from "./defang.ts";
import { type LinkSigner, linkPaths } from "./links.ts";
import { composeMail, type Mail, type MailBlock } from "./mail.ts";
import type { Notice, NoticeItem, Reader } from "./notice.ts";
import { type MailStrings, mailStringsFor } from "./strings/strings.ts";
import { confirmationLifetime } from "./subscription.ts";

/** Returns a signed path with query; anyone who has it can edit and delete the comment. */
export type EditPathSigner = (comment: { id: number; createdAt: number }) => Promise<string>;

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
	{ links, editPath }: { links: LinkSigner; editPath: EditPathSigner },
): Promise<Mail> {
	const { lang, title } = post;
	const strings = mailStringsFor(lang);
	const blocks: MailBlock[] = [
		{ type: "paragraph", text: strings.receiptLead(title, site.title) },
		comment.waiting
			? { type: "paragraph", text: strings.receiptWaiting }
			: { type: "quote", text: defang(excerpt(comment.source, maxQuoteLength)), lang: comment.lang },
		{ type: "link", text: strings.editComment, url: site.url + (await editPath(comment)) },
		{ type: "paragraph", text: strings.editCommentHint },
		...(await confirmationBlocks(reader, at, site, links, strings)),
		{ type: "footer", text: strings.receiptFooter(site.title) },
	];
	return composeMail({ key, at, to: reader.email, subject: strings.receiptSubject(title), blocks, lang });
}

async function confirmationBlocks(
	{ confirmation }: Reader,
	at: number,
	site: Site,
	links: LinkSigner,
	strings: MailStrings,
): Promise<MailBlock[]> {
	if (confirmation === null) return [];
	const token = await links.sign(
		{ action: "confirm", subscription: confirmation.subscription },
		at + confirmationLifetime,
	);
	return [
		{ type: "paragraph", text: strings.receiptRepliesRequested },
		{ type: "link", text: strings.confirm, url: site.url + linkPaths.confirm(token) },
	];
}
