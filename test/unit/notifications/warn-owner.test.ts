import { describe, expect, it } from "vitest";
import { createBudget } from "../../../src/budget.ts";
import { planUse } from "../../../src/monitoring/plan.ts";
import {
	type OpenWarning,
	type WarningFigures,
	type WarningKind,
	type WarningRepository,
	warningKinds,
} from "../../../src/monitoring/warnings.ts";
import type { Channel } from "../../../src/notifications/channel.ts";
import { chatText, webhookPayload } from "../../../src/notifications/message.ts";
import type { Notice } from "../../../src/notifications/notice.ts";
import { failingNotices } from "../../../src/notifications/outbox.ts";
import { warnOfOne, warnOwner } from "../../../src/notifications/warn-owner.ts";

const now = Date.parse("2026-01-01T12:00:00Z");
const minute = 60_000;

const calm: WarningFigures = { failingNotices: 0, isCronLate: false, plan: [], recent: {} };
const plan = (limit: Parameters<typeof planUse>[0], used: number) => ({
	...calm,
	plan: [planUse(limit, used, 0, now)],
});

/** Figures that begin each warning, and figures that do not yet end it. */
const begin: Record<WarningKind, { bad: WarningFigures; still: WarningFigures }> = {
	notices: { bad: { ...calm, failingNotices: 3 }, still: { ...calm, failingNotices: 1 } },
	cron: { bad: { ...calm, isCronLate: true }, still: { ...calm, isCronLate: true } },
	database_size: { bad: plan("databaseSize", 400_000_000), still: plan("databaseSize", 375_000_000) },
	requests: { bad: plan("requests", 80_000), still: plan("requests", 75_000) },
	rows_read: { bad: plan("rowsRead", 4_000_000), still: plan("rowsRead", 3_750_000) },
	rows_written: { bad: plan("rowsWritten", 80_000), still: plan("rowsWritten", 75_000) },
	errors: { bad: { ...calm, recent: { "errors x": 20 } }, still: { ...calm, recent: { "errors y": 5 } } },
	spam: {
		bad: { ...calm, recent: { "comments spam": 10, "comments held": 10, "comments published": 1 } },
		still: { ...calm, recent: { "comments spam": 5 } },
	},
};

function warningsInMemory() {
	const rows = new Map<WarningKind, OpenWarning>();
	const repository: WarningRepository = {
		open: async () => [...rows.values()],
		begin: async (kind, since) => {
			if (rows.has(kind)) return false;
			rows.set(kind, { kind, since, toldAt: null });
			return true;
		},
		markTold: async (kind, toldAt) => {
			const row = rows.get(kind);
			if (row !== undefined) rows.set(kind, { ...row, toldAt });
		},
		end: async (kind) => rows.delete(kind),
	};
	return repository;
}

function setUp(accepts = () => true) {
	const sent: Notice[] = [];
	const channel = (name: Channel["name"]): Channel => ({
		name,
		isIdempotent: false,
		subrequests: 1,
		async send(notice) {
			if (!accepts()) return { sent: false, failure: "no", kind: "temporary" };
			sent.push(notice);
			return { sent: true };
		},
	});
	const sender = {
		warnings: warningsInMemory(),
		channels: [channel("slack")],
		site: { url: "https://cats.example", title: "Cats", language: "en" },
		log: () => {},
	};
	let time = now;
	const check = async (figures: WarningFigures) => {
		time += 5 * minute;
		await warnOwner(sender, figures, createBudget(), time);
		return sent.splice(0).map(({ warning }) => `${warning?.kind} ${warning?.isOver ? "over" : "begins"}`);
	};
	return { sender, check, channel };
}

describe("each warning", () => {
	it.each(warningKinds)("is told once when it begins and once when it is over: %s", async (kind) => {
		const { check } = setUp();
		const { bad, still } = begin[kind];
		expect(await check(calm)).toEqual([]);
		expect(await check(bad)).toEqual([`${kind} begins`]);
		expect(await check(bad)).toEqual([]);
		expect(await check(still)).toEqual([]);
		expect(await check(calm)).toEqual([`${kind} over`]);
		expect(await check(calm)).toEqual([]);
		expect(await check(bad)).toEqual([`${kind} begins`]);
	});

	it("does not begin below its limit", async () => {
		const { check } = setUp();
		expect(await check(plan("requests", 79_999))).toEqual([]);
		expect(await check({ ...calm, recent: { "errors x": 19, "comments published": 500 } })).toEqual([]);
	});
});

describe("a message", () => {
	it("that no channel takes is sent again, and nothing is said of a matter that is over before", async () => {
		let works = false;
		const { check } = setUp(() => works);
		const { bad } = begin.errors;
		expect(await check(bad)).toEqual([]);
		works = true;
		expect(await check(bad)).toEqual(["errors begins"]);
		works = false;
		await check(calm);
		await check(bad);
		works = true;
		expect(await check(calm)).toEqual([]);
	});

	it("is told by the other channels when one throws", async () => {
		const { sender, check, channel } = setUp();
		const broken: Channel = { ...channel("webhook"), send: () => Promise.reject(new Error("down")) };
		Object.assign(sender, { channels: [broken, channel("slack")] });
		expect(await check(begin.notices.bad)).toEqual(["notices begins"]);
	});

	it("about the cron trigger is sent by one of many requests, and ended by its next run", async () => {
		const { sender, check } = setUp();
		const told: Notice[] = [];
		Object.assign(sender, {
			channels: [
				{
					...sender.channels[0],
					async send(notice: Notice) {
						told.push(notice);
						return { sent: true };
					},
				},
			],
		});
		await Promise.all(Array.from({ length: 5 }, () => warnOfOne(sender, "cron", createBudget(), now)));
		expect(told).toHaveLength(1);
		await check(calm);
		expect(told.map(({ warning }) => warning?.isOver)).toEqual([false, true]);
		const [first] = told;
		if (first === undefined) throw new Error("nothing was told");
		expect(chatText(first, "en", (text) => text)).toBe(
			"Cats: the cron trigger is not running\nhttps://cats.example/admin",
		);
		expect(webhookPayload(first)).toMatchObject({
			warning: { kind: "cron", over: false, text: "Cats: the cron trigger is not running" },
			comments: [],
		});
	});
});

describe("notices fail", () => {
	it("when they were tried several times or given up today, not after one attempt or long ago", () => {
		const notice = {
			id: 1,
			channel: "mail" as const,
			commentId: 1,
			attempts: 1,
			failure: "x",
			createdAt: now,
			nextAt: now,
		};
		const day = 86_400_000;
		expect(
			[
				notice,
				{ ...notice, attempts: 2 },
				{ ...notice, nextAt: null },
				{ ...notice, nextAt: null, createdAt: now - day },
			].map((each) => failingNotices([each], now)),
		).toEqual([0, 1, 1, 0]);
	});
});
