import type { Figures } from "../../monitoring/figures.ts";
import type { PlanUse } from "../../monitoring/plan.ts";
import type { AdminFrame } from "./layout.tsx";

/** Counts of what waits for somebody, and when the cron trigger ran. */
export type OverviewState = {
	waiting: number;
	spam: number;
	reported: number;
	failedNotices: number;
	dueNotices: number;
	pendingPurges: number;
	cronRanAt: number | null;
	isCronLate: boolean;
};

export type OverviewProps = AdminFrame & {
	now: number;
	figures: Figures;
	plan: readonly PlanUse[];
	state: OverviewState;
};
