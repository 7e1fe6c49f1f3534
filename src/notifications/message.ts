import type { Notice, NoticeItem } from "./notice.ts";
import { headline } from "./owner-mail.ts";
import { quotedText } from "./quotation.ts";
import { mailStringsFor } from "./strings/strings.ts";

/** Returns the JSON sent to a webhook. It contains no e-mail address: those stay out of other services. */
export function webhookPayload({ at, items, warning }: Notice) {
	return {
		sent: new Date(at).toISOString(),
		...(warning === undefined
			? {}
			: { warning: { kind: warning.kind, over: warning.isOver, text: warning.title, url: warning.url } }),
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

/** Renders a notice as chat text; `escapeMarkup` escapes the markup of the chat service. */
export function chatText(
	{ items, warning }: Notice,
	lang: string,
	escapeMarkup: (text: string) => string,
): string {
	if (warning !== undefined) return `${escapeMarkup(warning.title)}\n${warning.url}`;
	const strings = mailStringsFor(lang);
	return items
		.map((item: NoticeItem) => {
			const quoted = escapeMarkup(quotedText(item.comment, 500)).replace(/^/gm, "> ");
			const url = item.event === "waiting" ? item.post.url : item.url;
			return `${escapeMarkup(headline(item, strings))}\n${quoted}\n${url}`;
		})
		.join("\n\n");
}
