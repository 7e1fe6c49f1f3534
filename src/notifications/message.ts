import { beginning, defused } from "./defused.ts";
import type { Notice, NoticeItem } from "./notice.ts";
import { headline } from "./owner-mail.ts";
import { wordsFor } from "./words/words.ts";

/** What a program is told of a comment. Holds no address of anybody: a mail's owner reads mail, a program does not. */
export function webhookPayload({ at, items }: Notice) {
	return {
		sent: new Date(at).toISOString(),
		comments: items.map(({ event, comment, post, url }) => ({
			event,
			id: comment.id,
			post: { id: comment.postId, title: post.title, url: post.url },
			url,
			name: comment.name,
			in_reply_to: comment.parentName,
			text: comment.source,
			created: new Date(comment.createdAt).toISOString(),
		})),
	};
}

/** A notice as a line or two of chat, for rooms whose markup `plain` knows how to neutralise. */
export function chatText({ items }: Notice, lang: string, plain: (text: string) => string): string {
	const words = wordsFor(lang);
	return items
		.map((item: NoticeItem) => {
			const quoted = plain(defused(beginning(item.comment.source, 500))).replace(/^/gm, "> ");
			const url = item.event === "waiting" ? item.post.url : item.url;
			return `${plain(headline(item, words))}\n${quoted}\n${url}`;
		})
		.join("\n\n");
}
