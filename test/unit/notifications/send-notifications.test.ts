import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Budget, createBudget, invocationLimits } from "../../../src/budget.ts";
import { createLog } from "../../../src/log.ts";
import type { Channel, ChannelName, Outcome } from "../../../src/notifications/channel.ts";
import type { Notice, NoticeComment } from "../../../src/notifications/notice.ts";
import type { Delivery, DeliveryChange, Outbox } from "../../../src/notifications/outbox.ts";
import {
	pruneOutbox,
	recoverNotifications,
	sendNotifications,
} from "../../../src/notifications/send-notifications.ts";
import type { Archive } from "../../../src/posts/archive.ts";
import { eventually } from "../../support/eventually.ts";
import { fake } from "../../support/fakes/fake.ts";
import { samplePost } from "../../support/post.ts";

const now = Date.parse("2026-01-01T00:00:00Z");
const minute = 60_000;

const comment: NoticeComment = {
	id: 12,
	postId: "hello",
	parentName: null,
	parentByAuthor: false,
	byAuthor: false,
	name: "Ann",
	source: "A thoughtful remark.",
	waiting: true,
	lang: "en",
	createdAt: now,
};

const delivery: Delivery = {
	key: "k",
	lease: "l",
	channel: "mail",
	rows: [1],
	attempt: 1,
	reader: null,
	items: [{ event: "waiting", comment }],
};

const reader = {
	email: "ann@mail.example",
	subscriptions: [{ id: 4, createdAt: 1 }],
	confirmation: null,
	verificationLink: null,
};

let due: Partial<Record<ChannelName, readonly Delivery[]>>;
let steps: string[];
let changes: (readonly DeliveryChange[])[];
let budget: Budget;
let notices: Notice[];
let outcome: (notice: Notice) => Outcome | Promise<Outcome>;
let channels: Channel[];
let outbox: Outbox;
let logged: string[];

beforeEach(() => {
	due = { mail: [delivery] };
	steps = [];
	changes = [];
	budget = createBudget();
	notices = [];
	outcome = () => ({ sent: true });
	channels = [channelNamed("mail")];
	outbox = fake<Outbox>({
		enqueue: async () => void steps.push("enqueue"),
		enqueueForReaders: async () => false,
		shortenWaits: async ({ waits, lease }) => {
			const minutes = waits.map((wait) => wait / minute);
			steps.push(`no wait over ${minutes.join()} minutes, no lease over ${lease / minute}`);
		},
		recover: async (idempotent) => void steps.push(`recover ${idempotent.join()}`),
		due: async () =>
			Object.entries(due).map(([channel, { length: count }]) => ({ channel: channel as ChannelName, count })),
		async lease(limits, at, until) {
			steps.push(`lease ${JSON.stringify(limits)} until ${(until - at) / minute} minutes from then`);
			return Object.entries(limits).flatMap(([channel, limit]) =>
				(due[channel as ChannelName] ?? []).slice(0, limit),
			);
		},
		async change(_, made) {
			changes.push(made);
			return made.filter(({ state }) => state === "sending").length;
		},
		prune: async (before, limit) => void steps.push(`prune ${before}, at most ${limit}`),
	});
	logged = [];
	vi.spyOn(console, "error").mockImplementation((line: string) => void logged.push(line));
});
afterEach(() => {
	vi.restoreAllMocks();
});

/** The results that were stored, without the marks before them. */
const results = () => changes.flat().filter(({ state }) => state !== "sending");

const channelNamed = (name: ChannelName, isIdempotent = true): Channel => ({
	name,
	isIdempotent,
	subrequests: 1,
	send: async (notice) => {
		notices.push(notice);
		return outcome(notice);
	},
});

const archive = fake<Archive>({
	site: fake<Archive["site"]>({ url: "https://cats.example" }),
	findById: (id) => (id === "hello" ? samplePost() : null),
});

const sender = () => ({
	outbox,
	channels,
	audience: {
		ownerChannels: [],
		ownerEmail: null,
		readers: true,
		owner: "all" as const,
		digestInterval: 0,
		noticesPerDay: 1000,
	},
	archive,
	moderationLinks: async ({ id }: { id: number }) => [
		{ label: "Approve", url: `https://cats.example/m/${id}` },
	],
});

const send = () => sendNotifications({ ...sender(), log: createLog("the run") }, budget, () => now);

