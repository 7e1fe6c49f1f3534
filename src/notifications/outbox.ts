import type { ChannelName } from "./channel.ts";
import type { AskedLink, CommentEvent, ToldComment } from "./notice.ts";

/** What a row of the outbox is about: something that happened to a comment, or a link that was asked for. */
export type OutboxEvent = CommentEvent | "confirmation" | "verification";

/** Everything that goes out in one message: rows of the outbox that were leased together. */
export type Delivery = {
	/** The same at every attempt, so that a provider that knows such keys sends it once. */
	key: string;
	/** Says whose lease this is; a sender that lost it can no longer settle anything. */
	lease: string;
	rows: readonly number[];
	/** This attempt's number, from 1. */
	attempt: number;
	/** Null for the owner. */
	reader: {
		email: string;
		subscriptions: readonly number[];
		asked: { subscription: number; postId: string; commentId: number | null } | null;
		link: AskedLink | null;
	} | null;
	items: readonly { event: CommentEvent; comment: ToldComment }[];
};

/** How a leased delivery ended: told, given up, no longer true, or to be tried again at an instant. */
export type Settlement =
	| { state: "sent" | "dropped"; at: number }
	| { state: "dead"; at: number; why: string }
	| { state: "due"; at: number; why: string };

/** Who hears of what, as the site's owner has set it. */
export type Audience = {
	/** Channels on which the owner hears. */
	ownerChannels: readonly ChannelName[];
	/** Whether readers hear by mail. */
	readers: boolean;
	/** Which comments the owner hears of. */
	owner: "all" | "waiting" | "none";
	/** Milliseconds after one mail in which further news for the same person is gathered. */
	digestAfter: number;
};

/** A delivery that was given up, for the operator to see. */
export type DeadDelivery = {
	id: number;
	channel: ChannelName;
	commentId: number | null;
	attempts: number;
	why: string;
	/** Epoch milliseconds. */
	at: number;
};

/** What the domain asks of the place notices wait in. */
export type Outbox = {
	/** Turns what happened to comments into one row for each person and channel; what is there already stays as it is. */
	address(audience: Audience, now: number): Promise<void>;
	/** Takes at most `limit` due deliveries of a channel; nobody else gets them before `until`. */
	lease(channel: ChannelName, limit: number, now: number, until: number): Promise<readonly Delivery[]>;
	settle(delivery: Delivery, settlement: Settlement): Promise<void>;
	/** Deliveries that were given up, latest first. */
	dead(limit: number): Promise<readonly DeadDelivery[]>;
	/** Forgets rows settled before an instant. */
	prune(before: number): Promise<void>;
};

const minute = 60_000;

/** Waits between one attempt and the next; after the last of them a delivery is given up. */
const waits = [1, 5, 15, 60, 180, 480, 1440].map((minutes) => minutes * minute);

/** Milliseconds to wait after attempt number `attempt` has failed, or null to give up. */
export function waitAfter(attempt: number): number | null {
	return waits[attempt - 1] ?? null;
}
