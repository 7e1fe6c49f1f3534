import type { Site } from "../posts/site.ts";
import { beginning, defused, oneLine } from "./defused.ts";
import { type Block, bodyHtml, bodyText, type Mail } from "./mail.ts";
import type { Notice, NoticeItem } from "./notice.ts";
import { type Words, wordsFor } from "./words/words.ts";

/** Comments shown in one mail; the rest are counted. */
const mostShown = 30;

/** The mail that tells the owner of new and waiting comments, one or many. */
export function ownerMail({ key, at, items }: Notice, owner: string, site: Site): Mail {
	const words = wordsFor(site.language);
	const [first] = items;
	const subject =
		items.length === 1 && first !== undefined
			? headline(first, words)
			: words.severalForOwner(items.length, site.title);
	const blocks: Block[] = items.slice(0, mostShown).flatMap((item) => itemBlocks(item, words));
	if (items.length > mostShown) {
		blocks.push({ is: "paragraph", text: words.andMore(items.length - mostShown) });
	}
	blocks.push({ is: "footer", text: words.ownerFooter(site.title) });
	return {
		key,
		at,
		to: owner,
		subject: oneLine(subject, 150),
		text: bodyText(blocks),
		html: bodyHtml(blocks, site.language),
		headers: { "Auto-Submitted": "auto-generated" },
	};
}

/** What happened, in a sentence. */
export function headline({ event, comment, post }: NoticeItem, words: Words): string {
	const name = oneLine(comment.name, 60);
	const title = oneLine(post.title, 80);
	return event === "waiting" ? words.waiting(name, title) : words.published(name, title);
}

function itemBlocks(item: NoticeItem, words: Words): Block[] {
	const { comment, event, post } = item;
	const parent: Block[] =
		comment.parentName === null
			? []
			: [{ is: "paragraph", text: words.inReplyTo(oneLine(comment.parentName, 60)) }];
	return [
		{ is: "heading", text: headline(item, words) },
		...parent,
		{ is: "quote", text: defused(beginning(comment.source, 2000)), lang: comment.lang },
		...item.decisions.map(({ label, url }): Block => ({ is: "link", text: label, url })),
		event === "waiting"
			? { is: "link", text: words.toPost, url: post.url }
			: { is: "link", text: words.readOn, url: item.url },
	];
}