describe("sending notifications", () => {
	it("adds new events to the outbox first, then leases what is due for longer than an attempt may take", async () => {
		await send();
		expect(steps).toEqual(["enqueue", 'lease {"mail":1} until 2 minutes from then']);
	});

	it("sends a notice with its post, its permalink and links to decide by, and settles it", async () => {
		await send();
		expect(notices).toEqual([
			{
				key: "k",
				at: now,
				reader: null,
				items: [
					{
						event: "waiting",
						comment,
						post: { title: "hello", lang: "en", url: "https://cats.example/hello/" },
						url: "https://cats.example/comments/12",
						decisions: [{ label: "Approve", url: "https://cats.example/m/12" }],
					},
				],
			},
		]);
		expect(results()).toEqual([{ rows: [1], state: "sent", at: now }]);
	});

	it("gives readers no links by which the owner decides", async () => {
		due = { mail: [{ ...delivery, reader, items: [{ event: "reply", comment }] }] };
		await send();
		expect(notices[0]?.items[0]?.decisions).toEqual([]);
	});

	it("drops a notice about a post that readers can no longer see", async () => {
		due = { mail: [{ ...delivery, items: [{ event: "waiting", comment: { ...comment, postId: "gone" } }] }] };
		await send();
		expect(notices).toEqual([]);
		expect(results()).toEqual([{ rows: [1], state: "dropped", at: now }]);
	});

	it("sends what is left of a digest of which one post is gone", async () => {
		const gone = { ...comment, id: 13, postId: "gone" };
		due = {
			mail: [
				{
					...delivery,
					items: [
						{ event: "waiting", comment: gone },
						{ event: "waiting", comment },
					],
				},
			],
		};
		await send();
		expect(notices[0]?.items.map(({ comment }) => comment.id)).toEqual([12]);
	});

	it("sends a confirmation for a post that exists, and drops one for a post that is gone", async () => {
		const confirmation = (postId: string) => ({
			...delivery,
			key: postId,
			items: [],
			reader: { ...reader, confirmation: { subscription: { id: 4, createdAt: 1 }, postId, commentId: 12 } },
		});
		due = { mail: [confirmation("hello"), confirmation("gone")] };
		await send();
		expect(notices.map(({ reader }) => reader?.confirmation)).toMatchObject([
			{ subscription: { id: 4, createdAt: 1 }, post: { title: "hello" }, replies: true },
		]);
		expect(results().map(({ state }) => state)).toEqual(["sent", "dropped"]);
	});

	it("sends a verification link until it expires", async () => {
		const link = (key: string, expiresAt: number) => ({
			...delivery,
			key,
			items: [],
			reader: {
				...reader,
				verificationLink: { verification: { id: 1, createdAt: 1 }, lang: "en", expiresAt },
			},
		});
		due = { mail: [link("valid", now + 1), link("expired", now)] };
		await send();
		expect(notices.map(({ key }) => key)).toEqual(["valid"]);
		expect(results().map(({ state }) => state)).toEqual(["sent", "dropped"]);
	});
});

describe("a notification that fails", () => {
	it.each([
		[1, 1],
		[2, 5],
		[4, 60],
		[7, 1440],
	])("is due again after attempt %i in %i minutes", async (attempt, minutes) => {
		due = { mail: [{ ...delivery, attempt }] };
		outcome = () => ({ sent: false, failure: "Resend answered 503", kind: "temporary" });
		await send();
		expect(results()[0]).toEqual({
			rows: [1],
			state: "due",
			at: now + minutes * minute,
			failure: "Resend answered 503",
		});
		expect(logged).toEqual([]);
	});

	it("fails for good after the eighth attempt, and the log says so", async () => {
		due = { mail: [{ ...delivery, attempt: 8 }] };
		outcome = () => ({ sent: false, failure: "Resend answered 503", kind: "temporary" });
		await send();
		expect(results()).toEqual([{ rows: [1], state: "dead", at: now, failure: "Resend answered 503" }]);
		expect(logged.join()).toContain("failed for good after attempt 8 on mail");
	});

	it("fails for good at once when the receiver refuses it", async () => {
		outcome = () => ({ sent: false, failure: "Resend answered 422", kind: "permanent" });
		await send();
		expect(results()[0]?.state).toBe("dead");
	});

	it("counts as failed when the channel throws, by the error's name alone, and the next is still sent", async () => {
		due = { mail: [delivery, { ...delivery, key: "next", rows: [2] }] };
		outcome = ({ key }) => {
			if (key === "k") throw new TypeError("https://hooks.example/secret is unreachable");
			return { sent: true };
		};
		await send();
		expect(results()).toEqual([
			{ rows: [1], state: "due", at: now + minute, failure: "TypeError" },
			{ rows: [2], state: "sent", at: now },
		]);
	});
});

describe("a failure that the operator can mend", () => {
	it.each([
		[1, 5],
		[3, 60],
		[5, 360],
		[119, 360],
	])("waits after attempt %i for %i minutes", async (attempt, minutes) => {
		due = { mail: [{ ...delivery, attempt }] };
		outcome = () => ({ sent: false, failure: "Resend answered 401", kind: "setup" });
		await send();
		expect(results()).toEqual([
			{ rows: [1], state: "due", at: now + minutes * minute, failure: "Resend answered 401" },
		]);
	});

	it("is given up after a month", async () => {
		due = { mail: [{ ...delivery, attempt: 120 }] };
		outcome = () => ({ sent: false, failure: "Resend answered 401", kind: "setup" });
		await send();
		expect(results()[0]?.state).toBe("dead");
	});
});

