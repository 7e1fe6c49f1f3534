import type { Site } from "../posts/site.ts";
import { beginning, defused, oneLine } from "./defused.ts";
import { type ClaimSigner, linkPaths } from "./links.ts";
import { type Block, composeMail, type Mail } from "./mail.ts";
import type { Notice, NoticeItem, Reader } from "./notice.ts";
import { confirmWithin } from "./subscription.ts";
import { type Words, wordsFor } from "./words/words.ts";

/** Comments shown in one mail; the rest are counted. */
const mostShown = 30;

/** The mail that asks whether an address wishes to hear of a thread or a comment; it says nothing a stranger typed. */
export async function confirmationMail(
	{ key, at }: Notice,
	reader: Reader,
	asked: NonNullable<Reader["asked"]>,
	site: Site,
	claims: ClaimSigner,
): Promise<Mail> {
	const { lang, title } = asked.post;
	const words = wordsFor(lang);
	const token = await claims.sign({ may: "confirm", subscription: asked.subscription }, at + confirmWithin);
	const blocks: Block[] = [
		{ is: "paragraph", text: (asked.replies ? words.askedReplies : words.askedThread)(title, site.title) },
		{ is: "link", text: words.confirm, url: site.url + linkPaths.confirm(token) },
		{ is: "paragraph", text: words.ignore },
		{ is: "footer", text: site.title },
	];
	return composeMail({ key, at, to: reader.email, subject: words.confirmSubject(title), blocks, lang });
}

/** The mail that tells a reader of comments, one or many, with the way to stop such mails (RFC 8058). */
export async function repliesMail(
	{ key, at, items }: Notice,
	reader: Reader,
	site: Site,
	claims: ClaimSigner,
): Promise<Mail> {
	const [first] = items;
	const lang = first?.post.lang ?? site.language;
	const words = wordsFor(lang);
	const token = await claims.sign({ may: "end", subscriptions: reader.subscriptions }, null);
	const end = site.url + linkPaths.end(token);
	const blocks = items.slice(0, mostShown).flatMap((item) => itemBlocks(item, words));
	if (items.length > mostShown) {
		blocks.push({ is: "paragraph", text: words.andMore(items.length - mostShown) });
	}
	blocks.push(
		{ is: "footer", text: words.readerFooter(site.title) },
		{ is: "link", text: words.end, url: end },
	);
	const subject =
		items.length === 1 && first !== undefined
			? headline(first, words)
			: words.severalForReader(items.length, site.title);
	const headers = { "List-Unsubscribe": `<${end}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
	return composeMail({ key, at, to: reader.email, subject, blocks, lang, headers });
}

function headline({ comment, post }: NoticeItem, words: Words): string {
	const [name, title] = [oneLine(comment.name, 60), oneLine(post.title, 80)];
	const { parentName } = comment;
	return parentName === null
		? words.published(name, title)
		: words.replied(name, oneLine(parentName, 60), title);
}

function itemBlocks(item: NoticeItem, words: Words): Block[] {
	const { comment, url } = item;
	return [
		{ is: "heading", text: headline(item, words) },
		{ is: "quote", text: defused(beginning(comment.source, 2000)), lang: comment.lang },
		{ is: "link", text: words.readOn, url },
	];
}
