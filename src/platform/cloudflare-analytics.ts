import * as v from "valibot";
import type { PlatformTotals, PlatformUse } from "../monitoring/plan.ts";
import { readBoundedText } from "./bounded-text.ts";

const endpoint = "https://api.cloudflare.com/client/v4/graphql";

/** Milliseconds to wait for an answer. */
const timeout = 5_000;

/** Most characters of an answer, and rows of each part of it. */
const maxLength = 256 * 1024;
const maxRows = 1000;

/** Counts a day's invocations of Workers and the rows of D1, of the whole account, as the plan does. */
const query = `query Totals($account: String!, $date: Date!) {
	viewer {
		accounts(filter: { accountTag: $account }) {
			workersInvocationsAdaptive(limit: ${maxRows}, filter: { date: $date }) { sum { requests } }
			d1AnalyticsAdaptiveGroups(limit: ${maxRows}, filter: { date: $date }) { sum { rowsRead rowsWritten } }
		}
	}
}`;

const count = v.pipe(v.number(), v.minValue(0));
const answerSchema = v.object({
	data: v.object({
		viewer: v.object({
			accounts: v.pipe(
				v.array(
					v.object({
						workersInvocationsAdaptive: v.array(v.object({ sum: v.object({ requests: count }) })),
						d1AnalyticsAdaptiveGroups: v.array(
							v.object({ sum: v.object({ rowsRead: count, rowsWritten: count }) }),
						),
					}),
				),
				v.length(1),
			),
		}),
	}),
});

/** Reads the account's totals of a day from Cloudflare's GraphQL analytics. Throws if it does not answer as documented. */
export function cloudflareAnalytics({ account, token }: { account: string; token: string }): PlatformTotals {
	return async (date): Promise<PlatformUse> => {
		const response = await fetch(endpoint, {
			method: "POST",
			headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
			body: JSON.stringify({ query, variables: { account, date } }),
			redirect: "manual",
			signal: AbortSignal.timeout(timeout),
		});
		if (!response.ok) throw new Error(`Cloudflare's analytics answered ${response.status}`);
		const { data } = v.parse(answerSchema, JSON.parse(await readBoundedText(response, maxLength)));
		const [totals] = data.viewer.accounts;
		const invocations = totals?.workersInvocationsAdaptive ?? [];
		const databases = totals?.d1AnalyticsAdaptiveGroups ?? [];
		return {
			requests: invocations.reduce((sum, row) => sum + row.sum.requests, 0),
			rowsRead: databases.reduce((sum, row) => sum + row.sum.rowsRead, 0),
			rowsWritten: databases.reduce((sum, row) => sum + row.sum.rowsWritten, 0),
		};
	};
}
