import type { Site } from "../posts/site.ts";
import { isolate } from "../text/direction.ts";
import { signToken } from "../tokens/token.ts";
import { defang, excerpt, oneLine } from "./defang.ts";
import { confirmToken, linkPaths, unsubscribeToken } from "./links.ts";
import { composeMail, type Mail, type MailBlock } from "./mail.ts";
import type { Notice, NoticeItem, Reader } from "./notice.ts";
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
	const subscriptions = [...reader.subscriptions];
	const token = await signToken(unsubscribeToken, { subscriptions }, secret, { now: at });
	const unsubscribeUrl = site.url + linkPaths.end(token);
	const blocks = items.slice(0, maxComments).flatMap((item) => itemBlocks(item, strings));
	if (items.length > maxComments) {
		blocks.push({ type: "paragraph", text: strings.andMore(items.length - maxComments) });
	}
	blocks.push(
		{ type: "footer", text: strings.readerFooter(site.title) },
		{ type: "link", text: strings.unsubscribe, url: unsubscribeUrl },
	);
	const subject =
		items.length === 1 && first !== undefined
			? headline(first, strings)
			: strings.severalForReader(items.length, site.title);
	const headers = {
		"List-Unsubscribe": `<${unsubscribeUrl}>`,
		"List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
	};
	return composeMail({ key, at, to: reader.email, subject, blocks, lang, headers });
}

function headline({ comment, post }: NoticeItem, strings: MailStrings): string {
	const [name, title] = [isolate(oneLine(comment.name, 60)), isolate(oneLine(post.title, 80))];
	const { parentName } = comment;
	return parentName === null
		? strings.published(name, title)
		: strings.replied(name, isolate(oneLine(parentName, 60)), title);
}

function itemBlocks(item: NoticeItem, strings: MailStrings): MailBlock[] {
	const { comment, url } = item;
	return [
		{ type: "heading", text: headline(item, strings) },
		{ type: "quote", text: defang(excerpt(comment.source, 2000)), lang: comment.lang },
		{ type: "link", text: strings.viewOnSite, url },
	];
}
