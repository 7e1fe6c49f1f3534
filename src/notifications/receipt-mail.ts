import type { Site } from "../posts/site.ts";
import { beginning, defused } from "./defused.ts";
import { type ClaimSigner, linkPaths } from "./links.ts";
import { type Block, composeMail, type Mail } from "./mail.ts";
import type { Notice, NoticeItem, Reader } from "./notice.ts";
import { confirmWithin } from "./subscription.ts";
import { type Words, wordsFor } from "./words/words.ts";

/** Makes the address (path and query) at which whoever holds it may change and delete a comment. */
export type OwnAddress = (comment: { id: number; createdAt: number }) => Promise<string>;

/** Enough to know one's words by: whoever gives a stranger's address must not have us carry a letter. */
const mostQuoted = 500;

/**
 * The mail to whoever left an address with a comment: the way to change it, and what is to be confirmed. What still
 * waits for a decision is not quoted, since nobody has said yet that it is fit to be sent to anybody.
 */
export async function receiptMail(
	{ key, at }: Notice,
	reader: Reader,
	{ comment, post }: NoticeItem,
	site: Site,
	{ claims, ownAddress }: { claims: ClaimSigner; ownAddress: OwnAddress },
): Promise<Mail> {
	const { lang, title } = post;
	const words = wordsFor(lang);
	const blocks: Block[] = [
		{ is: "paragraph", text: words.receiptLead(title, site.title) },
		comment.waiting
			? { is: "paragraph", text: words.receiptWaiting }
			: { is: "quote", text: defused(beginning(comment.source, mostQuoted)), lang: comment.lang },
		{ is: "link", text: words.change, url: site.url + (await ownAddress(comment)) },
		{ is: "paragraph", text: words.changeHint },
		...(await confirmation(reader, at, site, claims, words)),
		{ is: "footer", text: words.receiptFooter(site.title) },
	];
	return composeMail({ key, at, to: reader.email, subject: words.receiptSubject(title), blocks, lang });
}

async function confirmation(
	{ asked }: Reader,
	at: number,
	site: Site,
	claims: ClaimSigner,
	words: Words,
): Promise<Block[]> {
	if (asked === null) return [];
	const token = await claims.sign({ may: "confirm", subscription: asked.subscription }, at + confirmWithin);
	return [
		{ is: "paragraph", text: words.receiptAsked },
		{ is: "link", text: words.confirm, url: site.url + linkPaths.confirm(token) },
	];
}
