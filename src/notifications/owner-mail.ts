import type { Site } from "../posts/site.ts";
import { composeMail, type Mail, type MailBlock } from "./mail.ts";
import type { Notice, NoticeItem, NoticeWarning } from "./notice.ts";
import { authorOf, parentAuthorOf, quotedText, titleOf } from "./quotation.ts";
import { type MailStrings, mailStringsFor } from "./strings/strings.ts";

/** Most comments quoted in one mail; the rest are only counted. */
const maxComments = 30;

/** Composes the mail to the owner about new and waiting comments, one or many. */
export function ownerMail({ key, at, items }: Notice, owner: string, site: Site): Mail {
	const strings = mailStringsFor(site.language);
	const [first] = items;
	const subject =
		items.length === 1 && first !== undefined
			? headline(first, strings)
			: strings.severalForOwner(items.length, site.title);
	const blocks: MailBlock[] = items.slice(0, maxComments).flatMap((item) => itemBlocks(item, strings));
	if (items.length > maxComments) {
		blocks.push({ type: "paragraph", text: strings.andMore(items.length - maxComments) });
	}
	blocks.push({ type: "footer", text: strings.ownerFooter(site.title) });
	return composeMail({ key, at, to: owner, subject, blocks, lang: site.language });
}

/** Composes the mail that warns the owner, or says that a matter is over. */
export function warningMail({ key, at }: Notice, warning: NoticeWarning, owner: string, site: Site): Mail {
	const strings = mailStringsFor(site.language);
	const blocks: MailBlock[] = [
		{ type: "paragraph", text: warning.title },
		{ type: "link", text: strings.viewOverview, url: warning.url },
		{ type: "footer", text: strings.ownerFooter(site.title) },
	];
	return composeMail({ key, at, to: owner, subject: warning.title, blocks, lang: site.language });
}

/** Returns one sentence that says what happened, such as for a subject. */
export function headline({ event, comment, post }: NoticeItem, strings: MailStrings): string {
	const [name, title] = [authorOf(comment), titleOf(post)];
	return event === "waiting" ? strings.waiting(name, title) : strings.published(name, title);
}

function itemBlocks(item: NoticeItem, strings: MailStrings): MailBlock[] {
	const { comment, event, post } = item;
	const parentAuthor = parentAuthorOf(comment);
	const parent: MailBlock[] =
		parentAuthor === null ? [] : [{ type: "paragraph", text: strings.inReplyTo(parentAuthor) }];
	return [
		{ type: "heading", text: headline(item, strings) },
		...parent,
		{ type: "quote", text: quotedText(comment, 2000), lang: comment.lang },
		...item.decisions.map(({ label, url }): MailBlock => ({ type: "link", text: label, url })),
		event === "waiting"
			? { type: "link", text: strings.viewPost, url: post.url }
			: { type: "link", text: strings.viewOnSite, url: item.url },
	];
}
