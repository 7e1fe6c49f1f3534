import { describe, expect, it } from "vitest";
import { type DatabaseHealth, readinessOf, rememberedCheck } from "../../../src/monitoring/health.ts";

const now = Date.parse("2026-01-01T12:00:00Z");
const minute = 60_000;
const well: DatabaseHealth = { database: "ok", migrations: "ok", cronRanAt: now - minute };
const deployed = { hasSecret: true, deployedAt: now - 60 * minute, now };

describe("a deployment is ready", () => {
	it("when its database, its cron trigger and its secret are", () => {
		expect(readinessOf(well, deployed)).toEqual({
			ready: true,
			database: "ok",
			migrations: "ok",
			cron: "ok",
			signing_secret: "ok",
		});
	});

	it("for three minutes without a run of the cron trigger, and no longer", () => {
		const fresh = { ...well, cronRanAt: null };
		const deployedFor = (minutes: number) =>
			readinessOf(fresh, { ...deployed, deployedAt: now - minutes * minute });
		expect([deployedFor(2.9).cron, deployedFor(2.9).ready]).toEqual(["starting", true]);
		expect([deployedFor(3).cron, deployedFor(3).ready]).toEqual(["late", false]);
	});

	it("while the cron trigger ran within a quarter of an hour", () => {
		const ran = (minutes: number) =>
			readinessOf({ ...well, cronRanAt: now - minutes * minute }, deployed).cron;
		expect([ran(14), ran(15), ran(-14), ran(-15)]).toEqual(["ok", "late", "ok", "late"]);
	});

	it("not without migrations, database or secret, and then says nothing about what it cannot know", () => {
		const missing = readinessOf({ ...well, migrations: "missing" }, deployed);
		expect([missing.ready, missing.cron]).toEqual([false, "unknown"]);
		const down = readinessOf({ database: "down", migrations: "unknown", cronRanAt: null }, deployed);
		expect([down.ready, down.database, down.migrations]).toEqual([false, "down", "unknown"]);
		const unsigned = readinessOf(well, { ...deployed, hasSecret: false });
		expect([unsigned.ready, unsigned.signing_secret]).toEqual([false, "missing"]);
	});
});

describe("the check of the database", () => {
	it("is repeated after ten seconds, or when the clock was set back", async () => {
		let asked = 0;
		const check = rememberedCheck(async () => ({ ...well, cronRanAt: ++asked }));
		const at = async (time: number) => (await check(time)).cronRanAt;
		expect([await at(now), await at(now + 9_999), await at(now + 10_000)]).toEqual([1, 1, 2]);
		expect([await at(now + 19_999), await at(now), await at(now)]).toEqual([2, 3, 3]);
	});
});
