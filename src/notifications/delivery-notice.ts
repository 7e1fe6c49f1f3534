import type { Archive } from "../posts/archive.ts";
import { type ModerationLinks, type Notice, type NoticeItem, noticeTargets, type Reader } from "./notice.ts";
import type { Delivery } from "./outbox.ts";

type Context = { archive: Archive; moderationLinks: ModerationLinks };

/** Returns the notice of a delivery with its links, or null if nothing in it is true any more. */
export async function deliveryNotice(
	delivery: Delivery,
	{ archive, moderationLinks }: Context,
	now: number,
): Promise<Notice | null> {
	const targets = noticeTargets(archive, now);
	const items: NoticeItem[] = [];
	for (const { event, comment } of delivery.items) {
		const post = targets.post(comment.postId);
		if (post === null) continue;
		const toOwner = event === "published" || event === "waiting";
		const decisions = toOwner ? await moderationLinks(comment, event) : [];
		items.push({ event, comment, post, url: targets.commentUrl(comment.id), decisions });
	}
	const reader = delivery.reader === null ? null : readerOf(delivery.reader, targets);
	const hasLink = reader?.verificationLink != null && now < reader.verificationLink.expiresAt;
	return items.length === 0 && !reader?.confirmation && !hasLink
		? null
		: { key: delivery.key, at: now, reader, items };
}

function readerOf(
	{ confirmation, ...reader }: NonNullable<Delivery["reader"]>,
	targets: ReturnType<typeof noticeTargets>,
): Reader {
	const post = confirmation === null ? null : targets.post(confirmation.postId);
	if (confirmation === null || post === null) return { ...reader, confirmation: null };
	const { subscription, commentId } = confirmation;
	return { ...reader, confirmation: { subscription, post, replies: commentId !== null } };
}
