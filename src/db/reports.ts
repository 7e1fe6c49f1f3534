// SQL text: an INSERT ... SELECT whose conditions bound the reports of a comment in the statement that adds one.
import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import { sql } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import * as v from "valibot";
import { type ReportRepository, reportLimits } from "../comments/reports.ts";
import type { AuditContext } from "../moderation/audit-log.ts";
import type { Change } from "../moderation/changes.ts";
import type { ReportSummary } from "../moderation/queue.ts";
import { logEntries } from "./audit-log.ts";
import { json, prepareQuery, row, statement } from "./statement.ts";

const addReport = statement<{
	commentId: number;
	network: string | null;
	reason: string;
	now: number;
	limit: number;
}>(
	`INSERT INTO reports (comment_id, network, reason, created_at)
	SELECT id, :network, :reason, :now FROM comments
	WHERE id = :commentId AND state = 'published' AND NOT by_author
		AND (SELECT count(*) FROM reports WHERE comment_id = :commentId) < :limit
	ON CONFLICT (comment_id, network) DO NOTHING`,
);

const pruneReports = statement<{ before: number }>("DELETE FROM reports WHERE created_at < :before");

/** Stores reports in D1. */
export function reportRepository(d1: D1Database): ReportRepository {
	return {
		async add(report) {
			await addReport.run(d1, { ...report, limit: reportLimits.comment });
		},
		async prune(before) {
			await pruneReports.run(d1, { before });
		},
	};
}

/** The condition, in SQL text, for public comments with open reports. */
export const isReported =
	"state = 'published' AND id IN (SELECT comment_id FROM reports WHERE dismissed_at IS NULL)";

const selectReports = statement<{ ids: string }, ReportSummary & { id: number }>(
	`SELECT comment_id AS id, count(*) AS count, json_group_array(reason) AS reasons FROM reports
	WHERE dismissed_at IS NULL AND comment_id IN (SELECT value FROM json_each(:ids)) GROUP BY comment_id`,
	row({ id: v.number(), count: v.number(), reasons: json(v.array(v.string())) }),
);

/** Reads the open reports of comments, by id; a comment without any is absent. */
export async function readReports(
	d1: D1Database,
	ids: readonly number[],
): Promise<ReadonlyMap<number, ReportSummary>> {
	if (ids.length === 0) return new Map();
	const found = await selectReports.all(d1, { ids: JSON.stringify(ids) });
	return new Map(
		found.map(({ id, count, reasons }) => [
			id,
			{ count, reasons: reasons.filter((reason) => reason !== "") },
		]),
	);
}

const selectCount = statement<{ limit: number }, { count: number }>(
	`SELECT count(*) AS count FROM (
		SELECT DISTINCT comment_id FROM reports WHERE dismissed_at IS NULL
			AND EXISTS (SELECT 1 FROM comments WHERE id = comment_id AND state = 'published') LIMIT :limit
	)`,
	row({ count: v.number() }),
);

/** Counts public comments with open reports, up to a limit. */
export async function countReported(d1: D1Database, limit: number): Promise<number> {
	return (await selectCount.first(d1, { limit }))?.count ?? 0;
}

const dismissReports = statement<{ ids: string; at: number }>(
	`UPDATE reports SET dismissed_at = :at
	WHERE dismissed_at IS NULL AND comment_id IN (SELECT value FROM json_each(:ids))`,
);

const restoreReports = statement<{ ids: string; dismissedAt: number }>(
	`UPDATE reports SET dismissed_at = NULL
	WHERE dismissed_at = :dismissedAt AND comment_id IN (SELECT value FROM json_each(:ids))`,
);

/** Returns the statements that log and dismiss, or restore, the reports of comments; run them in one batch. */
export function reportStatements(
	d1: D1Database,
	db: DrizzleD1Database,
	{ ids: list, restores }: Extract<Change, { is: "reports" }>,
	context: AuditContext,
): D1PreparedStatement[] {
	const ids = JSON.stringify(list);
	const state = restores === null ? sql`dismissed_at IS NULL` : sql`dismissed_at = ${restores}`;
	const kind = restores === null ? ("reports_dismissed" as const) : ("reports_restored" as const);
	return [
		prepareQuery(
			d1,
			logEntries(
				db,
				{ ...context, kind },
				{ commentId: sql`comment_id` },
				sql`(SELECT DISTINCT comment_id FROM reports
					WHERE ${state} AND comment_id IN (SELECT value FROM json_each(${ids})))`,
			),
		),
		restores === null
			? dismissReports.bind(d1, { ids, at: context.at })
			: restoreReports.bind(d1, { ids, dismissedAt: restores }),
	];
}
