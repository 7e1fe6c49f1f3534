import type { Archive } from "../posts/archive.ts";
import type { Channel, Outcome } from "./channel.ts";
import { type ModerationLinks, type Notice, type NoticeItem, placesIn, type Reader } from "./notice.ts";
import { type Audience, type Delivery, type Outbox, type Settlement, waitAfter } from "./outbox.ts";

export type Announcing = {
	outbox: Outbox;
	channels: readonly Channel[];
	audience: Audience;
	archive: Archive;
	moderationLinks: ModerationLinks;
};

/** Longer than any attempt may take, so that a lease is lost only with its holder. */
const leaseFor = 2 * 60_000;

/** Deliveries of a channel in one run: a Worker on the free plan may ask its database fifty things. */
const atOnce = 8;

/** How long settled rows are kept; until then a comment published again is not told of again. */
const keptFor = 90 * 86_400_000;

/** Sends what is due. Channels run side by side, so that one that fails or hangs holds up no other. Never rejects. */
export async function announce(announcing: Announcing, now: () => number): Promise<void> {
	const { outbox, channels, audience } = announcing;
	try {
		await outbox.address(audience, now());
	} catch (error) {
		logLoss("News could not be put into the outbox and stays where it is", error);
	}
	await Promise.all(
		channels.map((channel) =>
			sendDue(channel, announcing, now).catch((error) =>
				logLoss(`The outbox could not be read for ${channel.name}; the next run tries again`, error),
			),
		),
	);
}

/** Removes what was settled long ago. */
export function forgetSettled({ outbox }: Announcing, now: number): Promise<void> {
	return outbox.prune(now - keptFor);
}

async function sendDue(channel: Channel, announcing: Announcing, now: () => number): Promise<void> {
	const { outbox } = announcing;
	const deliveries = await outbox.lease(channel.name, atOnce, now(), now() + leaseFor);
	for (const delivery of deliveries) {
		const notice = await noticeOf(delivery, announcing, now());
		const outcome = notice === null ? null : await attempt(channel, notice);
		await outbox.settle(delivery, settlementOf(outcome, channel, delivery, now()));
	}
}

async function attempt(channel: Channel, notice: Notice): Promise<Outcome> {
	try {
		return await channel.send(notice);
	} catch (error) {
		return { sent: false, why: error instanceof Error ? error.name : "unknown failure", again: true };
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
	const wait = outcome.again ? waitAfter(delivery.attempt) : null;
	if (wait !== null) return { state: "due", at: now + wait, why: outcome.why };
	logLoss(`A notice was given up after attempt ${delivery.attempt} on ${channel.name}`, outcome.why);
	return { state: "dead", at: now, why: outcome.why };
}

/** The delivery with its places and links, or null when nothing in it is true any more. */
async function noticeOf(delivery: Delivery, announcing: Announcing, now: number): Promise<Notice | null> {
	const { archive, moderationLinks } = announcing;
	const places = placesIn(archive, now);
	const items: NoticeItem[] = [];
	for (const { event, comment } of delivery.items) {
		const post = places.post(comment.postId);
		if (post === null) continue;
		const owners = event === "published" || event === "waiting";
		const decisions = owners ? await moderationLinks(comment.id, event) : [];
		items.push({ event, comment, post, url: places.comment(comment.id), decisions });
	}
	const reader = delivery.reader === null ? null : readerOf(delivery.reader, places);
	const hasLink = reader?.link != null && now < reader.link.until;
	return items.length === 0 && !reader?.asked && !hasLink
		? null
		: { key: delivery.key, at: now, reader, items };
}

function readerOf(
	{ asked, ...reader }: NonNullable<Delivery["reader"]>,
	places: ReturnType<typeof placesIn>,
): Reader {
	const post = asked === null ? null : places.post(asked.postId);
	if (asked === null || post === null) return { ...reader, asked: null };
	const { subscription, commentId } = asked;
	return { ...reader, asked: { subscription, post, replies: commentId !== null } };
}

function logLoss(what: string, error: unknown): void {
	// A store's error repeats the values it was given; the cause below it does not.
	const cause = error instanceof Error ? (error.cause ?? error.name) : error;
	console.error(JSON.stringify({ notices: what, error: String(cause) }));
}
