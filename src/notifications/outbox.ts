import type { Row } from "../tokens/row.ts";
import type { ChannelName, Failure, FailureKind } from "./channel.ts";
import { type CommentEvent, commentEvents, type NoticeComment, type VerificationLink } from "./notice.ts";

/** The subjects of outbox rows: an event of a comment, or a requested link. */
export const outboxEvents = [...commentEvents, "confirmation", "verification"] as const;
export type OutboxEvent = (typeof outboxEvents)[number];

/** The states of an outbox row: due, being sent, sent, dropped as no longer true, or failed for good. */
export const outboxStates = ["due", "sending", "sent", "dropped", "dead"] as const;

/** The outbox rows leased together, which are sent as one message. */
export type Delivery = {
	/** Idempotency key: the same at every attempt, so that a provider that supports such keys sends it once. */
	key: string;
	/** Identifies this lease; a sender whose lease has expired can no longer settle the rows. */
	lease: string;
	channel: ChannelName;
	rows: readonly number[];
	/** Number of this attempt, from 1. */
	attempt: number;
	/** Null for the owner. */
	reader: {
		email: string;
		subscriptions: readonly Row[];
		confirmation: { subscription: Row; postId: string; commentId: number | null } | null;
		verificationLink: VerificationLink | null;
	} | null;
	items: readonly { event: CommentEvent; comment: NoticeComment }[];
};

/**
 * A change of a leased delivery's rows. `sending` marks them before an attempt, until `at` at the latest: rows with the mark
 * are not sent again, unless the receiver recognises the key. `due` is the next attempt's time; without `failure` there was
 * no attempt.
 */
export type DeliveryChange = Pick<Delivery, "rows"> &
	(
		| { state: "sending" | "sent" | "dropped"; at: number }
		| { state: "dead"; at: number; failure: string }
		| { state: "due"; at: number; failure?: string }
	);

/** The recipients of notices, from the site's settings. */
export type Audience = {
	/** Channels that notify the owner. */
	ownerChannels: readonly ChannelName[];
	/** The owner's e-mail address, to which no notice for readers repeats one for the owner; null for none. */
	ownerEmail: string | null;
	/** Whether readers are notified by mail. */
	readers: boolean;
	/** Comments that notify the owner. */
	owner: "all" | "waiting" | "none";
	/** Milliseconds after one mail in which further events for the same recipient are collected into a digest. */
	digestInterval: number;
	/** Most notices to readers in a day. */
	noticesPerDay: number;
};

/** A notice that could not be sent, shown to the operator. */
export type FailedNotice = {
	id: number;
	channel: ChannelName;
	commentId: number | null;
	attempts: number;
	failure: string;
	/** The next attempt's time (epoch milliseconds); null for none. */
	nextAt: number | null;
	/** When its comment or request caused it, in epoch milliseconds. */
	createdAt: number;
};

/** The most deliveries to lease, by channel. */
export type LeaseLimits = Partial<Record<ChannelName, number>>;

/** The longest a row may wait, in milliseconds: after 0, 1, … attempts, and while it is leased. */
export type LongestWaits = { waits: readonly number[]; lease: number };

/** Stores notices until they are sent. */
export type Outbox = {
	/**
	 * Turns comment events into one row for each of the owner's channels, and puts aside what readers subscribe to. Existing
	 * rows are left unchanged.
	 */
	enqueue(audience: Audience, now: number): Promise<void>;
	/**
	 * Adds a row for each of the next subscribers, up to the day's limit; the others wait. Returns whether more can be added
	 * now. Asks `mayGoOn` once it has found any.
	 */
	enqueueForReaders(audience: Audience, now: number, mayGoOn: () => boolean): Promise<boolean>;
	/**
	 * Ends the leases of senders that stopped while sending. Rows of the channels `idempotent` are due again; others may have
	 * arrived, and are given up with a failure that says so.
	 */
	recover(idempotent: readonly ChannelName[], now: number): Promise<void>;
	/** Bounds the waits and leases of rows, which are longer only if the clock was set back since they were stored. */
	shortenWaits(longest: LongestWaits, now: number): Promise<void>;
	/** Counts the due rows of each channel, up to a limit. */
	due(now: number): Promise<readonly { channel: ChannelName; count: number }[]>;
	/** Leases due deliveries; no other sender gets them before `until`. */
	lease(limits: LeaseLimits, now: number, until: number): Promise<readonly Delivery[]>;
	/** Stores changes of deliveries of one lease in one statement; returns how many rows are marked as being sent. */
	change(lease: string, changes: readonly DeliveryChange[]): Promise<number>;
	/** Returns the notices that could not be sent, whether or not there are attempts left, latest first. */
	failed(limit: number): Promise<readonly FailedNotice[]>;
	/** Makes at most `limit` failed notices due at once, as if they had never been tried; `id` limits it to one. */
	retry(request: { id: number | null; limit: number; now: number }): Promise<number>;
	/** Deletes at most `limit` rows settled before a time (epoch milliseconds), and the counts of days before `now`. */
	prune(before: number, limit: number, now: number): Promise<void>;
};

const minute = 60_000;

/** Milliseconds between attempts; after the last one a delivery fails for good. */
const retryDelays = [1, 5, 15, 60, 180, 480, 1440].map((minutes) => minutes * minute);

/** The same while the operator has something to mend; the last one is repeated. */
const setupDelays = [5, 15, 60, 180, 360].map((minutes) => minutes * minute);

/** Attempts after which nobody is expected to mend it: a month. */
const setupAttempts = 120;

/** Returns the milliseconds to wait after failed attempt number `attempt`, or null to give up. */
function retryDelay(attempt: number, kind: FailureKind): number | null {
	if (kind === "permanent") return null;
	if (kind === "temporary") return retryDelays[attempt - 1] ?? null;
	return attempt < setupAttempts ? (setupDelays[attempt - 1] ?? setupDelays.at(-1) ?? null) : null;
}

/** Attempts after which a failure is no accident, and milliseconds for which a notice that was given up counts. */
const seriousAttempts = 2;
const seriousTime = 86_400_000;

/** Counts the notices that fail now: tried several times, or given up within a day. */
export function failingNotices(failed: readonly FailedNotice[], now: number): number {
	return failed.filter(({ nextAt, attempts, createdAt }) =>
		nextAt === null ? now - createdAt < seriousTime : attempts >= seriousAttempts,
	).length;
}

/** Returns the longest waits after 0, 1, … attempts, in milliseconds; the last one is that of all later attempts. */
export function longestWaits(digestInterval: number): number[] {
	const lastSetup = setupDelays.at(-1) ?? 0;
	return [digestInterval, ...retryDelays.map((delay, at) => Math.max(delay, setupDelays[at] ?? lastSetup))];
}

/** Returns the change of a delivery that failed: due again later, or dead. */
export function failedChange(
	{ rows, attempt }: Pick<Delivery, "rows" | "attempt">,
	{ failure, kind }: Failure,
	now: number,
): DeliveryChange {
	const wait = retryDelay(attempt, kind);
	return wait === null
		? { rows, state: "dead", at: now, failure }
		: { rows, state: "due", at: now + wait, failure };
}
