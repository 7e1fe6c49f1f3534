import type { Archive } from "../posts/archive.ts";
import type { Channel, Outcome } from "./channel.ts";
import { type ModerationLinks, type Notice, type NoticeItem, noticeTargets, type Reader } from "./notice.ts";
import { type Audience, type Delivery, type Outbox, retryDelay, type Settlement } from "./outbox.ts";

/** The outbox with everything needed to send its notices. */
export type NotificationSender = {
	outbox: Outbox;
	channels: readonly Channel[];
	audience: Audience;
	archive: Archive;
	moderationLinks: ModerationLinks;
};

/** Milliseconds; longer than any attempt may take, so that a lease expires only if its sender died. */
const leaseDuration = 2 * 60_000;

/** Deliveries of a channel in one run: a Worker on the free plan may make fifty queries per invocation. */
const batchSize = 8;

/** Milliseconds settled rows are kept; until then a comment published again notifies nobody again. */
const settledRetention = 90 * 86_400_000;

/** Sends due notices. Channels run in parallel, so that one that fails or hangs delays no other. Never rejects. */
export async function sendNotifications(sender: NotificationSender, now: () => number): Promise<void> {
	const { outbox, channels, audience } = sender;
	try {
		await outbox.enqueue(audience, now());
	} catch (error) {
		logFailure("Comment events could not be added to the outbox; the next run tries again", error);
	}
	await Promise.all(
		channels.map((channel) =>
			sendDue(channel, sender, now).catch((error) =>
				logFailure(`The outbox could not be read for ${channel.name}; the next run tries again`, error),
			),
		),
	);
}

/** Deletes rows of the outbox that were settled long ago. */
export function pruneOutbox({ outbox }: NotificationSender, now: number): Promise<void> {
	return outbox.prune(now - settledRetention);
}

async function sendDue(channel: Channel, sender: NotificationSender, now: () => number): Promise<void> {
	const { outbox } = sender;
	const deliveries = await outbox.lease(channel.name, batchSize, now(), now() + leaseDuration);
	for (const delivery of deliveries) {
		const notice = await noticeOf(delivery, sender, now());
		const outcome = notice === null ? null : await attempt(channel, notice);
		await outbox.settle(delivery, settlementOf(outcome, channel, delivery, now()));
	}
}

async function attempt(channel: Channel, notice: Notice): Promise<Outcome> {
	try {
		return await channel.send(notice);
	} catch (error) {
		return { sent: false, failure: error instanceof Error ? error.name : "unknown failure", retry: true };
	}
}

function settlementOf(
	outcome: Outcome | null,
	channel: Channel,
	delivery: Delivery,
	now: number,
): Settlement {
	if (outcome === null) return { state: "dropped", at: now };
	if (outcome.sent) return { state: "sent", at: now };
	const wait = outcome.retry ? retryDelay(delivery.attempt) : null;
	if (wait !== null) return { state: "due", at: now + wait, failure: outcome.failure };
	logFailure(
		`A notice failed for good after attempt ${delivery.attempt} on ${channel.name}`,
		outcome.failure,
	);
	return { state: "dead", at: now, failure: outcome.failure };
}

/** Returns the notice of a delivery with its links, or null if nothing in it is true any more. */
async function noticeOf(delivery: Delivery, sender: NotificationSender, now: number): Promise<Notice | null> {
	const { archive, moderationLinks } = sender;
	const targets = noticeTargets(archive, now);
	const items: NoticeItem[] = [];
	for (const { event, comment } of delivery.items) {
		const post = targets.post(comment.postId);
		if (post === null) continue;
		const toOwner = event === "published" || event === "waiting";
		const decisions = toOwner ? await moderationLinks(comment.id, event) : [];
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

function logFailure(what: string, error: unknown): void {
	// A database error repeats the values of the query, its cause does not.
	const cause = error instanceof Error ? (error.cause ?? error.name) : error;
	console.error(JSON.stringify({ notices: what, error: String(cause) }));
}
