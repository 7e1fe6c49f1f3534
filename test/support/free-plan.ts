import { invocationLimits } from "../../src/budget.ts";
import { readSite } from "../../src/build/site.ts";
import { cachedPagesPerDay } from "../../src/caching/cached-pages.ts";
import { limitOf, networkDay, type WriteKind, writeKinds } from "../../src/comments/write-limits.ts";
import type { Site } from "../../src/posts/site.ts";
import type { Measurement } from "./tour.ts";
import type { UsedStatement } from "./usage.ts";

/** The free plan of Cloudflare: statements and subrequests of an invocation, requests and rows of a day. */
export const freePlan = {
	statements: invocationLimits.statements,
	subrequests: invocationLimits.subrequests,
	requests: 100_000,
	rowsRead: 5_000_000,
	rowsWritten: 100_000,
};

/**
 * Rows written in a day for pages that are stored in the database: each the first time with an entry of an index, its count,
 * when it is emptied and when it is deleted; `cached-pages.test.ts` measures them.
 */
export const cachedPageRows = 5 * cachedPagesPerDay;

type Rows = "rowsRead" | "rowsWritten";

/** Returns the rows that a measured request read or wrote, with the work after its response. */
export const rowsOf = ({ usage }: Pick<Measurement, "usage">, kind: Rows): number =>
	usage.statements.reduce((total, statement) => total + statement[kind], 0);

/** The rows that visitors cost, measured on a blog with every notification channel. */
export type RowCosts = {
	/** Read to render a page of a thread. */
	pageView: number;
	/** Written by a comment with every notice it causes, and by a reaction. */
	comment: number;
	reaction: number;
	/** The most that one write of a limited kind causes, until nothing of it is left. */
	most: Record<WriteKind, number>;
};

/**
 * Rows written when a comment's e-mail address, network, flash token and notices expire, and when a request for a mail does;
 * `budgets.test.ts` measures them.
 */
export const expiryRows = { comment: 12, mail: 8, report: 4 } as const;

/** Rows written for one notice to a subscriber, until it is deleted; `budgets.test.ts` measures them. */
export const noticeRows = 12;

/**
 * Rows written in a day for the operator: three times a minute at most, each hour and its day, and a run of the cron trigger
 * every five minutes; `budgets.test.ts` measures them.
 */
export const monitoringRows = 3 * 24 * 60 + 2 * 24 + 12 * 24;

/** Returns the rows that visitors cost, from the routes that were measured. */
export function rowCostsOf(measured: readonly Measurement[]): RowCosts {
	const most = (route: string, fits: (statements: readonly UsedStatement[]) => boolean = () => true) => {
		const costs = measured
			.filter((used) => used.route === route && used.status < 400 && fits(used.usage.statements))
			.map((used) => rowsOf(used, "rowsWritten"));
		if (costs.length === 0) throw new Error(`no ${route} was measured`);
		return Math.max(...costs);
	};
	const hasReceipt = (statements: readonly UsedStatement[]) =>
		statements.some(({ sql, rowsWritten }) => sql.includes("'receipt:'") && rowsWritten > 0);
	const shown = most("GET /*");
	const reaction = most("POST /reactions");
	return {
		pageView: Math.max(
			...measured.filter(({ route }) => route === "GET /*").map((used) => rowsOf(used, "rowsRead")),
		),
		comment: most("POST /comments") + shown,
		reaction,
		most: {
			// Mails to its author count as mails. It may wait for a challenge, which publishes it as a moderator's link does.
			comment:
				most("POST /comments", (statements) => !hasReceipt(statements)) +
				shown +
				most("POST /moderation/:token") +
				most("POST /comments/:id/deletion") +
				expiryRows.comment,
			reaction: reaction + most("POST /reactions/removals"),
			mail:
				Math.max(
					most("POST /verifications") + most("POST /verifications/:token"),
					most("POST /subscriptions") +
						most("POST /subscriptions/:token/confirmation") +
						most("POST /subscriptions/:token/end"),
					most("POST /comments", hasReceipt) -
						most("POST /comments", (statements) => !hasReceipt(statements)),
				) + expiryRows.mail,
			report: most("POST /comments/:id/reports") + expiryRows.report,
		},
	};
}

/** Returns the rows that one network, and that everybody together, can cause to be written in a day. */
export function rowsWrittenADay(
	{ most }: Pick<RowCosts, "most">,
	limits: Site["limits"],
): { network: number; site: number } {
	const sum = (countOf: (kind: WriteKind) => number) =>
		writeKinds.reduce((rows, kind) => rows + countOf(kind) * most[kind], 0);
	return {
		// Half a day's notices may be of one post, on which one network may have commented.
		network:
			sum((kind) => networkDay(limitOf(kind, limits))) + Math.ceil(limits.notice.perDay / 2) * noticeRows,
		site: sum((kind) => limitOf(kind, limits).perDay) + limits.notice.perDay * noticeRows,
	};
}

/** Returns the limits of a blog whose owner sets none. */
export const defaultLimits = (): Site["limits"] => readSite("a folder without settings").site.limits;
