import { type Counts, labelsOf, sumOf } from "./metrics.ts";
import type { PlanLimit, PlanUse } from "./plan.ts";

/** The matters of which the owner is warned. */
export const warningKinds = [
	"notices",
	"cron",
	"database_size",
	"requests",
	"rows_read",
	"rows_written",
	"errors",
	"spam",
] as const;
export type WarningKind = (typeof warningKinds)[number];

/** The figures that warnings are about. */
export type WarningFigures = {
	/** Notices that fail: tried several times, or given up within a day. */
	failingNotices: number;
	/** Whether the cron trigger has not run for a while. */
	isCronLate: boolean;
	/** The use of the limits of the plan that are known. */
	plan: readonly PlanUse[];
	/** The last ten minutes. */
	recent: Counts;
};

/** A warning that is open. `toldAt` is when the owner was told; null while no channel has taken the message. */
export type OpenWarning = { kind: WarningKind; since: number; toldAt: number | null };

/** Stores the open warnings, so that each is told once. */
export type WarningRepository = {
	open(): Promise<readonly OpenWarning[]>;
	/** Opens a warning; returns false if it is open already. */
	begin(kind: WarningKind, now: number): Promise<boolean>;
	/** Records that the owner was told. */
	markTold(kind: WarningKind, now: number): Promise<void>;
	/** Ends a warning; returns false if it is not open. */
	end(kind: WarningKind): Promise<boolean>;
};

/** Share of a limit from which the owner is warned. */
const highShare = 0.8;

/** Below its limit by this share a warning ends, so that a figure that wavers does not begin it again and again. */
const endShare = 0.75;

/** Lines of failures, and comments not published, in ten minutes: from which a warning begins, and below which it ends. */
const bursts = { errors: { begin: 20, end: 5 }, spam: { begin: 20, end: 5 } } as const;

const planKinds: Readonly<Record<PlanLimit, WarningKind>> = {
	databaseSize: "database_size",
	requests: "requests",
	rowsRead: "rows_read",
	rowsWritten: "rows_written",
};

/** Returns the warnings that should be open, given those that are. */
export function warningsFor(
	figures: WarningFigures,
	open: ReadonlySet<WarningKind>,
): ReadonlySet<WarningKind> {
	const { failingNotices, isCronLate, plan, recent } = figures;
	const spam = labelsOf(recent, "comments")
		.filter(([state]) => state !== "published")
		.reduce((sum, [, count]) => sum + count, 0);
	const burst = (kind: keyof typeof bursts, count: number) =>
		count >= (open.has(kind) ? bursts[kind].end : bursts[kind].begin);
	const isHigh = ({ limit, used, of }: PlanUse) =>
		used / of >= (open.has(planKinds[limit]) ? endShare : highShare);
	const wanted: [WarningKind, boolean][] = [
		["notices", failingNotices > 0],
		["cron", isCronLate],
		["errors", burst("errors", sumOf(recent, "errors"))],
		["spam", burst("spam", spam)],
		...plan.map((use): [WarningKind, boolean] => [planKinds[use.limit], isHigh(use)]),
	];
	return new Set(wanted.filter(([, isWanted]) => isWanted).map(([kind]) => kind));
}
