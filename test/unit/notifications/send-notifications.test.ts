import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Channel, ChannelName, Outcome } from "../../../src/notifications/channel.ts";
import type { Notice, NoticeComment } from "../../../src/notifications/notice.ts";
import type { Delivery, Outbox, Settlement } from "../../../src/notifications/outbox.ts";
import { pruneOutbox, sendNotifications } from "../../../src/notifications/send-notifications.ts";
import type { Archive } from "../../../src/posts/archive.ts";
import { fake } from "../../support/fakes/fake.ts";
import { samplePost } from "../../support/post.ts";

const now = Date.parse("2026-01-01T00:00:00Z");
const minute = 60_000;

const comment: NoticeComment = {
	id: 12,
	postId: "hello",
	parentName: null,
	name: "Ann",
	source: "A thoughtful remark.",
	waiting: true,
	lang: "en",
	createdAt: now,
};

const delivery: Delivery = {
	key: "k",
	lease: "l",
	rows: [1],
	attempt: 1,
	reader: null,
	items: [{ event: "waiting", comment }],
};

const reader = { email: "ann@mail.example", subscriptions: [4], confirmation: null, verificationLink: null };

let due: Partial<Record<ChannelName, readonly Delivery[]>>;
let steps: string[];
let settled: { key: string; settlement: Settlement }[];
let notices: Notice[];
let outcome: (notice: Notice) => Outcome | Promise<Outcome>;
let channels: Channel[];
let outbox: Outbox;
let logged: string[];

beforeEach(() => {
	due = { mail: [delivery] };
	steps = [];
	settled = [];
	notices = [];
	outcome = () => ({ sent: true });
	channels = [channelNamed("mail")];
	outbox = fake<Outbox>({
		enqueue: async () => void steps.push("enqueue"),
		async lease(channel, limit, at, until) {
			steps.push(`lease ${channel} until ${(until - at) / minute} minutes from then`);
			return (due[channel] ?? []).slice(0, limit);
		},
		async settle({ key }, settlement) {
			settled.push({ key, settlement });
		},
		prune: async (before) => void steps.push(`prune ${before}`),
	});
	logged = [];
	vi.spyOn(console, "error").mockImplementation((line: string) => void logged.push(line));
});
afterEach(() => {
	vi.restoreAllMocks();
});

const channelNamed = (name: ChannelName): Channel => ({
	name,
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
	audience: { ownerChannels: [], readers: true, owner: "all" as const, digestInterval: 0 },
	archive,
	moderationLinks: async (id: number) => [{ label: "Approve", url: `https://cats.example/m/${id}` }],
});

const send = () => sendNotifications(sender(), () => now);

describe("sending notifications", () => {
	it("adds new events to the outbox first, then leases what is due for longer than an attempt may take", async () => {
		await send();
		expect(steps).toEqual(["enqueue", "lease mail until 2 minutes from then"]);
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
		expect(settled).toEqual([{ key: "k", settlement: { state: "sent", at: now } }]);
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
		expect(settled).toEqual([{ key: "k", settlement: { state: "dropped", at: now } }]);
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
			reader: { ...reader, confirmation: { subscription: 4, postId, commentId: 12 } },
		});
		due = { mail: [confirmation("hello"), confirmation("gone")] };
		await send();
		expect(notices.map(({ reader }) => reader?.confirmation)).toMatchObject([
			{ subscription: 4, post: { title: "hello" }, replies: true },
		]);
		expect(settled.map(({ settlement }) => settlement.state)).toEqual(["sent", "dropped"]);
	});

	it("sends a verification link until it expires", async () => {
		const link = (key: string, expiresAt: number) => ({
			...delivery,
			key,
			items: [],
			reader: { ...reader, verificationLink: { verification: 1, lang: "en", expiresAt } },
		});
		due = { mail: [link("valid", now + 1), link("expired", now)] };
		await send();
		expect(notices.map(({ key }) => key)).toEqual(["valid"]);
		expect(settled.map(({ settlement }) => settlement.state)).toEqual(["sent", "dropped"]);
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
		outcome = () => ({ sent: false, failure: "Resend answered 503", retry: true });
		await send();
		expect(settled[0]?.settlement).toEqual({
			state: "due",
			at: now + minutes * minute,
			failure: "Resend answered 503",
		});
		expect(logged).toEqual([]);
	});

	it("fails for good after the eighth attempt, and the log says so", async () => {
		due = { mail: [{ ...delivery, attempt: 8 }] };
		outcome = () => ({ sent: false, failure: "Resend answered 503", retry: true });
		await send();
		expect(settled[0]?.settlement).toEqual({ state: "dead", at: now, failure: "Resend answered 503" });
		expect(logged.join()).toContain("failed for good after attempt 8 on mail");
	});

	it("fails for good at once when the receiver refuses it", async () => {
		outcome = () => ({ sent: false, failure: "Resend answered 403", retry: false });
		await send();
		expect(settled[0]?.settlement.state).toBe("dead");
	});

	it("counts as failed when the channel throws, by the error's name alone, and the next is still sent", async () => {
		due = { mail: [delivery, { ...delivery, key: "next" }] };
		outcome = ({ key }) => {
			if (key === "k") throw new TypeError("https://hooks.example/secret is unreachable");
			return { sent: true };
		};
		await send();
		expect(settled).toEqual([
			{ key: "k", settlement: { state: "due", at: now + minute, failure: "TypeError" } },
			{ key: "next", settlement: { state: "sent", at: now } },
		]);
	});
});

describe("a channel that fails", () => {
	it("delays no other, even when it never answers", async () => {
		channels = [channelNamed("webhook"), channelNamed("mail")];
		due = { webhook: [{ ...delivery, key: "hangs" }], mail: [delivery] };
		outcome = ({ key }) => (key === "hangs" ? new Promise(() => {}) : { sent: true });
		void send();
		await vi.waitFor(() => expect(settled).toEqual([{ key: "k", settlement: { state: "sent", at: now } }]));
	});

	it("does not keep the others from sending when its rows cannot be read", async () => {
		channels = [channelNamed("webhook"), channelNamed("mail")];
		const { lease } = outbox;
		outbox.lease = async (channel, ...rest) => {
			if (channel === "webhook") throw new Error("params: ann@mail.example", { cause: "no such table" });
			return lease(channel, ...rest);
		};
		await send();
		expect(settled.map(({ key }) => key)).toEqual(["k"]);
		expect(logged.join()).toContain("no such table");
		expect(logged.join()).not.toContain("ann@mail.example");
	});

	it("sends what is due although new events could not be added", async () => {
		outbox.enqueue = () => Promise.reject(new Error("the database is locked"));
		await send();
		expect(settled.map(({ key }) => key)).toEqual(["k"]);
		expect(logged.join()).toContain("could not be added to the outbox");
	});
});

describe("the outbox", () => {
	it("keeps settled rows for ninety days", async () => {
		await pruneOutbox(sender(), now);
		expect(steps).toEqual([`prune ${now - 90 * 24 * 60 * minute}`]);
	});
});
