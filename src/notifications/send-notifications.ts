import type { Budget } from "../budget.ts";
import { runEach } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Archive } from "../posts/archive.ts";
import type { Channel, Outcome } from "./channel.ts";
import { deliveryNotice } from "./delivery-notice.ts";
import type { ModerationLinks, Notice } from "./notice.ts";
import {
	type Audience,
	type Delivery,
	type DeliveryChange,
	failedChange,
	type LeaseLimits,
	longestWaits,
	type Outbox,
} from "./outbox.ts";

/** The outbox with everything needed to send its notices. */
export type NotificationSender = {
	outbox: Outbox;
	channels: readonly Channel[];
	audience: Audience;
	archive: Archive;
	moderationLinks: ModerationLinks;
};

/** The sender with the log of the request or run that sends. */
type LoggedSender = NotificationSender & { log: Log };

/** Milliseconds; longer than any attempt may take, so that a lease expires only if its sender stopped. */
const leaseDuration = 2 * 60_000;

/** Milliseconds settled rows are kept; until then a comment published again notifies nobody again. */
const settledRetention = 90 * 86_400_000;

/** Rows deleted in one run; more than an hour of the free plan's writes can add. */
const pruneLimit = 1000;

/** The costs of the steps. `lease` counts and leases; each delivery is marked with the result of the one before. */
const costs = {
	recover: { statements: 3, rows: 400 },
	enqueue: { statements: 4, rows: 6000 },
	look: { statements: 1, rows: 10 },
	readers: { statements: 4, rows: 1500 },
	lease: { statements: 3, rows: 9000 },
	lastResult: { statements: 1 },
	delivery: { statements: 1, rows: 20 },
} as const;

/**
 * Ends the leases of senders that stopped while sending, so that their notices are sent again or shown as failed. After the
 * clock was set back no notice waits longer than it would have.
 */
export async function recoverNotifications(
	{ outbox, channels, audience }: NotificationSender,
	budget: Budget,
	now: number,
): Promise<void> {
	if (channels.length === 0 || !budget.take(costs.recover)) return;
	const idempotent = channels.filter(({ isIdempotent }) => isIdempotent).map(({ name }) => name);
	await runEach([
		() => outbox.shortenWaits({ waits: longestWaits(audience.digestInterval), lease: leaseDuration }, now),
		() => outbox.recover(idempotent, now),
	]);
}

/**
 * Sends due notices, as many as the budget allows; the rest waits for the next run. Channels run in parallel, so that one
 * that fails or hangs delays no other. Never rejects.
 */
export async function sendNotifications(
	sender: LoggedSender,
	budget: Budget,
	now: () => number,
): Promise<void> {
	const { outbox, channels, audience, log } = sender;
	if (!budget.take(costs.enqueue)) return;
	try {
		await outbox.enqueue(audience, now());
	} catch (error) {
		log("comment events could not be added to the outbox; the next run tries again", { error });
	}
	try {
		await enqueueForReaders(sender, budget, now);
	} catch (error) {
		log("notices to subscribers could not be added to the outbox; the next run tries again", { error });
	}
	if (channels.length === 0 || !budget.take(costs.lease)) return;
	try {
		const due = new Map((await outbox.due(now())).map(({ channel, count }) => [channel, count]));
		const limits = shareBudget(channels, (name) => due.get(name) ?? 0, budget);
		if (Object.keys(limits).length === 0) return;
		const deliveries = await outbox.lease(limits, now(), now() + leaseDuration);
		await Promise.all(
			channels.map((channel) =>
				sendLeased(
					channel,
					deliveries.filter(({ channel: name }) => name === channel.name),
					sender,
					budget,
					now,
				),
			),
		);
	} catch (error) {
		log("the outbox could not be read; the next run tries again", { error });
	}
}

/** Batches of subscribers in one run. */
const readerBatches = 3;

async function enqueueForReaders(
	{ outbox, audience }: LoggedSender,
	budget: Budget,
	now: () => number,
): Promise<void> {
	for (let batch = 0; audience.readers && batch < readerBatches && budget.take(costs.look); batch++) {
		if (!(await outbox.enqueueForReaders(audience, now(), () => budget.take(costs.readers)))) return;
	}
}

/** Deletes rows of the outbox that were settled long ago. */
export async function pruneOutbox(
	{ outbox }: NotificationSender,
	budget: Budget,
	now: number,
): Promise<void> {
	if (budget.take({ statements: 2, rows: pruneLimit * 8 }))
		await outbox.prune(now - settledRetention, pruneLimit, now);
}

/** Takes the deliveries of each channel from the budget, in turn, so that no channel waits for the backlog of another. */
function shareBudget(
	channels: readonly Channel[],
	dueOf: (name: Channel["name"]) => number,
	budget: Budget,
): LeaseLimits {
	const limits: LeaseLimits = {};
	let open = channels.filter(({ name }) => dueOf(name) > 0 && budget.take(costs.lastResult));
	while (open.length > 0) {
		open = open.filter(({ name, subrequests }) => {
			const limit = limits[name] ?? 0;
			if (limit >= dueOf(name) || !budget.take({ ...costs.delivery, subrequests })) return false;
			limits[name] = limit + 1;
			return true;
		});
	}
	return limits;
}

/** Sends the leased deliveries of a channel one by one. Each is marked before it is sent, so that it is not sent twice. */
async function sendLeased(
	channel: Channel,
	deliveries: readonly Delivery[],
	sender: LoggedSender,
	budget: Budget,
	now: () => number,
): Promise<void> {
	const { outbox } = sender;
	let results: DeliveryChange[] = [];
	try {
		for (const delivery of deliveries) {
			const { rows, lease } = delivery;
			const notice = await deliveryNotice(delivery, sender, now());
			if (notice === null) {
				results.push({ rows, state: "dropped", at: now() });
				continue;
			}
			if (!budget.take({ bytes: sizeOf(notice) })) {
				results.push({ rows, state: "due", at: now() });
				continue;
			}
			const changes = [...results, { rows, state: "sending" as const, at: now() + leaseDuration }];
			results = [];
			if ((await outbox.change(lease, changes)) === 0) continue;
			results.push(resultOf(await attempt(channel, notice), delivery, now(), sender.log));
		}
		const [first] = deliveries;
		if (first !== undefined && results.length > 0) await outbox.change(first.lease, results);
	} catch (error) {
		sender.log("results of sending could not be stored", { channel: channel.name, error });
	}
}

async function attempt(channel: Channel, notice: Notice): Promise<Outcome> {
	try {
		return await channel.send(notice);
	} catch (error) {
		const failure = error instanceof Error ? error.name : "unknown failure";
		return { sent: false, failure, kind: "temporary" };
	}
}

function resultOf(outcome: Outcome, delivery: Delivery, now: number, log: Log): DeliveryChange {
	const { rows, attempt: number, channel } = delivery;
	if (outcome.sent) return { rows, state: "sent", at: now };
	const change = failedChange(delivery, outcome, now);
	if (change.state === "dead") {
		log(`a notice failed for good after attempt ${number} on ${channel}`, { failure: outcome.failure });
	}
	return change;
}

/** Characters of a message besides the text of comments, about. */
const frameSize = 4000;

const sizeOf = ({ items }: Notice) =>
	items.reduce((sum, { comment }) => sum + comment.source.length, frameSize);
