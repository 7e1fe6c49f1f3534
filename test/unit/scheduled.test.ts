import { describe, expect, it } from "vitest";
import { createBudget } from "../../src/budget.ts";
import { purgePending } from "../../src/caching/invalidation.ts";
import { purgeScopes } from "../../src/caching/tags.ts";
import { applyRetention } from "../../src/comments/retention.ts";
import { runEach } from "../../src/errors.ts";
import { describeError } from "../../src/log.ts";
import type { Outbox } from "../../src/notifications/outbox.ts";
import { sendNotifications } from "../../src/notifications/send-notifications.ts";
import { runCron } from "../../src/scheduled.ts";
import type { Services } from "../../src/services.ts";
import { fake } from "../support/fakes/fake.ts";
import { pendingPurgesInMemory } from "../support/fakes/pending-purges.ts";

const failure = (name: string) => async (): Promise<never> => {
	throw new Error(name);
};
/** A repository whose every method fails, with its name in the error. */
const failing = <T extends object>(repository: string) =>
	new Proxy({} as T, { get: (_, method) => failure(`${repository}.${String(method)} failed`) });

/** Noon: the hourly prune is due, and the hourly purge half an hour later. */
const noon = Date.parse("2026-01-01T12:00:00Z");

/** Runs the cron trigger on a database that refuses everything; returns what it throws and logs. */
async function runFailing(now: number) {
	const logged: { event: string; job?: unknown; error?: unknown }[] = [];
	const log: Services["log"] = (event, details) => void logged.push({ event, ...details });
	const services = {
		archive: { site: { privacy: { networkDays: 1, emailDays: 1, rejectedDays: 1 } } },
		caching: {
			pendingPurges: failing("pendingPurges"),
			purge: failure("purge"),
			cachedPages: failing("cachedPages"),
		},
		conversation: {
			retention: failing("retention"),
			writeCounts: failing("writeCounts"),
			reports: failing("reports"),
		},
		moderation: { training: failing("training"), rechecks: failing("rechecks") },
		mail: {
			readerNotifications: {
				subscriptions: failing("subscriptions"),
				verifications: failing("verifications"),
			},
			notifications: {
				outbox: failing("outbox"),
				channels: [{ name: "mail", isIdempotent: true }],
				audience: { digestInterval: 0 },
			},
		},
		identity: { usedTokens: failing("usedTokens") },
		monitoring: {
			cronRuns: failing("cronRuns"),
			writer: failing("writer"),
			metrics: failing("metrics"),
		},
		clock: { now: () => now },
		log,
	} as unknown as Services;
	const thrown = await runCron(services).then(
		() => null,
		(error: unknown) => error,
	);
	return { thrown, logged };
}

describe("a cron run whose every job fails", () => {
	it("runs every job, throws the errors of all, and logs each", async () => {
		const { thrown, logged } = await runFailing(noon);
		expect(thrown).toBeInstanceOf(AggregateError);
		const errors = (thrown as AggregateError).errors.map(String);
		const jobs = [
			"recording of the run",
			"figures",
			"purging",
			"retention",
			"pruning",
			"pruning of the outbox",
			"training",
			"recheck",
			"recovery",
		];
		expect(errors.map((error) => /^Error: ([a-z ]+): /.exec(error)?.[1])).toEqual(jobs);
		expect(logged.flatMap(({ job }) => job ?? [])).toEqual(jobs);
		// Notices never reject: both of their steps log.
		const notices = logged.filter(({ job }) => job === undefined).map(({ error }) => String(error));
		expect(notices).toEqual(["Error: outbox.enqueue failed", "Error: outbox.due failed"]);
		const purge = await runFailing(noon + 30 * 60_000);
		expect(describeError(purge.thrown)).toMatch(/retention: .*retention\.purgeRejected/);
		const prune = await runFailing(noon + 15 * 60_000);
		expect((prune.thrown as AggregateError).errors.map(String).join("\n")).toMatch(
			/pruning of cached pages: .*cachedPages\.prune/,
		);
	});

	it("drops no error of a job's steps", async () => {
		const { thrown } = await runFailing(noon);
		const described = (thrown as AggregateError).errors.map(String).join("\n");
		for (const step of [
			...["retention.deleteNetworkKeys", "retention.clearNetworks", "retention.clearEmails"],
			...["writeCounts.prune", "reports.prune", "subscriptions.prune", "verifications.prune"],
		]) {
			expect(described).toContain(`${step} failed`);
		}
	});
});

describe("steps that do not depend on each other", () => {
	it("all run, and throw one error as it is and several together", async () => {
		const ran: number[] = [];
		const step = (number: number, error?: Error) => async () => {
			ran.push(number);
			if (error !== undefined) throw error;
		};
		const [first, second] = [new Error("first"), new Error("second")];
		await runEach([step(1), step(2)]);
		await expect(runEach([step(3, first), step(4)])).rejects.toBe(first);
		const both = await runEach([step(5, first), step(6), step(7, second)]).catch((error: unknown) => error);
		expect((both as AggregateError).errors).toEqual([first, second]);
		expect(ran).toEqual([1, 2, 3, 4, 5, 6, 7]);
	});

	it("are the two purges: each is tried, what succeeded is stored, and both errors are thrown", async () => {
		const pendingPurges = pendingPurgesInMemory();
		const row = { revision: 1, purgedAt: null };
		pendingPurges.rows.push({ postId: "a", scope: purgeScopes.thread | purgeScopes.removal, ...row });
		pendingPurges.rows.push({ postId: "b", scope: purgeScopes.thread, ...row });
		const fail = (...which: string[]) =>
			purgePending(
				{
					pendingPurges,
					purge: async (how) => {
						if (which.includes(how)) throw new Error(`${how} failed`);
						return true;
					},
				},
				createBudget(),
				noon,
			).catch(String);
		const both = await purgePending(
			{ pendingPurges, purge: failure("no purge") },
			createBudget(),
			noon,
		).catch((error: unknown) => error);
		expect((both as AggregateError).errors.map(String)).toEqual(["Error: no purge", "Error: no purge"]);
		expect(await fail("drop")).toBe("Error: drop failed");
		expect(pendingPurges.rows.map(({ postId, purgedAt }) => [postId, purgedAt])).toEqual([
			["a", null],
			["b", noon],
		]);
	});

	it("are the channels: each that fails is logged", async () => {
		const logged: string[] = [];
		const delivery = (channel: string) => ({
			channel,
			key: "k",
			lease: "l",
			rows: [1],
			attempt: 1,
			items: [],
		});
		await sendNotifications(
			{
				outbox: fake<Outbox>({
					enqueue: async () => {},
					due: async () => [
						{ channel: "mail", count: 1 },
						{ channel: "slack", count: 1 },
					],
					lease: async () => [delivery("mail"), delivery("slack")] as never,
					change: failure("no change"),
				}),
				channels: [
					{ name: "mail", subrequests: 1 },
					{ name: "slack", subrequests: 1 },
				] as never,
				audience: {} as never,
				archive: {} as never,
				moderationLinks: {} as never,
				log: (event, details) => void logged.push(`${details?.channel}: ${event}`),
			},
			createBudget(),
			() => noon,
		);
		const event = "results of sending could not be stored";
		expect(logged).toEqual([`mail: ${event}`, `slack: ${event}`]);
	});

	it("are those of retention", async () => {
		const error = await applyRetention(
			failing("retention"),
			{ networkDays: 1, emailDays: 1 } as never,
			createBudget(),
			noon,
		).catch((thrown: unknown) => thrown);
		expect((error as AggregateError).errors).toHaveLength(3);
	});
});
