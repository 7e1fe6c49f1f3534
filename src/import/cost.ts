import type { Spool } from "./spool.ts";
import { wrap } from "./wrap.ts";

/** Rows that D1 counts as written for a comment, its entries in indexes included, by state and place in the thread. */
const rowsWritten = { top: 11, reply: 9, held: 7, other: 6 } as const;

/** Rows for each post with comments: its thread and its pending purge. */
const rowsPerPost = 4;

/** The limits of Cloudflare's plans in November 2026: rows a day and megabytes, rows a month, dollars for a million more. */
const plans = { freeRows: 100_000, freeMegabytes: 500, paidRows: 50_000_000, dollars: 1 } as const;

/** The share of a day's rows that an import may use, so that readers can still comment. */
const share = 0.8;

/** The rows and megabytes that the comments of a plan take. */
export type Cost = { comments: number; rows: number; megabytes: number };

/** Estimates what writing the comments of the spool takes; called before they are written, or after a dry run. */
export function costOf(spool: Spool): Cost {
	const row = spool.db
		.prepare(`
		SELECT count(*) AS comments, count(DISTINCT comments.post_id) AS posts,
			total(iif(state = 'published', iif(parent_n IS NULL, ${rowsWritten.top}, ${rowsWritten.reply}),
				iif(state = 'held', ${rowsWritten.held}, ${rowsWritten.other}))) AS rows,
			total(2 * length(body ->> '$.text.text') + 400) AS bytes
		FROM comments JOIN records USING (n) WHERE present = 0 AND (outcome IS NULL OR outcome = 'written')`)
		.get() as { comments: number; posts: number; rows: number; bytes: number };
	return {
		comments: row.comments,
		rows: row.rows + row.posts * rowsPerPost,
		megabytes: row.bytes / 1_000_000,
	};
}

/** Formats the cost on a deployment: rows, days of the free plan, megabytes, dollars. Empty if there is nothing to write. */
export function formatCost(spool: Spool, remote: boolean, width = 1000): string {
	const { comments, rows, megabytes } = costOf(spool);
	if (comments === 0) return "";
	const perDay = plans.freeRows * share;
	const days = Math.ceil(rows / perDay);
	const limit = Math.max(1, Math.floor((comments / rows) * perDay));
	const count = (number: number) => Math.ceil(number).toLocaleString("en");
	const dollars = Math.ceil(Math.max(0, rows - plans.paidRows) / 1_000_000) * plans.dollars;
	const lines = [
		`${remote ? "The deployed database" : "A deployed database"} would write about ${count(rows)} rows and grow by about ${count(megabytes)} MB.`,
		days === 1
			? `On the free plan (${count(plans.freeRows)} rows a day) that fits a day and leaves a fifth of it for readers.`
			: `On the free plan (${count(plans.freeRows)} rows a day) that takes ${count(days)} days, with a fifth of each left for readers: run it with --limit ${limit} once a day.`,
		`On the paid plan it costs ${dollars === 0 ? "nothing beyond the plan" : `about $${dollars}`}.`,
		...(megabytes > plans.freeMegabytes ? [`The free plan holds ${plans.freeMegabytes} MB.`] : []),
	];
	return lines.map((line) => wrap(line, width)).join("\n");
}
