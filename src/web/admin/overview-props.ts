import type { Figures } from "../../monitoring/figures.ts";
import type { PlanUse } from "../../monitoring/plan.ts";
import type { Post } from "../../posts/post.ts";
import type { Redirect } from "../../posts/redirects.ts";
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
	/** Addresses that do not exist, each with the post that may be meant. */
	missing: readonly { path: string; host: string; count: number; suggestion: Post | null }[];
	redirects: readonly Redirect[];
	plan: readonly PlanUse[];
	/** Whether the use of the plan is the whole account's, as the platform counts it. */
	isPlanOfAccount: boolean;
	state: OverviewState;
};
