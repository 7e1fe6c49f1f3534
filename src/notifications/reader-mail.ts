import type { Site } from "../posts/site.ts";
import { signToken } from "../tokens/token.ts";
import { confirmToken, linkPaths, unsubscribeToken } from "./links.ts";
import { composeMail, type Mail, type MailBlock } from "./mail.ts";
import type { Notice, NoticeItem, Reader } from "./notice.ts";
import { authorOf, parentAuthorOf, quotedText, titleOf } from "./quotation.ts";
import { type MailStrings, mailStringsFor } from "./strings/strings.ts";

/** Most comments quoted in one mail; the rest are only counted. */
const maxComments = 30;

/** Composes the mail that asks to confirm a subscription; it contains no text typed by a visitor. */
export async function confirmationMail(
	{ key, at }: Notice,
	reader: Reader,
	confirmation: NonNullable<Reader["confirmation"]>,
	site: Site,
	secret: string,
): Promise<Mail> {
	const { lang, title } = confirmation.post;
	const strings = mailStringsFor(lang);
	const { subscription } = confirmation;
	const token = await signToken(confirmToken, { subscription }, secret, { now: at });
	const blocks: MailBlock[] = [
		{
			type: "paragraph",
			text: (confirmation.replies ? strings.repliesRequested : strings.commentsRequested)(title, site.title),
		},
		{ type: "link", text: strings.confirm, url: site.url + linkPaths.confirm(token) },
		{ type: "paragraph", text: strings.ignore },
		{ type: "footer", text: site.title },
	];
	return composeMail({ key, at, to: reader.email, subject: strings.confirmSubject(title), blocks, lang });
}

/** Composes the mail to a reader about new comments, one or many, with one-click unsubscribe (RFC 8058). */
export async function repliesMail(
	{ key, at, items }: Notice,
	reader: Reader,
	site: Site,
	secret: string,
): Promise<Mail> {
	const [first] = items;
	const lang = first?.post.lang ?? site.language;
	const strings = mailStringsFor(lang);
	const unsubscribe = await unsubscribing(reader, at, site, secret, strings);
	const blocks = items.slice(0, maxComments).flatMap((item) => itemBlocks(item, strings));
	if (items.length > maxComments) {
		blocks.push({ type: "paragraph", text: strings.andMore(items.length - maxComments) });
	}
	blocks.push(...unsubscribe.blocks);
	const subject =
		items.length === 1 && first !== undefined
			? headline(first, strings)
			: strings.severalForReader(items.length, site.title);
	return composeMail({ key, at, to: reader.email, subject, blocks, lang, headers: unsubscribe.headers });
}

/** Composes the mail that tells a subscriber that their own comment was approved. */
export async function approvalMail(
	{ key, at }: Notice,
	reader: Reader,
	{ comment, post, url }: NoticeItem,
	site: Site,
	secret: string,
): Promise<Mail> {
	const { lang, title } = post;
	const strings = mailStringsFor(lang);
	const unsubscribe = await unsubscribing(reader, at, site, secret, strings);
	const blocks: MailBlock[] = [
		{ type: "paragraph", text: strings.approvedLead(title) },
		{ type: "quote", text: quotedText(comment, 2000), lang: comment.lang },
		{ type: "link", text: strings.viewOnSite, url },
		...unsubscribe.blocks,
	];
	const subject = strings.approvedSubject(title);
	return composeMail({ key, at, to: reader.email, subject, blocks, lang, headers: unsubscribe.headers });
}

/** Returns the end of a mail to a subscriber and its headers, with which they unsubscribe (RFC 8058). */
async function unsubscribing(
	reader: Reader,
	at: number,
	site: Site,
	secret: string,
	strings: MailStrings,
): Promise<{ blocks: readonly MailBlock[]; headers: Mail["headers"] }> {
	const subscriptions = [...reader.subscriptions];
	const token = await signToken(unsubscribeToken, { subscriptions }, secret, { now: at });
	const url = site.url + linkPaths.end(token);
	return {
		blocks: [
			{ type: "footer", text: strings.readerFooter(site.title) },
			{ type: "link", text: strings.unsubscribe, url },
		],
		headers: {
			"List-Unsubscribe": `<${url}>`,
			"List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
		},
	};
}

function headline({ comment, post }: NoticeItem, strings: MailStrings): string {
	const [name, title, parentAuthor] = [authorOf(comment), titleOf(post), parentAuthorOf(comment)];
	return parentAuthor === null ? strings.published(name, title) : strings.replied(name, parentAuthor, title);
}

function itemBlocks(item: NoticeItem, strings: MailStrings): MailBlock[] {
	const { comment, url } = item;
	return [
		{ type: "heading", text: headline(item, strings) },
		{ type: "quote", text: quotedText(comment, 2000), lang: comment.lang },
		{ type: "link", text: strings.viewOnSite, url },
	];
}
