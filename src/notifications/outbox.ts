import type { ChannelName } from "./channel.ts";
import { type CommentEvent, commentEvents, type NoticeComment, type VerificationLink } from "./notice.ts";

/** The subjects of outbox rows: an event of a comment, or a requested link. */
export const outboxEvents = [...commentEvents, "confirmation", "verification"] as const;
export type OutboxEvent = (typeof outboxEvents)[number];

/** The states of an outbox row: due, sent, dropped as no longer true, or failed for good. */
export const outboxStates = ["due", "sent", "dropped", "dead"] as const;

/** The outbox rows leased together, which are sent as one message. */
export type Delivery = {
	/** Idempotency key: the same at every attempt, so that a provider that supports such keys sends it once. */
	key: string;
	/** Identifies this lease; a sender whose lease has expired can no longer settle the rows. */
	lease: string;
	rows: readonly number[];
	/** Number of this attempt, from 1. */
	attempt: number;
	/** Null for the owner. */
	reader: {
		email: string;
		subscriptions: readonly number[];
		confirmation: { subscription: number; postId: string; commentId: number | null } | null;
		verificationLink: VerificationLink | null;
	} | null;
	items: readonly { event: CommentEvent; comment: NoticeComment }[];
};

/** The result of a leased delivery: sent, dropped as no longer true, failed for good, or due again at `at`. */
export type Settlement =
	| { state: "sent" | "dropped"; at: number }
	| { state: "dead"; at: number; failure: string }
	| { state: "due"; at: number; failure: string };

/** The recipients of notices, from the site's settings. */
export type Audience = {
	/** Channels that notify the owner. */
	ownerChannels: readonly ChannelName[];
	/** Whether readers are notified by mail. */
	readers: boolean;
	/** Comments that notify the owner. */
	owner: "all" | "waiting" | "none";
	/** Milliseconds after one mail in which further events for the same recipient are collected into a digest. */
	digestInterval: number;
};

/** A delivery that failed for good, shown to the operator. */
export type DeadDelivery = {
	id: number;
	channel: ChannelName;
	commentId: number | null;
	attempts: number;
	failure: string;
	/** Epoch milliseconds. */
	at: number;
};

/** Stores notices until they are sent. */
export type Outbox = {
	/** Turns comment events into one row for each recipient and channel. Existing rows are left unchanged. */
	enqueue(audience: Audience, now: number): Promise<void>;
	/** Leases at most `limit` due deliveries of a channel; no other sender gets them before `until`. */
	lease(channel: ChannelName, limit: number, now: number, until: number): Promise<readonly Delivery[]>;
	settle(delivery: Delivery, settlement: Settlement): Promise<void>;
	/** Returns the deliveries that failed for good, latest first. */
	dead(limit: number): Promise<readonly DeadDelivery[]>;
	/** Deletes rows settled before a time (epoch milliseconds). */
	prune(before: number): Promise<void>;
};

const minute = 60_000;

/** Milliseconds between attempts; after the last one a delivery fails for good. */
const retryDelays = [1, 5, 15, 60, 180, 480, 1440].map((minutes) => minutes * minute);

/** Returns the milliseconds to wait after failed attempt number `attempt`, or null to give up. */
export function retryDelay(attempt: number): number | null {
	return retryDelays[attempt - 1] ?? null;
}