describe("a notice", () => {
	it("is marked before it is sent, together with the result of the one before it", async () => {
		due = { mail: [delivery, { ...delivery, key: "next", rows: [2, 3] }] };
		await send();
		expect(changes).toEqual([
			[{ rows: [1], state: "sending", at: now + 2 * minute }],
			[
				{ rows: [1], state: "sent", at: now },
				{ rows: [2, 3], state: "sending", at: now + 2 * minute },
			],
			[{ rows: [2, 3], state: "sent", at: now }],
		]);
	});

	it("is not sent when another sender has taken it meanwhile", async () => {
		outbox.change = async () => 0;
		await send();
		expect(notices).toEqual([]);
	});
});

describe("a budget", () => {
	const many = (channel: ChannelName) =>
		Array.from({ length: 50 }, (_, at) => ({ ...delivery, channel, key: `${channel} ${at}`, rows: [at] }));

	it("limits what is leased, in turn, so that no channel waits for the backlog of another", async () => {
		channels = [channelNamed("mail"), channelNamed("webhook")];
		due = { mail: many("mail"), webhook: many("webhook").slice(0, 2) };
		budget = createBudget({ ...invocationLimits, statements: 4 + 1 + 3 + 2 + 8 });
		await send();
		expect(notices.map(({ key }) => key.split(" ")[0]).sort()).toEqual([
			...Array(6).fill("mail"),
			...Array(2).fill("webhook"),
		]);
		expect(changes.length).toBeLessThanOrEqual(2 + 8);
		expect(budget.take({ statements: 1 })).toBe(false);
	});

	it("limits how many batches of subscribers are added, three at most", async () => {
		const batches = async (statements: number, left: number) => {
			let count = 0;
			outbox.enqueueForReaders = async (_, __, mayGoOn) => {
				if (!mayGoOn()) return false;
				count += 1;
				return count < left;
			};
			budget = createBudget({ ...invocationLimits, statements });
			await send();
			return count;
		};
		expect(await batches(4 + 2 * 5, 9)).toBe(2);
		expect(await batches(50, 9)).toBe(3);
		expect(await batches(50, 2)).toBe(2);
		expect(await batches(4, 9)).toBe(0);
	});

	it("counts the requests of a delivery", async () => {
		due = { mail: many("mail") };
		channels = [{ ...channelNamed("mail"), subrequests: 3 }];
		budget = createBudget({ ...invocationLimits, subrequests: 10 });
		await send();
		expect(notices).toHaveLength(3);
	});

	it("without bytes left leaves a delivery due, as if it had not been tried", async () => {
		budget = createBudget({ ...invocationLimits, bytes: 100 });
		await send();
		expect(notices).toEqual([]);
		expect(changes).toEqual([[{ rows: [1], state: "due", at: now }]]);
	});

	it("without statements left does nothing", async () => {
		budget = createBudget({ ...invocationLimits, statements: 3 });
		await send();
		expect(steps).toEqual([]);
	});
});

describe("a channel that fails", () => {
	it("delays no other, even when it never answers", async () => {
		channels = [channelNamed("webhook"), channelNamed("mail")];
		due = { webhook: [{ ...delivery, channel: "webhook", key: "hangs" }], mail: [delivery] };
		outcome = ({ key }) => (key === "hangs" ? new Promise(() => {}) : { sent: true });
		void send();
		await eventually(() => expect(results()).toEqual([{ rows: [1], state: "sent", at: now }]));
	});

	it("does not keep the others from sending when its results cannot be stored", async () => {
		channels = [channelNamed("webhook"), channelNamed("mail")];
		due = { webhook: [{ ...delivery, channel: "webhook", lease: "fails" }], mail: [delivery] };
		const { change } = outbox;
		outbox.change = async (lease, made) => {
			if (lease === "fails") throw new Error("params: ann@mail.example", { cause: "no such table" });
			return change(lease, made);
		};
		await send();
		expect(results()).toEqual([{ rows: [1], state: "sent", at: now }]);
		expect(notices.map(({ key }) => key)).toEqual(["k"]);
		expect(logged.join()).toContain("no such table");
		expect(logged.join()).not.toContain("ann@mail.example");
	});

	it("sends what is due although new events could not be added", async () => {
		outbox.enqueue = () => Promise.reject(new Error("the database is locked"));
		await send();
		expect(results()).toEqual([{ rows: [1], state: "sent", at: now }]);
		expect(logged.join()).toContain("could not be added to the outbox");
	});
});

describe("the outbox", () => {
	it("keeps settled rows for ninety days", async () => {
		await pruneOutbox(sender(), budget, now);
		expect(steps).toEqual([`prune ${now - 90 * 24 * 60 * minute}, at most 1000`]);
	});

	it("takes back what was being sent when a sender stopped, from receivers that recognise it", async () => {
		channels = [channelNamed("mail"), channelNamed("slack", false)];
		await recoverNotifications(sender(), budget, now);
		const longest = "no wait over 0,5,15,60,180,360,480,1440 minutes, no lease over 2";
		expect(steps).toEqual([longest, "recover mail"]);
	});
});
