import { afterEach, describe, expect, it, vi } from "vitest";
import { planUseOf } from "../../../src/monitoring/figures.ts";
import { rememberedTotals } from "../../../src/monitoring/plan.ts";
import { cloudflareAnalytics } from "../../../src/platform/cloudflare-analytics.ts";

const now = Date.parse("2026-01-01T12:00:00Z");
const use = { requests: 12_000, rowsRead: 340_000, rowsWritten: 5_600 };

/** An answer as Cloudflare documents it: two Workers and two databases of one account. */
const answer = {
	data: {
		viewer: {
			accounts: [
				{
					workersInvocationsAdaptive: [{ sum: { requests: 11_000 } }, { sum: { requests: 1_000 } }],
					d1AnalyticsAdaptiveGroups: [
						{ sum: { rowsRead: 300_000, rowsWritten: 5_000 } },
						{ sum: { rowsRead: 40_000, rowsWritten: 600 } },
					],
				},
			],
		},
	},
	errors: null,
};

afterEach(() => vi.unstubAllGlobals());

describe("Cloudflare's analytics", () => {
	const read = cloudflareAnalytics({ account: "account", token: "token" });

	it("are asked with the token for one day, and added up over Workers and databases", async () => {
		const asked: Request[] = [];
		vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
			asked.push(new Request(url, init));
			return Response.json(answer);
		});
		expect(await read("2026-01-01")).toEqual(use);
		const [request] = asked;
		expect(request?.url).toBe("https://api.cloudflare.com/client/v4/graphql");
		expect(request?.headers.get("Authorization")).toBe("Bearer token");
		expect(await request?.json()).toMatchObject({ variables: { account: "account", date: "2026-01-01" } });
	});

	it.each([
		["a refusal", () => new Response("no", { status: 403 })],
		["an error of GraphQL", () => Response.json({ data: null, errors: [{ message: "not authorized" }] })],
		["no account", () => Response.json({ data: { viewer: { accounts: [] } }, errors: null })],
		["no JSON", () => new Response("<html>")],
	])("fail with %s", async (_, respond) => {
		vi.stubGlobal("fetch", async () => respond());
		await expect(read("2026-01-01")).rejects.toThrow();
	});
});

describe("the totals of the platform", () => {
	it("are asked for every five minutes and each day, and are null when that fails", async () => {
		const dates: string[] = [];
		const failures: unknown[] = [];
		let works = true;
		const totals = rememberedTotals(
			async (date) => {
				dates.push(date);
				if (!works) throw new Error("down");
				return use;
			},
			(error) => failures.push(error),
		);
		for (const minutes of [0, 1, 4.9, 5, 6]) expect(await totals(now + minutes * 60_000)).toEqual(use);
		expect(dates).toEqual(["2026-01-01", "2026-01-01"]);
		works = false;
		expect(await totals(now + 12 * 3_600_000)).toBe(null);
		expect([dates.at(-1), failures.length]).toEqual(["2026-01-02", 1]);
		expect(await rememberedTotals(null, () => {})(now)).toBe(null);
	});

	it("take the place of what the Worker knows of the plan", () => {
		const figures = { today: { "requests hit": 7 }, lastHour: {} };
		const used = (totals: typeof use | null) =>
			planUseOf(figures, null, totals, now).map(({ used: amount }) => amount);
		expect(used(use)).toEqual([12_000, 340_000, 5_600]);
		expect(used(null)).toEqual([7, 0, 0]);
	});
});
